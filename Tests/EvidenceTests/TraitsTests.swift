import Evidence
import Tensors
import Testing

private func judged(
  _ numbers: [Double], by rule: SeedRule, against band: Band, of traits: Traits
) -> Judgement {
  judge(
    numbers.enumerated().map { SeedReading(seed: $0, reading: .value($1)) }, by: rule,
    against: band, of: traits)
}

struct `What is known of values` {
  @Test func `widens the interval by the paper's own scatter`() {
    let numbers = [0.1, 0.2, 0.15, 0.12, 0.18]
    let band = Band.within(0.1, of: 0.15)
    let alone = judged(numbers, by: .mean(of: 5), against: band, of: Traits())
    let own = Traits(reported: Scatter(spread: 0.2, seeds: 5))
    let together = judged(numbers, by: .mean(of: 5), against: band, of: own)
    #expect(alone.verdict == .pass && together.verdict == .inconclusive)
    #expect(together.estimate == alone.estimate)
  }

  @Test func `is an error where a number is outside its range`() {
    let judgement = judged(
      [0.5, 1.5], by: .mean(of: 2), against: .atLeast(0),
      of: Traits(range: Interval(lower: 0, upper: 1)))
    #expect(judgement.verdict == .error)
    #expect(judgement.reason == "seed 1 gave a number outside the declared range [0, 1]")
  }

  @Test(arguments: [
    (Traits(quantum: -1), SeedRule.mean(of: 2), "the quantum -1 is not"),
    (
      Traits(range: Interval(lower: 0, upper: .infinity)), .mean(of: 2), "the range [0, inf] is not"
    ),
    (Traits(reported: Scatter(spread: 1, seeds: 1)), .mean(of: 2), "a scatter over 1 runs"),
    (Traits(reported: Scatter(spread: .nan, seeds: 3)), .mean(of: 2), "the scatter nan is not"),
    (
      Traits(reported: Scatter(spread: 1, seeds: 3)), .median(of: 5),
      "the paper's own scatter is for the mean of a fixed number of seeds"
    ),
  ])
  func `is refused where it makes no sense`(traits: Traits, rule: SeedRule, words: String) {
    let problem = traits.problem(under: rule)
    #expect(problem?.hasPrefix(words) == true, "\(problem ?? "")")
    let numbers = (0..<rule.seeds).map { Double($0) }
    #expect(judged(numbers, by: rule, against: .atLeast(0), of: traits).verdict == .error)
  }

  @Test func `lets a bounded measure be bet on while seeds are added`() {
    let numbers = (0..<40).map { 0.9 + 0.01 * Double($0 % 5) }
    let traits = Traits(range: Interval(lower: 0, upper: 1))
    let rule = SeedRule.sequence(of: 40, atMost: 80)
    let bet = judged(numbers, by: rule, against: .atLeast(0.7), of: traits)
    #expect(bet.verdict == .pass)
    #expect(judged(numbers, by: rule, against: .atMost(0.7), of: traits).verdict == .fail)
    // Without the range it is another interval.
    #expect(
      judged(numbers, by: rule, against: .atLeast(0.7), of: Traits()).interval != bet.interval)
  }
}

struct `Betting` {
  @Test(arguments: [0.5, 0.05, 0.93])
  func `hardly ever misses the mean of bounded values at any of two hundred looks`(mean: Double) {
    let sequence = BettingSequence(level: 0.05, range: Interval(lower: 0, upper: 1))
    let stream = RandomStream(paper: "evidence-betting", seed: 0, purpose: .resampling)
    let series = 600
    let misses = (0..<series).count { index in
      var draws = stream.child(index)
      var values: [Double] = []
      for _ in 0..<200 {
        values.append(draws.uniform() < mean ? 1 : 0)
        // The wealth after each look is what is compared with 1/α.
        if sequence.evidence(against: mean, after: values) >= 20 { return true }
      }
      return false
    }
    // Three standard errors above the level.
    #expect(Double(misses) / Double(series) < 0.05 + 0.027)
  }
}

struct `A printed number` {
  @Test(arguments: [
    ("93.2", 93.15, 93.25), ("-0.050", -0.0505, -0.0495), ("1.5e-3", 0.00145, 0.00155),
    ("7", 6.5, 7.5), ("0.1", 0.05, 0.15), ("0", -0.5, 0.5), ("12e2", 1150, 1250),
  ])
  func `stands for all that rounds to it`(text: String, lower: Double, upper: Double) {
    #expect(Band.printed(text) == Band(lower: lower, upper: upper))
  }

  @Test func `has relatives by share and by last place`() {
    #expect(Band.within(relative: 0.01, of: -200) == Band(lower: -202, upper: -198))
    #expect(Band.within(ulps: 2, of: 1) == Band(lower: 1 - 2 * 0x1p-52, upper: 1 + 2 * 0x1p-52))
    #expect(Band.within(ulps: 0, of: 0.1) == .exactly(0.1))
  }

  @Test func `is widened by a tolerance`() {
    #expect(Band.printed("2.0", within: 1) == Band(lower: 0.95, upper: 3.05))
  }

  @Test(arguments: ["", "abc", "1.", ".5", "1e", "1e5x", "0x10", "1 000", "1,5", "--1", "1e999"])
  func `that is none stops the program`(text: String) async {
    await #expect(processExitsWith: .failure) { [text] in _ = Band.printed(text) }
  }
}

struct `The least seeds` {
  @Test func `of a median are five`() {
    #expect(leastSeedsToPass(by: .median(of: 3), against: .atLeast(0)) == 5)
  }

  @Test func `of quantised values grow as the band shrinks`() {
    let coarse = Traits(quantum: 0.1)
    // t_{n−1} · 0.1/√12/√n ≤ 0.02 holds from eight seeds on.
    #expect(leastSeedsToPass(by: .mean(of: 2), against: .within(0.02, of: 1), of: coarse) == 8)
    #expect(leastSeedsToPass(by: .mean(of: 2), against: .atLeast(1), of: coarse) == 2)
  }

  @Test func `of a point are none, unless all values may be equal`() {
    #expect(leastSeedsToPass(by: .mean(of: 5), against: .exactly(1), of: Traits(quantum: 1)) == nil)
    #expect(leastSeedsToPass(by: .mean(of: 5), against: .exactly(1)) == 2)
  }

  @Test func `do not exist where the paper's own scatter is wider than the band`() {
    let loose = Traits(reported: Scatter(spread: 1, seeds: 4))
    #expect(leastSeedsToPass(by: .mean(of: 5), against: .within(0.1, of: 1), of: loose) == nil)
  }
}

struct `Editions of the rules` {
  @Test func `share the chance of a wrong failure between cells from the second on`() {
    #expect(Edition.first.failLevel(sharedBy: 10) == 0.05)
    #expect(Edition.second.failLevel(sharedBy: 10) == 0.005)
    #expect(Edition.second.failLevel(sharedBy: 1) == 0.05)
    #expect(Edition.current == .second)
  }

  @Test func `differ where one of many cells is just outside`() {
    let readings = [0.9, 0.8, 0.95, 0.85, 0.9].enumerated().map {
      SeedReading(seed: $0, reading: .value($1))
    }
    func verdict(_ edition: Edition) -> Verdict {
      judge(
        readings, by: .mean(of: 5), against: .atLeast(1), failing: edition.failLevel(sharedBy: 20)
      ).verdict
    }
    #expect(verdict(.first) == .fail && verdict(.second) == .inconclusive)
  }

  /// Twenty cells whose truth is the edge of the band, each judged at its share.
  @Test func `fail a true claim of many cells in one of twenty replications at most`() {
    let stream = RandomStream(paper: "evidence-cells", seed: 0, purpose: .resampling)
    let series = 1500
    var failures: [Edition: Int] = [:]
    for index in 0..<series {
      var draws = stream.child(index)
      let cells = (0..<20).map { cell in
        Cell(
          label: "\(cell)",
          readings: (0..<6).map { SeedReading(seed: $0, reading: .value(draws.normal())) })
      }
      for edition in Edition.allCases {
        let verdict = judge(
          cells: cells, by: .mean(of: 6), against: .atLeast(0),
          failing: edition.failLevel(sharedBy: 20)
        ).overall.verdict
        if verdict == .fail { failures[edition, default: 0] += 1 }
      }
    }
    #expect(Double(failures[.second] ?? 0) / Double(series) < 0.05)
    #expect(Double(failures[.first] ?? 0) / Double(series) > 0.3)
  }
}
