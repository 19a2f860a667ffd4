import Evidence
import Testing

func seeds(_ numbers: Double...) -> [SeedReading] { seeds(numbers.map { .value($0) }) }

func seeds(_ readings: [Reading]) -> [SeedReading] {
  readings.enumerated().map { SeedReading(seed: $0, reading: $1) }
}

struct `Judging` {
  static let everyRule: [SeedRule] = [
    .once, .every(5), .mean(of: 5), .median(of: 5), .share(of: 5, atLeast: 0.1),
  ]

  @Test(arguments: everyRule)
  func `finds an error in a missing seed and names it`(rule: SeedRule) {
    let expected = SeedReading.list(for: 0..<6, from: [0: .value(1), 1: .value(1), 3: .value(1)])
    let judgement = judge(expected, by: rule, against: .atLeast(0))
    #expect(judgement.verdict == .error)
    #expect(judgement.reason == "seeds 2, 4 and 5 of 6 have no reading")
    #expect(judgement.n == 3)
  }

  @Test(arguments: everyRule, [Double.nan, .infinity, -.infinity])
  func `finds an error in a number that is not finite`(rule: SeedRule, number: Double) {
    let readings = seeds(1, 1, 1, 1, number, 1)
    let judgement = judge(readings, by: rule, against: .atLeast(0))
    #expect(judgement.verdict == .error)
    #expect(judgement.reason == "seed 4 gave \(numberText(number))")
    #expect(judgement.estimate == nil)
  }

  @Test func `finds an error in too few seeds, a doubled seed and a bad quantum`() {
    let few = judge(seeds(1, 2), by: .mean(of: 3), against: .atLeast(0))
    #expect(few.verdict == .error)
    #expect(few.reason == "2 of the 3 declared seeds have a reading: only seeds 0 and 1")
    let none = judge([], by: .once, against: .atLeast(0))
    #expect(none.verdict == .error)
    let twice = [
      SeedReading(seed: 7, reading: .value(1)), SeedReading(seed: 7, reading: .value(2)),
    ]
    #expect(
      judge(twice, by: .mean(of: 2), against: .atLeast(0)).reason == "seed 7 has two readings")
    let quantum = judge(
      seeds(1, 2), by: .mean(of: 2), against: .atLeast(0), of: Traits(quantum: .nan))
    #expect(quantum.verdict == .error)
  }

  @Test func `does not depend on the order of the seeds`() {
    let readings = seeds(0.1, 0.7, 1e-9, 0.3, 1e8)
    let forward = judge(readings, by: .mean(of: 5), against: .atLeast(0.2))
    #expect(judge(readings.reversed(), by: .mean(of: 5), against: .atLeast(0.2)) == forward)
  }
}

struct `The mean's verdict` {
  // Mean 3, s = √2.5; half-widths 1.5075 (90 %) and 1.9632 (95 %), checked with SciPy.
  let readings = seeds(1, 2, 3, 4, 5)

  @Test func `passes when the 90 % interval lies in the band`() throws {
    let judgement = judge(readings, by: .mean(of: 5), against: .atLeast(1.4))
    #expect(judgement.verdict == .pass)
    #expect(judgement.estimate == 3)
    let interval = try #require(judgement.interval)
    #expect((interval.lower - 1.4925566809376762).magnitude < 1e-12)
    #expect((interval.upper - 4.507443319062323).magnitude < 1e-12)
    #expect(judgement.reason == "the 90 % interval [1.5, 4.5] lies in the accepted >= 1.4")
  }

  @Test func `is inconclusive between the intervals and says how many seeds would decide`() {
    let judgement = judge(readings, by: .mean(of: 5), against: .atLeast(1.5))
    #expect(judgement.verdict == .inconclusive)
    // 8.6 · 2.5 / 1.5² = 9.6; the rounded 1.5 would have looked like a pass.
    #expect(
      judgement.reason
        == "the 90 % interval [1.493, 4.507] is not all in the accepted >= 1.5, nor the 95 % "
        + "interval outside; about 10 seeds would decide")
    #expect(judge(readings, by: .mean(of: 5), against: .atLeast(4.9)).verdict == .inconclusive)
    let edge = judge(readings, by: .mean(of: 5), against: .atLeast(3))
    #expect(edge.reason.hasSuffix("too near the band's edge for more seeds to decide"))
  }

  @Test func `fails when the 95 % interval is disjoint from the band`() {
    let judgement = judge(readings, by: .mean(of: 5), against: .atLeast(4.97))
    #expect(judgement.verdict == .fail)
    #expect(
      judgement.reason == "the 95 % interval [1.037, 4.963] lies outside the accepted >= 4.97")
  }

  @Test func `needs two seeds`() {
    let judgement = judge(seeds(1), by: .mean(of: 1), against: .atLeast(0))
    #expect(judgement.verdict == .error)
    #expect(judgement.reason == "a mean over 1 seed has no interval: it needs 2")
  }

  @Test func `takes equal values as a point, unless they are quantised`() {
    let equal = seeds(0.5, 0.5, 0.5)
    let point = judge(equal, by: .mean(of: 3), against: .exactly(0.5))
    #expect(point.verdict == .pass)
    #expect(point.interval == Interval(lower: 0.5, upper: 0.5))
    let tenths = seeds(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)
    #expect(judge(tenths, by: .mean(of: 7), against: .exactly(0.1)).verdict == .pass)
    let coarse = judge(
      equal, by: .mean(of: 3), against: .within(0.01, of: 0.5), of: Traits(quantum: 0.1))
    #expect(coarse.verdict == .inconclusive)
    let fine = judge(
      equal, by: .mean(of: 3), against: .within(0.01, of: 0.5), of: Traits(quantum: 0.001))
    #expect(fine.verdict == .pass)
  }

  @Test func `is inconclusive over results beyond the scale and names their seeds`() {
    let readings = seeds([.value(1), .notReached(by: 9), .value(2), .diverged])
    let judgement = judge(readings, by: .mean(of: 4), against: .atLeast(0))
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.reason.hasSuffix("seeds 1 and 3"))
    #expect(judgement.estimate == nil)
  }

  @Test func `is an error when its arithmetic overflows`() {
    let judgement = judge(seeds(1.7e308, -1.7e308), by: .mean(of: 2), against: .atLeast(0))
    #expect(judgement.verdict == .error)
  }

  @Test func `counts the seeds a decision needs`() {
    #expect(seedsNeeded(spread: 1, margin: 1) == 9)
    #expect(seedsNeeded(spread: 0, margin: 1) == 2)
    #expect(seedsNeeded(spread: 1, margin: 0) == nil)
    #expect(seedsNeeded(spread: 1e9, margin: 1e-9) == nil)
  }
}
