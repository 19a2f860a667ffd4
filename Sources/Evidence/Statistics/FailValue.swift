import Tensors

/// The p-value of the hypothesis that a claim holds, for alarms over many claims.
///
/// At most 0.05 exactly where the rule fails the readings, apart from claims judged by intervals of
/// order statistics, whose steps make it so only nearly:
/// - `mean`: 2 P(T ≥ d √n / s), d the distance of the mean from the band;
/// - `sequence`: 1/E, with E the evidence of the confidence sequence against the nearest edge;
/// - `median`: 2 P(X ≤ k) for k of n readings on the band's side of an edge, X over fair coins;
/// - `share`: 2 P(X ≤ k) for k of n readings in the band, X binomial with the demanded share;
/// - `every` and `once`: 0 where a reading lies outside, else 1.
///
/// - Parameters:
///   - readings: One for each seed.
///   - rule: How seeds become one verdict.
///   - band: The accepted numbers.
///   - quantum: The resolution of the measure, if it has one.
/// - Returns: The p-value; 1 where the readings cannot be judged, which is an error and no failure.
public func failValue(
  of readings: [SeedReading], by rule: SeedRule, against band: Band, quantum: Double? = nil
) -> Double {
  let sound = readings.compactMap(\.reading).filter(\.isSound)
  guard sound.count == readings.count, !sound.isEmpty else { return 1 }
  switch rule {
  case .once, .every: return sound.contains { $0.lies(in: band) == false } ? 0 : 1
  case .mean, .sequence: return meanValue(of: sound, by: rule, against: band, quantum ?? 0)
  case .share(of: _, atLeast: let share):
    let possible = sound.count { $0.lies(in: band) != false }
    return min(1, 2 * Binomial(trials: sound.count, probability: share).cumulative(possible))
  case .median:
    let coins = Binomial(trials: sound.count, probability: 0.5)
    let above = sound.count { $0.greatest >= band.lower }
    let below = sound.count { $0.least <= band.upper }
    return min(1, 2 * coins.cumulative(min(above, below)))
  }
}

private func meanValue(
  of readings: [Reading], by rule: SeedRule, against band: Band, _ quantum: Double
) -> Double {
  let numbers = readings.compactMap(\.number)
  guard numbers.count == readings.count, let moments = Moments(of: numbers, quantum: quantum)
  else { return 1 }
  let (n, spread) = (Double(numbers.count), moments.spread)
  let distance = max(band.lower - moments.mean, moments.mean - band.upper)
  guard distance > 0 else { return 1 }
  guard spread > 0 else { return 0 }
  if case .sequence = rule {
    return min(
      1,
      1 / StudentSequence(level: 0.05).evidence(against: distance / spread, count: numbers.count))
  }
  return min(
    1, 2 * StudentT(degreesOfFreedom: n - 1).upperTail(distance * n.squareRoot() / spread))
}
