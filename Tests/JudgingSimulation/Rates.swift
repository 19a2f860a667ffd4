import Evidence
import Tensors

/// Verdicts of a mean over series of seeds, each series from a stream of its own.
private func verdicts(
  _ law: Law, seeds: Int, against band: Band, named name: String
) -> [Verdict] {
  let stream = RandomStream(paper: "judging-\(name)", seed: UInt64(seeds), purpose: .resampling)
    .child(law.rawValue)
  return (0..<Law.series).map { series in
    var draws = stream.child(series)
    let readings = (0..<seeds).map { seed in
      SeedReading(seed: seed, reading: .value(law.draw(&draws)))
    }
    return judge(readings, by: .mean(of: seeds), against: band, of: Traits(quantum: law.quantum))
      .verdict
  }
}

private func share(_ verdicts: [Verdict], of verdict: Verdict) -> Double {
  Double(verdicts.count { $0 == verdict }) / Double(verdicts.count)
}

/// How often a mean passes and fails whose truth is the edge of a one-sided band, on either side.
func edgeRates(_ law: Law, seeds: Int) -> (pass: Double, fail: Double) {
  let sides = [Band.atLeast(0), .atMost(0)].enumerated().map { index, band in
    verdicts(law, seeds: seeds, against: band, named: "edge-\(index)")
  }
  // The worse of both sides: a skewed law is not the same on each.
  return (
    sides.map { share($0, of: .pass) }.max() ?? .nan,
    sides.map { share($0, of: .fail) }.max() ?? .nan
  )
}

/// How often a mean passes whose truth is the middle of a band.
func centreRate(margin: Double, seeds: Int) -> Double {
  share(
    verdicts(.normal, seeds: seeds, against: .between(-margin, margin), named: "centre-\(margin)"),
    of: .pass)
}

/// How often an interval misses the mean at any of 200 looks.
func looking(_ law: Law) -> (narrow: Double, wide: Double, student: Double) {
  let looks = 200
  func reaches(_ reach: (Int) -> Double) -> [Double] {
    (0...looks).map { $0 < 2 ? .infinity : reach($0) }
  }
  let kinds = [
    reaches(StudentSequence(level: 0.1).reach), reaches(StudentSequence(level: 0.05).reach),
    reaches {
      StudentT(degreesOfFreedom: Double($0 - 1)).quantile(upperTail: 0.025)
        / Double($0).squareRoot()
    },
  ]
  let stream = RandomStream(paper: "judging-looks", seed: 0, purpose: .resampling)
    .child(law.rawValue)
  var misses = [0, 0, 0]
  for series in 0..<Law.series {
    var draws = stream.child(series)
    var (mean, squares) = (0.0, 0.0)
    var missed = [false, false, false]
    for count in 1...looks {
      let difference = law.draw(&draws) - mean
      mean += difference / Double(count)
      squares += difference * difference * Double(count - 1) / Double(count)
      guard count > 1 else { continue }
      // Equal values do not know their mean exactly where they are quantised.
      let spread = max(
        (squares / Double(count - 1)).squareRoot(), (law.quantum ?? 0) / 12.0.squareRoot())
      for kind in kinds.indices where abs(mean) > kinds[kind][count] * spread {
        missed[kind] = true
      }
    }
    for kind in kinds.indices where missed[kind] { misses[kind] += 1 }
  }
  let rates = misses.map { Double($0) / Double(Law.series) }
  return (rates[0], rates[1], rates[2])
}

/// The median number of seeds after which a band of one spread around the truth passes.
func medianStop(_ law: Law) -> Int {
  let stream = RandomStream(paper: "judging-stops", seed: 0, purpose: .resampling)
    .child(law.rawValue)
  let stops = (0..<2000).map { series in
    var draws = stream.child(series)
    var readings: [SeedReading] = []
    while readings.count < 200 {
      for _ in 0..<2 {
        readings.append(SeedReading(seed: readings.count, reading: .value(law.draw(&draws))))
      }
      let verdict = judge(
        readings, by: .sequence(of: readings.count, atMost: 200), against: .between(-1, 1),
        of: Traits(quantum: law.quantum)
      ).verdict
      if verdict == .pass { break }
    }
    return readings.count
  }
  return stops.sorted()[stops.count / 2]
}

/// How often a claim of several cells fails, of which each has its truth on the edge of the band.
func cellRate(_ edition: Edition, cells: Int, seeds: Int) -> Double {
  let stream = RandomStream(paper: "judging-cells", seed: UInt64(cells), purpose: .resampling)
  let series = 4000
  let failures = (0..<series).count { index in
    var draws = stream.child(index)
    return judge(
      cells: (0..<cells).map { cell in
        Cell(
          label: "\(cell)",
          readings: (0..<seeds).map { SeedReading(seed: $0, reading: .value(draws.normal())) })
      }, by: .mean(of: seeds), against: .atLeast(0),
      failing: edition.failLevel(sharedBy: cells)
    ).overall.verdict == .fail
  }
  return Double(failures) / Double(series)
}

/// How often a mean passes and fails around a paper's number that scatters too, with the truth on the
/// edge: both the paper's mean and ours are drawn anew in each series.
func reportedRates(
  seeds: Int, runs: Int, spread: Double, counted: Bool
) -> (pass: Double, fail: Double) {
  let stream = RandomStream(
    paper: "judging-reported", seed: UInt64(100 * seeds + runs), purpose: .resampling)
  var (passes, fails) = (0, 0)
  for index in 0..<Law.series {
    var draws = stream.child(index)
    // Our truth lies one below the paper's, at the edge of what is accepted.
    let paper: [Double] = (0..<runs).map { _ in 1 + spread * draws.normal() }
    guard let reported = Moments(of: paper) else { continue }
    let readings = (0..<seeds).map { SeedReading(seed: $0, reading: .value(draws.normal())) }
    let traits = Traits(
      reported: counted ? Scatter(spread: reported.spread, seeds: runs) : nil)
    let verdict = judge(
      readings, by: .mean(of: seeds), against: .atLeast(reported.mean - 1), of: traits
    ).verdict
    passes += verdict == .pass ? 1 : 0
    fails += verdict == .fail ? 1 : 0
  }
  return (Double(passes) / Double(Law.series), Double(fails) / Double(Law.series))
}

/// How often a wager on values in [0, 1] misses their mean at any of 200 looks, and the median number
/// of values after which a band of a fifth on both sides passes.
func bettingRates(_ draw: (inout RandomStream) -> Double, mean: Double) -> (Double, Int) {
  let stream = RandomStream(paper: "judging-betting", seed: 0, purpose: .resampling)
  let series = 1000
  let range = Interval(lower: 0, upper: 1)
  var (misses, stops) = (0, [Int]())
  for index in 0..<series {
    var draws = stream.child(index)
    var values: [Double] = []
    var (missed, stop) = (false, 200)
    while values.count < 200 {
      values.append(draw(&draws))
      missed =
        missed
        || BettingSequence(level: 0.05, range: range).evidence(against: mean, after: values) >= 20
      if stop == 200, values.count > 3, values.count.isMultiple(of: 2) {
        let interval = BettingSequence(level: 0.1, range: range).interval(after: values)
        if Band.within(0.2, of: mean).contains(interval) { stop = values.count }
      }
    }
    misses += missed ? 1 : 0
    stops.append(stop)
  }
  return (Double(misses) / Double(series), stops.sorted()[series / 2])
}

/// A share in percent, to one place.
func percent(_ share: Double) -> String {
  let tenths = Int((share * 1000).rounded())
  return "\(tenths / 10).\(tenths % 10)"
}
