import Evidence
import Foundation
import Tensors
import Testing

struct `Distributions` {
  struct Fixture: Decodable {
    var tTail, tQuantile, beta, binomial, shares, normal: [[Double]]
  }

  static func fixture() throws -> Fixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/distributions", withExtension: "json"))
    return try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: url))
  }

  /// Compares with a reference to a relative 1e-10 and says where it disagrees.
  func agrees(_ value: Double, _ reference: Double, at row: [Double]) {
    #expect(
      (value - reference).magnitude <= 1e-10 * reference.magnitude, "\(value) at \(row)")
  }

  @Test func `Student's tail agrees with the reference`() throws {
    let rows = try Self.fixture().tTail
    #expect(rows.count > 80)
    for row in rows {
      let student = StudentT(degreesOfFreedom: row[0])
      agrees(student.upperTail(row[1]), row[2], at: row)
      agrees(student.cumulative(-row[1]), row[2], at: row)
      #expect((student.cumulative(row[1]) - (1 - row[2])).magnitude < 1e-12)
    }
  }

  @Test func `Student's quantile agrees with the reference`() throws {
    let rows = try Self.fixture().tQuantile
    #expect(rows.count > 150)
    for row in rows {
      let student = StudentT(degreesOfFreedom: row[0])
      agrees(student.quantile(upperTail: row[1]), row[2], at: row)
      agrees(student.quantile(row[1]), -row[2], at: row)
    }
    #expect(StudentT(degreesOfFreedom: 3).quantile(0.5) == 0)
  }

  @Test func `the incomplete beta function agrees with the reference`() throws {
    let rows = try Self.fixture().beta
    #expect(rows.count > 150)
    for row in rows {
      agrees(BetaDistribution(row[0], row[1]).cumulative(row[2]), row[3], at: row)
      // The other tail, asked for directly, completes the first.
      let rest = BetaDistribution(row[0], row[1]).survival(row[2])
      #expect((rest + row[3] - 1).magnitude < 1e-11, "\(row)")
    }
  }

  @Test func `a beta quantile is undone by the distribution function`() throws {
    for a in [0.5, 1, 7, 4e4, 1e6] {
      for b in [0.5, 2, 300, 1e6] {
        for p in [1e-12, 0.025, 0.5, 0.97] {
          let beta = BetaDistribution(a, b)
          let (low, high) = (beta.quantile(p), beta.quantile(upperTail: p))
          // Near one, x itself has too few digits left to be undone.
          if low < 0.999 { agrees(beta.cumulative(low), p, at: [a, b, p]) }
          if high < 0.999 { agrees(beta.survival(high), p, at: [a, b, p]) }
        }
      }
    }
  }

  @Test func `binomial mass and distribution agree with the reference`() throws {
    let rows = try Self.fixture().binomial
    #expect(rows.count > 30)
    for row in rows {
      let coins = Binomial(trials: Int(row[0]), probability: row[1])
      if row[3] > 1e-250 { agrees(coins.mass(Int(row[2])), row[3], at: row) }
      if row[4] > 1e-250 { agrees(coins.cumulative(Int(row[2])), row[4], at: row) }
    }
  }

  @Test func `the exact binomial interval agrees with the reference`() throws {
    let rows = try Self.fixture().shares
    #expect(rows.count > 80)
    for row in rows {
      let interval = clopperPearson(successes: Int(row[0]), of: Int(row[1]), tail: row[2])
      agrees(interval.lower, row[3], at: row)
      agrees(interval.upper, row[4], at: row)
    }
  }

  @Test func `the normal quantile agrees with the reference`() throws {
    for row in try Self.fixture().normal {
      agrees(normalQuantile(row[0]), row[1], at: row)
    }
  }

  @Test func `a quantile of probability zero stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = StudentT(degreesOfFreedom: 4).quantile(0)
    }
    await #expect(processExitsWith: .failure) { _ = BetaDistribution(0, 1) }
    await #expect(processExitsWith: .failure) {
      _ = clopperPearson(successes: 3, of: 2, tail: 0.05)
    }
  }
}
