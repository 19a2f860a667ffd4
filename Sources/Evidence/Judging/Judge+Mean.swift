/// Compares the interval of the mean with the band; ``MeanEstimate`` has the formulas.
func judgeMean(
  _ sample: Sample, by rule: SeedRule, against band: Band, of traits: Traits, failing level: Double
) -> Judgement {
  guard !sample.readings.contains(where: \.isCensored) else {
    let censored = sample.seedText(where: \.isCensored)
    return Judgement(
      verdict: .inconclusive, n: sample.count,
      reason: "a mean over results beyond the end of the scale is undefined: \(censored)")
  }
  let numbers = sample.readings.compactMap(\.number)
  if let range = traits.range {
    let outside = sample.seedText { $0.number.map { $0 < range.lower || range.upper < $0 } ?? true }
    if outside != seedText([]) {
      return Judgement(
        verdict: .error, n: sample.count,
        reason: "\(outside) gave a number outside the declared range \(range.ends)")
    }
  }
  guard let estimate = MeanEstimate(numbers, of: traits, by: rule) else { return tooLarge(sample) }
  let (mean, spread) = (estimate.moments.mean, estimate.moments.spread)
  guard mean.isFinite && spread.isFinite else { return tooLarge(sample) }
  let (narrow, wide) = (estimate.interval(missing: 0.1), estimate.interval(missing: level))
  guard narrow.lower.isFinite && wide.lower.isFinite else {
    if case .sequence = rule {
      return Judgement(
        verdict: .inconclusive, estimate: mean, n: sample.count,
        reason: "\(sample.count) seeds are too few for an interval that allows looking again")
    }
    return tooLarge(sample)
  }
  let accepted = "the accepted \(bandText(band))"
  let (sure, confidence) = ("90 % interval", confidenceText(level))
  let verdict: Verdict
  let reason: String
  if band.contains(narrow) {
    verdict = .pass
    reason = "the \(sure) \(sideText(narrow, beside: band)) lies in \(accepted)"
  } else if band.isDisjoint(from: wide) {
    verdict = .fail
    reason = "the \(confidence) \(sideText(wide, beside: band)) lies outside \(accepted)"
  } else {
    verdict = .inconclusive
    reason =
      "the \(sure) \(sideText(narrow, beside: band)) is not all in \(accepted), nor the "
      + "\(confidence) outside; "
      + decidingText(estimate, margin: band.margin(of: mean))
  }
  return Judgement(
    verdict: verdict, estimate: mean, interval: narrow, n: sample.count, reason: reason)
}

/// The interval outside which a claim fails, in words: `95 % interval`.
func confidenceText(_ level: Double) -> String {
  "\(numberText(100 * (1 - level), significant: 4)) % interval"
}

private func tooLarge(_ sample: Sample) -> Judgement {
  Judgement(
    verdict: .error, n: sample.count,
    reason: "the numbers are too large for their mean and spread to be computed")
}

/// How many seeds give a mean an 80 % chance to be decided, about.
///
///     n ≈ σ² / (Δ²/8.6 − s_p²/n_p),  8.6 = (z₀.₉₅ + z₀.₉)²
///
/// - Parameters:
///   - spread: The standard deviation σ between seeds.
///   - margin: The distance Δ of the mean from the nearest end of the band.
///   - reported: The scatter s_p over n_p runs of the paper's own number, if it counts.
/// - Returns: The number of seeds, at least 2; nil when none would do or more than a million.
public func seedsNeeded(spread: Double, margin: Double, reported: Scatter? = nil) -> Int? {
  // In units of the margin, whose square may be too small for a number.
  let ratio = spread / margin
  let other = reported.map { $0.spread / margin } ?? 0
  let room = 1 / 8.6 - other * other / Double(reported?.seeds ?? 1)
  let needed = (ratio * ratio / room).rounded(.up)
  guard margin > 0, room > 0, needed <= 1_000_000 else { return nil }
  return max(2, Int(needed))
}

private func decidingText(_ estimate: MeanEstimate, margin: Double) -> String {
  if case .sequence(of: let seeds, atMost: let cap) = estimate.rule {
    return seeds < cap ? "more seeds may decide" : "the cap of \(cap) seeds is reached"
  }
  guard
    let needed = seedsNeeded(
      spread: estimate.moments.spread, margin: margin, reported: estimate.traits.reported)
  else { return "the mean is too near the band's edge for more seeds to decide" }
  return "about \(max(needed, estimate.rule.seeds + 1)) seeds would decide"
}

extension Band {
  /// How far a number is from the nearest end of the band, inside or outside.
  func margin(of number: Double) -> Double {
    min((number - lower).magnitude, (upper - number).magnitude)
  }
}
