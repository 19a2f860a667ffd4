/// Compares the exact interval of the share of seeds inside the band with the demanded share.
func judgeShare(
  _ sample: Sample, atLeast share: Double, in band: Band, failing level: Double
) -> Judgement {
  let places = sample.readings.map { $0.lies(in: band) }
  let inside = places.count { $0 == true }
  let open = places.count { $0 == nil }
  // A seed whose scale ended too early counts against both verdicts.
  func interval(tail: Double) -> Interval {
    let lower = clopperPearson(successes: inside, of: sample.count, tail: tail).lower
    let upper = clopperPearson(successes: inside + open, of: sample.count, tail: tail).upper
    return Interval(lower: lower, upper: upper)
  }
  let narrow = interval(tail: 0.05)
  let wide = interval(tail: level / 2)
  let demanded = Band.atLeast(share)
  let found =
    "\(inside) of \(sample.count) seeds in \(bandText(band))"
    + (open == 0 ? "" : " and \(open) undecided")
  let verdict: Verdict
  let reason: String
  if narrow.lower >= share {
    verdict = .pass
    reason =
      "with \(found) the share is at least \(sideText(narrow.lower, beside: demanded)) by its "
      + "90 % interval, and \(numberText(share)) is demanded"
  } else if wide.upper < share {
    verdict = .fail
    reason =
      "with \(found) the share is at most \(sideText(wide.upper, beside: demanded)) by its "
      + "\(confidenceText(level)), and \(numberText(share)) is demanded"
  } else {
    verdict = .inconclusive
    reason =
      "with \(found) the share's 90 % interval \(sideText(narrow, beside: demanded)) holds the "
      + "demanded \(numberText(share))"
  }
  return Judgement(
    verdict: verdict, estimate: Double(inside) / Double(sample.count), interval: narrow,
    n: sample.count, reason: reason)
}
