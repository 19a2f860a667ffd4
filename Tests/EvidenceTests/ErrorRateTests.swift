import Evidence
import Tensors
import Testing

/// How often verdicts are wrong when the truth is known, over fixed random streams.
struct `Wrong verdicts` {
  static let series = 2000
  /// Three standard errors of a rate of 5 % over the series: 0.0146.
  static let allowed = 0.05 + 3 * (0.05 * 0.95 / Double(series)).squareRoot()

  /// Rates of pass and fail over series of normal readings around `truth`.
  func rates(
    truth: Double, spread: Double, seeds: Int, by rule: SeedRule, against band: Band
  ) -> (pass: Double, fail: Double) {
    let stream = RandomStream(paper: "evidence-error-rates", seed: 0, purpose: .resampling)
    var (passes, fails) = (0, 0)
    for series in 0..<Self.series {
      var draws = stream.child(series)
      let readings = (0..<seeds).map {
        SeedReading(seed: $0, reading: .value(truth + spread * draws.normal()))
      }
      switch judge(readings, by: rule, against: band).verdict {
      case .pass: passes += 1
      case .fail: fails += 1
      case .inconclusive, .error: break
      }
    }
    return (Double(passes) / Double(Self.series), Double(fails) / Double(Self.series))
  }

  @Test(arguments: [2, 3, 5, 10, 30])
  func `of means stay below one in twenty`(seeds: Int) {
    let rule = SeedRule.mean(of: seeds)
    // A truth just outside must not pass; one on the edge must not fail.
    let outside = rates(
      truth: 0.0.nextDown, spread: 1, seeds: seeds, by: rule, against: .atLeast(0))
    #expect(outside.pass <= Self.allowed)
    // The bound is met, not merely kept: the rule wastes no power.
    #expect(outside.pass >= 0.05 - (Self.allowed - 0.05))
    let inside = rates(truth: 0, spread: 1, seeds: seeds, by: rule, against: .atLeast(0))
    #expect(inside.fail <= 0.025 + 0.0105)
    let narrow = rates(
      truth: 1, spread: 1, seeds: seeds, by: rule, against: .between(-1, 1.0.nextDown))
    #expect(narrow.pass <= Self.allowed)
    #expect(narrow.fail <= Self.allowed)
  }

  @Test func `become rare when the truth is clear`() {
    let rule = SeedRule.mean(of: 5)
    let clear = rates(truth: 3, spread: 1, seeds: 5, by: rule, against: .atLeast(0))
    #expect(clear.pass > 0.97 && clear.fail == 0)
    let wrong = rates(truth: -4, spread: 1, seeds: 5, by: rule, against: .atLeast(0))
    #expect(wrong.fail > 0.97 && wrong.pass == 0)
  }

  @Test(arguments: [5, 9, 20])
  func `of medians stay below one in twenty`(seeds: Int) {
    let rule = SeedRule.median(of: seeds)
    let edge = rates(truth: 0, spread: 1, seeds: seeds, by: rule, against: .atLeast(0))
    #expect(edge.pass <= Self.allowed)
    #expect(edge.fail <= Self.allowed)
    let outside = rates(
      truth: 0.0.nextDown, spread: 1, seeds: seeds, by: rule, against: .atLeast(0))
    #expect(outside.pass <= Self.allowed)
  }

  @Test func `of shares stay below one in twenty`() {
    // A normal reading around 0.8416 is positive with probability 0.8.
    let rule = SeedRule.share(of: 30, atLeast: 0.8)
    let edge = rates(truth: 0.8416, spread: 1, seeds: 30, by: rule, against: .atLeast(0))
    #expect(edge.pass <= Self.allowed)
    #expect(edge.fail <= Self.allowed)
  }
}
