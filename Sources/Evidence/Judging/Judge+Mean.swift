/// Compares the Student t interval of the mean with the band.
///
///     x̄ ± t_{n−1} · max(s, q/√12) / √n
func judgeMean(_ sample: Sample, against band: Band, quantum: Double) -> Judgement {
  guard !sample.readings.contains(where: \.isCensored) else {
    let censored = sample.seedText(where: \.isCensored)
    return Judgement(
      verdict: .inconclusive, n: sample.count,
      reason: "a mean over results beyond the end of the scale is undefined: \(censored)")
  }
  let numbers = sample.readings.compactMap(\.number)
  let n = Double(numbers.count)
  // Taken from the first number, so that the mean of equal numbers is that number.
  let origin = numbers[0]
  let mean = origin + numbers.reduce(0) { $0 + ($1 - origin) } / n
  let squares = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
  let spread = max((squares / (n - 1)).squareRoot(), quantum / 12.0.squareRoot())
  let student = StudentT(degreesOfFreedom: n - 1)
  func interval(tail: Double) -> Interval? {
    let reach = student.quantile(upperTail: tail) * spread / n.squareRoot()
    guard (mean - reach).isFinite && (mean + reach).isFinite else { return nil }
    return Interval(lower: mean - reach, upper: mean + reach)
  }
  guard let narrow = interval(tail: 0.05), let wide = interval(tail: 0.025) else {
    return Judgement(
      verdict: .error, n: sample.count,
      reason: "the numbers are too large for their mean and spread to be computed")
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
      + decidingText(spread: spread, margin: band.margin(of: mean), seeds: sample.count)
  }
  return Judgement(
    verdict: verdict, estimate: mean, interval: narrow, n: sample.count, reason: reason)
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

private func decidingText(spread: Double, margin: Double, seeds: Int) -> String {
  guard let needed = seedsNeeded(spread: spread, margin: margin) else {
    return "the mean is too near the band's edge for more seeds to decide"
  }
  return "about \(max(needed, seeds + 1)) seeds would decide"
}

extension Band {
  /// How far a number is from the nearest end of the band, inside or outside.
  func margin(of number: Double) -> Double {
    min((number - lower).magnitude, (upper - number).magnitude)
  }
}
