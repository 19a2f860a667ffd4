/// Passes when every seed lies in the band and fails when one lies outside.
///
/// The estimate is the reading of the seed that lies furthest out, or least far in.
func judgeEvery(_ sample: Sample, against band: Band) -> Judgement {
  let places = sample.readings.map { $0.lies(in: band) }
  let accepted = "the accepted \(bandText(band))"
  let furthest = sample.readings.min { $0.room(in: band) < $1.room(in: band) }
  let shown = furthest.map { sideText($0, beside: band) } ?? "nothing"
  let verdict: Verdict
  let reason: String
  if places.contains(false) {
    verdict = .fail
    let culprits = sample.seedText { $0.lies(in: band) == false }
    let count = places.count { $0 == false }
    reason =
      sample.count == 1
      ? "the value \(shown) lies outside \(accepted)"
      : "\(culprits) of \(sample.count) \(count == 1 ? "lies" : "lie") outside \(accepted), "
        + "the furthest at \(shown)"
  } else if places.contains(nil) {
    verdict = .inconclusive
    let open = sample.seedText { $0.lies(in: band) == nil }
    reason = "the scale of \(open) ended before it could be compared with \(accepted)"
  } else {
    verdict = .pass
    reason =
      sample.count == 1
      ? "the value \(shown) lies in \(accepted)"
      : "all \(sample.count) seeds lie in \(accepted), the nearest to its edge at \(shown)"
  }
  return Judgement(
    verdict: verdict, estimate: furthest?.number, interval: sample.range, n: sample.count,
    reason: reason)
}

extension Sample {
  /// From the least to the greatest reading; nil when all diverged.
  fileprivate var range: Interval? {
    guard let least = readings.min(), let greatest = readings.max() else { return nil }
    return Interval(from: least, to: greatest)
  }
}

extension Reading {
  /// How far inside a band the reading lies at least; negative outside.
  fileprivate func room(in band: Band) -> Double {
    let below = band.lower == -.infinity ? .infinity : least - band.lower
    let above = band.upper == .infinity ? .infinity : band.upper - greatest
    return min(below, above)
  }
}

extension Interval {
  /// The interval between two readings; nil when it lies beyond every number.
  init?(from lower: Reading, to upper: Reading) {
    switch (lower, upper) {
    case (.diverged, _), (.below, .below): return nil
    case (.value(let number), _), (.notReached(by: let number), _):
      self.init(lower: number, upper: upper.greatest)
    case (.below, _): self.init(lower: -.infinity, upper: upper.greatest)
    }
  }
}
