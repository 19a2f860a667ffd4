import Tensors

/// The p-value of the hypothesis that a claim holds, for alarms over many claims.
///
/// At most 0.05 exactly where the rule fails the readings, apart from claims judged by intervals of
/// order statistics, whose steps make it so only nearly:
/// - `mean`: 2 P(T ≥ d/e), d the distance of the mean from the band and e its standard error;
/// - `sequence`: 1/E, with E the evidence of the confidence sequence against the nearest edge;
/// - `median`: 2 P(X ≤ k) for k of n readings on the band's side of an edge, X over fair coins;
/// - `share`: 2 P(X ≤ k) for k of n readings in the band, X binomial with the demanded share;
/// - `every` and `once`: 0 where a reading lies outside, else 1.
///
/// - Parameters:
///   - readings: One for each seed.
///   - rule: How seeds become one verdict.
///   - band: The accepted numbers.
///   - traits: What is known of the measure's values.
/// - Returns: The p-value; 1 where the readings cannot be judged, which is an error and no failure.
public func failValue(
  of readings: [SeedReading], by rule: SeedRule, against band: Band,
  of traits: Traits = Traits()
) -> Double {
  let sound = readings.compactMap(\.reading).filter(\.isSound)
  guard sound.count == readings.count, !sound.isEmpty, traits.problem(under: rule) == nil else {
    return 1
  }
  switch rule {
  case .once, .every: return sound.contains { $0.lies(in: band) == false } ? 0 : 1
  case .mean, .sequence: return meanValue(of: sound, by: rule, against: band, traits)
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
  of readings: [Reading], by rule: SeedRule, against band: Band, _ traits: Traits
) -> Double {
  let numbers = readings.compactMap(\.number)
  guard numbers.count == readings.count,
    let estimate = MeanEstimate(numbers, of: traits, by: rule), estimate.moments.mean.isFinite
  else { return 1 }
  let mean = estimate.moments.mean
  if mean < band.lower { return estimate.value(against: band.lower) }
  return mean > band.upper ? estimate.value(against: band.upper) : 1
}
