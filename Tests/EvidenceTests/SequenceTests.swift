import Evidence
import Tensors
import Testing

struct `A confidence sequence` {
  @Test(arguments: [1.0, 4], [0.05, 0.1])
  func `holds exactly the means against which the evidence is weak`(mixture: Double, level: Double)
  {
    let sequence = StudentSequence(level: level, mixture: mixture)
    for count in [6, 8, 20, 100, 5000] {
      let reach = sequence.reach(of: count)
      guard reach.isFinite else { continue }
      let evidence = sequence.evidence(against: reach, count: count)
      #expect(abs(evidence * level - 1) < 1e-9, "\(count)")
    }
  }

  /// Half-widths to two places from an independent computation.
  @Test func `has the widths that were tabulated`() {
    let wide = StudentSequence(level: 0.05, mixture: 4)
    let tight = StudentSequence(level: 0.05, mixture: 1)
    #expect(wide.reach(of: 3) == .infinity && tight.reach(of: 3) == .infinity)
    for (count, first, second) in [
      (5, 2.40, 3.78), (8, 1.49, 1.50), (10, 1.26, 1.22), (20, 0.81, 0.77), (30, 0.65, 0.61),
    ] {
      #expect(abs(wide.reach(of: count) - first) < 0.0051, "\(count)")
      #expect(abs(tight.reach(of: count) - second) < 0.0051, "\(count)")
    }
  }

  @Test func `hardly ever misses the mean at any of two hundred looks`() {
    let sequence = StudentSequence(level: 0.05)
    let reaches = (0...200).map { sequence.reach(of: $0) }
    let stream = RandomStream(paper: "evidence-sequence", seed: 0, purpose: .resampling)
    let series = 4000
    var (misses, studentMisses) = (0, 0)
    let student = (0...200).map { count in
      count < 3
        ? Double.infinity
        : StudentT(degreesOfFreedom: Double(count - 1)).quantile(upperTail: 0.025)
          / Double(count).squareRoot()
    }
    for index in 0..<series {
      var draws = stream.child(index)
      var (mean, squares) = (0.0, 0.0)
      var (missed, missedByStudent) = (false, false)
      for count in 1...200 {
        let difference = draws.normal() - mean
        mean += difference / Double(count)
        squares += difference * difference * Double(count - 1) / Double(count)
        guard count > 1 else { continue }
        let spread = (squares / Double(count - 1)).squareRoot()
        missed = missed || abs(mean) > reaches[count] * spread
        missedByStudent = missedByStudent || abs(mean) > student[count] * spread
      }
      if missed { misses += 1 }
      if missedByStudent { studentMisses += 1 }
    }
    // Three standard errors above the level; the interval for one look is what it replaces.
    #expect(Double(misses) / Double(series) < 0.05 + 0.0104)
    #expect(Double(studentMisses) / Double(series) > 0.3)
  }
}

struct `The rule of a sequence` {
  private func judged(_ numbers: [Double], atMost cap: Int = 80, against band: Band) -> Judgement {
    judge(
      numbers.enumerated().map { SeedReading(seed: $0, reading: .value($1)) },
      by: .sequence(of: numbers.count, atMost: cap), against: band)
  }

  @Test func `says nothing on few seeds`() {
    let judgement = judged([1, 1.01, 0.99], against: .atLeast(0))
    #expect(judgement.verdict == .inconclusive && judgement.interval == nil)
    #expect(judgement.reason.contains("too few"))
  }

  @Test func `decides when its wider intervals do`() {
    let numbers = (0..<12).map { 1 + 0.1 * Double($0 % 3 - 1) }
    #expect(judged(numbers, against: .atLeast(0.5)).verdict == .pass)
    #expect(judged(numbers, against: .atMost(0.5)).verdict == .fail)
    let open = judged(numbers, against: .atLeast(0.95))
    #expect(open.verdict == .inconclusive && open.reason.hasSuffix("more seeds may decide"))
    let capped = judged(numbers, atMost: 12, against: .atLeast(0.95))
    #expect(capped.reason.hasSuffix("the cap of 12 seeds is reached"))
  }

  @Test func `survives its encoding`() throws {
    let rule = SeedRule.sequence(of: 12, atMost: 80)
    #expect(rule.seeds == 12 && rule.isStatistical && rule.problem == nil)
    #expect(SeedRule.sequence(of: 1, atMost: 80).problem != nil)
    #expect(rule.over(seeds: 16) == .sequence(of: 16, atMost: 80))
  }
}

struct `Several claims` {
  /// Holm's own rule on p-values whose rejections are counted by hand.
  @Test func `are rejected one after the other by Holm's rule`() {
    #expect(
      holmRejections(of: [0.01, 0.04, 0.03, 0.005], level: 0.05) == [true, false, false, true])
    #expect(holmRejections(of: [0.01, 0.02, 0.03], level: 0.05) == [true, true, true])
    #expect(holmRejections(of: [0.06, 0.001], level: 0.05) == [false, true])
    #expect(holmRejections(of: [.nan, 0.001], level: 0.05) == [false, true])
    #expect(holmRejections(of: [], level: 0.05).isEmpty)
  }

  @Test func `that are all true raise an alarm in one of twenty suites at most`() {
    let stream = RandomStream(paper: "evidence-holm", seed: 0, purpose: .resampling)
    var alarms = 0
    for index in 0..<4000 {
      var draws = stream.child(index)
      let values = (0..<100).map { _ in draws.uniform() }
      if holmRejections(of: values, level: 0.05).contains(true) { alarms += 1 }
    }
    #expect(abs(Double(alarms) / 4000 - 0.05) < 0.0104)
  }
}

struct `Flipping signs` {
  private let stream = RandomStream(paper: "evidence-signs", seed: 0, purpose: .resampling)

  @Test func `counts all patterns of few readings`() {
    #expect(signFlipValue(of: [1, 2, 3], using: stream) == 1.0 / 8)
    #expect(signFlipValue(of: [-1, -2, -3], using: stream) == 1)
    #expect(signFlipValue(of: [1, 1, 1, 1, 1], using: stream) == 1.0 / 32)
    #expect(signFlipValue(of: [0, 0], using: stream) == 1)
    #expect(signFlipValue(of: [0.1, 0.2, -0.3], using: stream) == 5.0 / 8)
    #expect(signFlipValue(of: [], using: stream) == 1)
  }

  @Test func `draws patterns of many, alike whenever it is asked`() {
    let many = (0..<100).map { Double($0 % 7) - 2.5 }
    let value = signFlipValue(of: many, using: stream, draws: 4000)
    // Σd/√Σd² is 2.4 and 0.0082 lies beyond it under the normal law.
    let sum = many.reduce(0, +) / many.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let tail = 1 - StudentT(degreesOfFreedom: 1e6).cumulative(sum)
    #expect(abs(value - tail) < 0.005, "\(value) \(tail) \(sum)")
    #expect(value == signFlipValue(of: many, using: stream, draws: 4000))
  }
}

struct `The chance to pass` {
  /// Two one-sided tests of an equivalence, from an independent simulation to two places.
  @Test(arguments: [
    (5, 1.0, 0.30), (5, 1.5, 0.73), (5, 2, 0.95), (8, 1, 0.63), (8, 1.5, 0.97), (10, 1, 0.79),
    (10, 1.5, 0.99), (20, 1, 0.99), (3, 1, 0.13), (3, 2, 0.56),
  ])
  func `is what was simulated elsewhere`(seeds: Int, margin: Double, power: Double) {
    let chance = chanceToPass(
      seeds: seeds, mean: 0, spread: 1, band: .between(-margin, margin))
    #expect(abs(chance - power) < 0.011, "\(chance)")
  }

  @Test(arguments: [2, 3, 8, 30])
  func `is that of our own verdicts`(seeds: Int) {
    let band = Band.atLeast(-0.6)
    let stream = RandomStream(paper: "evidence-power", seed: UInt64(seeds), purpose: .resampling)
    var passes = 0
    for index in 0..<4000 {
      var draws = stream.child(index)
      let readings = (0..<seeds).map {
        SeedReading(seed: $0, reading: .value(2 * draws.normal() + 0.4))
      }
      if judge(readings, by: .mean(of: seeds), against: band).verdict == .pass { passes += 1 }
    }
    let chance = chanceToPass(seeds: seeds, mean: 0.4, spread: 2, band: band)
    #expect(abs(chance - Double(passes) / 4000) < 0.03, "\(chance)")
  }

  @Test func `is one twentieth on the edge, nothing outside and certain without spread`() {
    for seeds in [2, 5, 40] {
      let edge = chanceToPass(seeds: seeds, mean: 1, spread: 1e-7, band: .atLeast(1))
      #expect(abs(edge - 0.05) < 1e-6)
    }
    #expect(chanceToPass(seeds: 5, mean: -9, spread: 1, band: .atLeast(0)) < 1e-6)
    #expect(chanceToPass(seeds: 5, mean: 1, spread: 0, band: .atLeast(0)) == 1)
  }

  @Test func `grows to what is asked of it with the seeds that are named`() {
    let band = Band.between(-1, 1)
    let needed = seedsToPass(mean: 0, spread: 1, band: band)
    #expect(needed == 11)
    #expect(chanceToPass(seeds: 11, mean: 0, spread: 1, band: band) >= 0.8)
    #expect(chanceToPass(seeds: 10, mean: 0, spread: 1, band: band) < 0.8)
    #expect(seedsToPass(mean: 2, spread: 1, band: band) == nil)
  }
}

struct `The p-value of a failure` {
  private func readings(_ numbers: [Double]) -> [SeedReading] {
    numbers.enumerated().map { SeedReading(seed: $0, reading: .value($1)) }
  }

  @Test(arguments: [SeedRule.mean(of: 6), .sequence(of: 6, atMost: 48), .every(6)])
  func `is below one twentieth where the rule fails, and only there`(rule: SeedRule) {
    let stream = RandomStream(paper: "evidence-fail", seed: 0, purpose: .resampling)
    var failures = 0
    for index in 0..<400 {
      var draws = stream.child(index)
      let sample = readings((0..<6).map { _ in draws.normal() + 1.5 - Double(index % 5) })
      let fails = judge(sample, by: rule, against: .atLeast(0)).verdict == .fail
      let value = failValue(of: sample, by: rule, against: .atLeast(0))
      #expect((value <= 0.05) == fails, "\(value)")
      if fails { failures += 1 }
    }
    #expect(failures > 40 && failures < 400)
  }

  @Test func `of shares and medians follows their binomial laws`() {
    let numbers = readings((0..<10).map { Double($0) - 7.5 })
    // Two of ten in the band where eight of ten are demanded: 2 P(X ≤ 2) = 1.558e-4.
    let share = failValue(of: numbers, by: .share(of: 10, atLeast: 0.8), against: .atLeast(0))
    #expect(abs(share - 1.5585e-4) < 1e-7)
    // Two of ten on the band's side: 2 · 56 / 1024.
    let median = failValue(of: numbers, by: .median(of: 10), against: .atLeast(0))
    #expect(abs(median - 112.0 / 1024) < 1e-12)
  }

  @Test func `is one where nothing can be judged, and nothing for equal numbers outside`() {
    #expect(failValue(of: [], by: .mean(of: 3), against: .atLeast(0)) == 1)
    #expect(failValue(of: readings([.nan, 1]), by: .mean(of: 2), against: .atLeast(0)) == 1)
    #expect(failValue(of: readings([-1, -1]), by: .mean(of: 2), against: .atLeast(0)) == 0)
    #expect(failValue(of: readings([1, 1]), by: .mean(of: 2), against: .atLeast(0)) == 1)
  }
}
