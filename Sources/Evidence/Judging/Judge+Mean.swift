/// Compares the interval of the mean with the band.
///
///     x̄ ± t_{n−1} · max(s, q/√12) / √n
///
/// Under the rule `sequence` it is that of ``StudentSequence`` with g = 1.
func judgeMean(
  _ sample: Sample, by rule: SeedRule, against band: Band, quantum: Double
) -> Judgement {
  guard !sample.readings.contains(where: \.isCensored) else {
    let censored = sample.seedText(where: \.isCensored)
    return Judgement(
      verdict: .inconclusive, n: sample.count,
      reason: "a mean over results beyond the end of the scale is undefined: \(censored)")
  }
  let numbers = sample.readings.compactMap(\.number)
  guard let moments = Moments(of: numbers, quantum: quantum) else { return tooLarge(sample) }
  let (mean, spread) = (moments.mean, moments.spread)
  guard mean.isFinite && spread.isFinite else { return tooLarge(sample) }
  let reach = rule.reaches(of: numbers.count)
  guard reach.narrow.isFinite && reach.wide.isFinite else {
    return Judgement(
      verdict: .inconclusive, estimate: mean, n: sample.count,
      reason: "\(sample.count) seeds are too few for an interval that allows looking again")
  }
  func interval(_ reach: Double) -> Interval? {
    let (lower, upper) = (mean - reach * spread, mean + reach * spread)
    return lower.isFinite && upper.isFinite ? Interval(lower: lower, upper: upper) : nil
  }
  guard let narrow = interval(reach.narrow), let wide = interval(reach.wide) else {
    return tooLarge(sample)
  }
  let accepted = "the accepted \(bandText(band))"
  let verdict: Verdict
  let reason: String
  if band.contains(narrow) {
    verdict = .pass
    reason = "the 90 % interval \(sideText(narrow, beside: band)) lies in \(accepted)"
  } else if band.isDisjoint(from: wide) {
    verdict = .fail
    reason = "the 95 % interval \(sideText(wide, beside: band)) lies outside \(accepted)"
  } else {
    verdict = .inconclusive
    reason =
      "the 90 % interval \(sideText(narrow, beside: band)) is not all in \(accepted), nor the "
      + "95 % interval outside; "
      + decidingText(spread: spread, margin: band.margin(of: mean), by: rule)
  }
  return Judgement(
    verdict: verdict, estimate: mean, interval: narrow, n: sample.count, reason: reason)
}

private func tooLarge(_ sample: Sample) -> Judgement {
  Judgement(
    verdict: .error, n: sample.count,
    reason: "the numbers are too large for their mean and spread to be computed")
}

extension SeedRule {
  /// Half the widths of the 90 % and the 95 % interval of a mean, in units of the spread.
  fileprivate func reaches(of count: Int) -> (narrow: Double, wide: Double) {
    if case .sequence = self {
      return (
        StudentSequence(level: 0.1).reach(of: count), StudentSequence(level: 0.05).reach(of: count)
      )
    }
    let student = StudentT(degreesOfFreedom: Double(count - 1))
    let root = Double(count).squareRoot()
    return (
      student.quantile(upperTail: 0.05) / root, student.quantile(upperTail: 0.025) / root
    )
  }
}

/// How many seeds give a mean an 80 % chance to be decided, about.
///
///     n ≈ (z₀.₉₅ + z₀.₉)² (σ/Δ)² = 8.6 (σ/Δ)²
///
/// - Parameters:
///   - spread: The standard deviation σ between seeds.
///   - margin: The distance Δ of the mean from the nearest end of the band.
/// - Returns: The number of seeds, at least 2; nil when none would do or more than a million.
public func seedsNeeded(spread: Double, margin: Double) -> Int? {
  let ratio = spread / margin
  let needed = (8.6 * ratio * ratio).rounded(.up)
  guard margin > 0, needed <= 1_000_000 else { return nil }
  return max(2, Int(needed))
}

private func decidingText(spread: Double, margin: Double, by rule: SeedRule) -> String {
  if case .sequence(of: let seeds, atMost: let cap) = rule {
    return seeds < cap ? "more seeds may decide" : "the cap of \(cap) seeds is reached"
  }
  guard let needed = seedsNeeded(spread: spread, margin: margin) else {
    return "the mean is too near the band's edge for more seeds to decide"
  }
  return "about \(max(needed, rule.seeds + 1)) seeds would decide"
}

extension Band {
  /// How far a number is from the nearest end of the band, inside or outside.
  func margin(of number: Double) -> Double {
    min((number - lower).magnitude, (upper - number).magnitude)
  }
}
