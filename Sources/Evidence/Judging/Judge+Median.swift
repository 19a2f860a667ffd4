/// Compares the order-statistic interval of the median with the band.
///
/// The interval runs from the k-th smallest to the k-th greatest reading; its coverage is
/// 1 − 2 P(X < k) with X binomial over n fair coins, whatever the distribution of the readings.
func judgeMedian(_ sample: Sample, against band: Band, failing level: Double) -> Judgement {
  let sorted = sample.readings.sorted()
  let estimate = median(of: sorted)
  let accepted = "the accepted \(bandText(band))"
  guard let narrow = MedianRange(sorted, outside: 0.1) else {
    return Judgement(
      verdict: .inconclusive, estimate: estimate, n: sample.count,
      reason: "a 90 % interval of a median needs \(medianSeeds(outside: 0.1)) seeds and there are "
        + "\(sample.count)")
  }
  let verdict: Verdict
  let reason: String
  if narrow.lies(in: band) {
    verdict = .pass
    reason = "the median's 90 % interval \(narrow.text(beside: band)) lies in \(accepted)"
  } else if let wide = MedianRange(sorted, outside: level), wide.isDisjoint(from: band) {
    verdict = .fail
    reason = "the median's 95 % interval \(wide.text(beside: band)) lies outside \(accepted)"
  } else {
    verdict = .inconclusive
    reason =
      "the median's 90 % interval \(narrow.text(beside: band)) is not all in \(accepted), nor "
      + (MedianRange(sorted, outside: level) == nil
        ? "is there a \(confidenceText(level)), which needs \(medianSeeds(outside: level)) seeds"
        : "the \(confidenceText(level)) outside")
  }
  return Judgement(
    verdict: verdict, estimate: estimate,
    interval: Interval(from: narrow.lower, to: narrow.upper), n: sample.count, reason: reason)
}

/// How many seeds the interval of a median needs that misses it with at most a probability.
///
///     2 · 2⁻ⁿ ≤ α
func medianSeeds(outside probability: Double) -> Int {
  var (seeds, miss) = (1, 1.0)
  while miss > probability { (seeds, miss) = (seeds + 1, miss / 2) }
  return seeds
}

/// The interval between two order statistics around the median.
private struct MedianRange {
  let lower: Reading
  let upper: Reading
  private let least: Double
  private let greatest: Double

  /// The narrowest symmetric interval that misses the median with at most a probability.
  init?(_ sorted: [Reading], outside probability: Double) {
    let coins = Binomial(trials: sorted.count, probability: 0.5)
    var rank = 0
    while 2 * (rank + 1) <= sorted.count, 2 * coins.cumulative(rank) <= probability { rank += 1 }
    guard rank > 0 else { return nil }
    lower = sorted[rank - 1]
    upper = sorted[sorted.count - rank]
    // A scale that ended early gives only a bound, so each end takes the weakest one.
    least = sorted.map(\.least).sorted()[rank - 1]
    greatest = sorted.map(\.greatest).sorted()[sorted.count - rank]
  }

  func lies(in band: Band) -> Bool { band.contains(least) && band.contains(greatest) }

  func isDisjoint(from band: Band) -> Bool { least > band.upper || greatest < band.lower }

  func text(beside band: Band) -> String {
    "[\(sideText(lower, beside: band)), \(sideText(upper, beside: band))]"
  }
}

/// The middle reading, or the mean of the middle two; nil when that is beyond the scale.
private func median(of sorted: [Reading]) -> Double? {
  guard !sorted.isEmpty, let low = sorted[(sorted.count - 1) / 2].number,
    let high = sorted[sorted.count / 2].number
  else { return nil }
  return low / 2 + high / 2
}
