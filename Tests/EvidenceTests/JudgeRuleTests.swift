import Evidence
import Testing

struct `Every seed` {
  @Test func `must lie in the band`() {
    let judgement = judge(seeds(0.2, 0.3, 0.25), by: .every(3), against: .atLeast(0.2))
    #expect(judgement.verdict == .pass)
    #expect(judgement.estimate == 0.2)
    #expect(judgement.interval == Interval(lower: 0.2, upper: 0.3))
    #expect(
      judgement.reason
        == "all 3 seeds lie in the accepted >= 0.2, the nearest to its edge at 0.2")
  }

  @Test func `fails when one lies outside, however near`() {
    let judgement = judge(seeds(0.2.nextDown, 0.3, 0.4), by: .every(3), against: .atLeast(0.2))
    #expect(judgement.verdict == .fail)
    #expect(judgement.reason.hasPrefix("seed 0 of 3 lies outside the accepted >= 0.2"))
    #expect(judgement.reason.contains("0.19999999999999998"))
  }

  @Test func `is inconclusive where the scale ended too early`() {
    let judgement = judge(
      seeds([.value(600), .notReached(by: 300)]), by: .every(2), against: .atLeast(500))
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.reason.contains("seed 1"))
    let failed = judge(
      seeds([.value(600), .notReached(by: 300)]), by: .every(2), against: .atMost(300))
    #expect(failed.verdict == .fail)
    #expect(judge(seeds([.diverged]), by: .once, against: .atLeast(1)).interval == nil)
  }

  @Test func `judges one deterministic value alone`() {
    let judgement = judge(seeds(3), by: .once, against: .exactly(3))
    #expect(judgement.verdict == .pass)
    #expect(judgement.reason == "the value 3 lies in the accepted = 3")
    #expect(judge(seeds(3, 4), by: .once, against: .exactly(3)).verdict == .fail)
  }
}

struct `The median's verdict` {
  @Test func `takes the order statistics that cover 90 %`() {
    // P(X ≤ 0) = 1/32, so the range of five covers 93.75 %; of nine, ranks 2 to 8 cover 96.1 %.
    let five = judge(seeds(5, 1, 4, 2, 3), by: .median(of: 5), against: .atLeast(1))
    #expect(five.verdict == .pass)
    #expect(five.interval == Interval(lower: 1, upper: 5))
    #expect(five.estimate == 3)
    let nine = judge(
      seeds(9, 8, 7, 6, 5, 4, 3, 2, 1), by: .median(of: 9), against: .between(2, 8))
    #expect(nine.verdict == .pass)
    #expect(nine.interval == Interval(lower: 2, upper: 8))
  }

  @Test func `needs five seeds to pass and six to fail`() {
    let four = judge(seeds(1, 1, 1, 1), by: .median(of: 4), against: .atLeast(0))
    #expect(four.verdict == .inconclusive)
    #expect(four.reason == "a 90 % interval of a median needs 5 seeds and there are 4")
    let five = judge(seeds(1, 1, 1, 1, 1), by: .median(of: 5), against: .atLeast(2))
    #expect(five.verdict == .inconclusive)
    #expect(five.reason.hasSuffix("a 95 % interval, which needs 6 seeds"))
    let six = judge(seeds(1, 1, 1, 1, 1, 1), by: .median(of: 6), against: .atLeast(2))
    #expect(six.verdict == .fail)
  }

  @Test func `takes results beyond the scale`() {
    let readings = seeds([
      .value(400), .notReached(by: 300), .diverged, .notReached(by: 300), .value(350),
      .value(380),
    ])
    let judgement = judge(readings, by: .median(of: 6), against: .atLeast(290))
    #expect(judgement.verdict == .pass)
    #expect(judgement.estimate == nil)
    // Two scales ended at 300, so that no end above 300 is certain.
    #expect(judge(readings, by: .median(of: 6), against: .atLeast(340)).verdict == .inconclusive)
    #expect(judge(readings, by: .median(of: 6), against: .atMost(290)).verdict == .fail)
    #expect(judgement.reason.contains("diverged"))
  }
}

struct `The share's verdict` {
  func readings(_ inside: Int, of count: Int) -> [SeedReading] {
    seeds((0..<count).map { .value($0 < inside ? 1 : -1) })
  }

  @Test func `passes, fails and hesitates by the exact interval`() throws {
    let rule = SeedRule.share(of: 20, atLeast: 0.8)
    let all = judge(readings(20, of: 20), by: rule, against: .atLeast(0))
    #expect(all.verdict == .pass)
    let interval = try #require(all.interval)
    // 0.05^(1/20)
    #expect((interval.lower - 0.8608916593317348).magnitude < 1e-12)
    #expect(interval.upper == 1)
    #expect(judge(readings(18, of: 20), by: rule, against: .atLeast(0)).verdict == .inconclusive)
    // The upper end of the 95 % interval after 12 of 20 is 0.8088, after 11 it is 0.7694.
    #expect(judge(readings(12, of: 20), by: rule, against: .atLeast(0)).verdict == .inconclusive)
    let few = judge(readings(11, of: 20), by: rule, against: .atLeast(0))
    #expect(few.verdict == .fail)
    #expect(
      few.reason
        == "with 11 of 20 seeds in >= 0 the share is at most 0.7694 by its 95 % interval, and 0.8 "
        + "is demanded")
  }

  @Test func `lets a scale that ended too early support neither verdict`() {
    let rule = SeedRule.share(of: 20, atLeast: 0.5)
    let open = [Reading](repeating: .notReached(by: 3), count: 20)
    let judgement = judge(seeds(open), by: rule, against: .atLeast(9))
    #expect(judgement.verdict == .inconclusive)
    #expect(judgement.interval == Interval(lower: 0, upper: 1))
  }
}

struct `Cells` {
  @Test func `are judged one by one and the gravest decides`() {
    let cells = [
      Cell(label: "width 8", readings: seeds(0.1, 0.2)),
      Cell(label: "width 16", readings: seeds(-0.4, 0.2)),
      Cell(label: "width 32", readings: seeds(-0.5, 0.2)),
    ]
    let judged = judge(cells: cells, by: .every(2), against: .atLeast(0))
    #expect(judged.overall.verdict == .fail)
    #expect(judged.overall.estimate == -0.5)
    #expect(judged.overall.reason.hasPrefix("2 of 3 cells, first width 32: seed 0 of 2"))
    #expect(judged.cells.map(\.label) == ["width 8", "width 16", "width 32"])
    #expect(judged.cells.map(\.judgement.verdict) == [.pass, .fail, .fail])
  }

  @Test func `pass together with the tightest one's numbers`() {
    let cells = [
      Cell(label: "a", readings: seeds(0.5, 0.6)), Cell(label: "b", readings: seeds(0.2, 0.9)),
    ]
    let judged = judge(cells: cells, by: .every(2), against: .atLeast(0))
    #expect(judged.overall.verdict == .pass)
    #expect(judged.overall.estimate == 0.2)
    #expect(judged.overall.reason.hasPrefix("all 2 cells pass, the tightest at b: all 2 seeds"))
  }

  @Test func `of which one is missing are an error, as is no cell at all`() {
    let cells = [
      Cell(label: "a", readings: seeds(0.5, 0.6)),
      Cell(label: "b", readings: [SeedReading(seed: 0, reading: nil)]),
    ]
    #expect(judge(cells: cells, by: .every(2), against: .atLeast(0)).overall.verdict == .error)
    #expect(judge(cells: [], by: .every(2), against: .atLeast(0)).overall.verdict == .error)
  }

  @Test func `survive JSON`() throws {
    let cells = [Cell(label: "a", readings: seeds([.value(1), .diverged]))]
    #expect(try decoded(try json(cells)) == cells)
    let judged = judge(cells: cells, by: .every(2), against: .atLeast(0))
    #expect(try decoded(try json(judged)) == judged)
  }
}
