import Evidence
import Foundation
import Tensors
import Testing

/// What SciPy and mpmath found; see Tests/Golden/judging.py.
struct JudgingFixture: Decodable {
  struct Mean: Decodable {
    var values: [Double]
    var lower: Double
    var upper: Double
    var tests: [[Double]]
  }

  /// Values, the paper's spread and number of runs, the interval's ends, a truth and its p-value.
  struct Welch: Decodable {
    var values: [Double]
    var spread: Double
    var runs: Int
    var lower: Double
    var upper: Double
    var truth: Double
    var value: Double

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      values = try row.decode([Double].self)
      spread = try row.decode(Double.self)
      runs = try row.decode(Int.self)
      lower = try row.decode(Double.self)
      upper = try row.decode(Double.self)
      truth = try row.decode(Double.self)
      value = try row.decode(Double.self)
    }
  }

  /// Values and numbers that belong to them.
  struct Row: Decodable {
    var values: [Double]
    var numbers: [Double] = []

    init(from decoder: any Decoder) throws {
      var row = try decoder.unkeyedContainer()
      values = try row.decode([Double].self)
      while !row.isAtEnd { numbers.append(try row.decode(Double.self)) }
    }
  }

  var means: [Mean]
  var welch: [Welch]
  var signs: [Row]
  var betting: [Row]
  var power: [[Double?]]
  var shares: [[Double]]

  static func read() throws -> JudgingFixture {
    let url = try #require(
      Bundle.module.url(forResource: "Fixtures/judging", withExtension: "json"))
    return try JSONDecoder().decode(JudgingFixture.self, from: Data(contentsOf: url))
  }
}

private func readings(_ numbers: [Double]) -> [SeedReading] {
  numbers.enumerated().map { SeedReading(seed: $0, reading: .value($1)) }
}

/// Whether two numbers agree to 1e-10 of their size or of a scale that their terms have.
private func agree(_ value: Double?, _ reference: Double, scale: Double = 0) -> Bool {
  value.map { abs($0 - reference) <= 1e-10 * max(reference.magnitude, scale) } ?? false
}

struct `Judging beside SciPy` {
  @Test func `gives means of hostile values the same interval`() throws {
    let rows = try JudgingFixture.read().means
    #expect(rows.count > 10)
    for row in rows {
      let judgement = judge(
        readings(row.values), by: .mean(of: row.values.count), against: .atLeast(0))
      let scale = row.values.map(\.magnitude).max() ?? 0
      #expect(agree(judgement.interval?.lower, row.lower, scale: scale), "\(row.values)")
      #expect(agree(judgement.interval?.upper, row.upper, scale: scale), "\(row.values)")
    }
  }

  @Test func `gives failures the same p-value`() throws {
    let tests = try JudgingFixture.read().means.flatMap { row in
      row.tests.map { (row.values, $0) }
    }
    #expect(tests.count > 25)
    for (values, test) in tests {
      let value = failValue(
        of: readings(values), by: .mean(of: values.count), against: .atLeast(test[0]))
      // What the truth loses to rounding beside far larger values, p cannot have.
      let spread = Moments(of: values)?.spread ?? 0
      let lost = test[0].ulp / spread * 100
      #expect(abs(value - test[1]) <= 1e-10 * test[1] + lost, "\(values) \(test)")
    }
  }

  @Test func `takes the paper's own scatter into account as Welch does`() throws {
    let rows = try JudgingFixture.read().welch
    #expect(rows.count > 50)
    for row in rows {
      let traits = Traits(reported: Scatter(spread: row.spread, seeds: row.runs))
      let judgement = judge(
        readings(row.values), by: .mean(of: row.values.count), against: .atLeast(0), of: traits)
      let scale = row.values.map(\.magnitude).max() ?? 0
      #expect(agree(judgement.interval?.lower, row.lower, scale: scale), "\(row)")
      #expect(agree(judgement.interval?.upper, row.upper, scale: scale), "\(row)")
      let value = failValue(
        of: readings(row.values), by: .mean(of: row.values.count), against: .atLeast(row.truth),
        of: traits)
      let error = (row.upper - row.lower) / 2
      let lost = max(row.truth.ulp, scale * 1e-15) / error * 100
      #expect(abs(value - row.value) <= 1e-10 * row.value + lost, "\(row) \(value)")
    }
  }

  @Test func `counts the same patterns of signs`() throws {
    let stream = RandomStream(paper: "evidence-signs", seed: 0, purpose: .resampling)
    for row in try JudgingFixture.read().signs {
      #expect(agree(signFlipValue(of: row.values, using: stream), row.numbers[0]), "\(row)")
    }
  }

  @Test func `bets to the same interval`() throws {
    let rows = try JudgingFixture.read().betting
    #expect(rows.count == 12)
    for row in rows {
      let sequence = BettingSequence(
        level: row.numbers[0], range: Interval(lower: 0, upper: 1))
      let interval = sequence.interval(after: row.values)
      let ends = row.numbers.dropFirst().sorted()
      #expect(abs(interval.lower - ends[0]) < 1e-11, "\(row) \(interval)")
      #expect(abs(interval.upper - ends[1]) < 1e-11, "\(row) \(interval)")
      // At an end the evidence is what excludes it.
      if interval.lower > 0, row.numbers[1] < row.numbers[2] {
        let evidence = sequence.evidence(against: interval.lower, after: row.values)
        #expect(abs(evidence * row.numbers[0] - 1) < 1e-6, "\(row)")
      }
    }
  }

  @Test func `forecasts the same chance to pass`() throws {
    let rows = try JudgingFixture.read().power
    #expect(rows.count == 25)
    for row in rows {
      let band = Band(lower: row[3] ?? -.infinity, upper: row[4] ?? .infinity)
      let chance = chanceToPass(
        seeds: Int(row[0] ?? 0), mean: row[1] ?? 0, spread: row[2] ?? 0, band: band)
      #expect(abs(chance - (row[5] ?? -1)) < 1e-6, "\(row) \(chance)")
    }
  }

  @Test func `asks the same seeds of a share`() throws {
    for row in try JudgingFixture.read().shares {
      let seeds = leastSeedsToPass(by: .share(of: 1, atLeast: row[0]), against: .atLeast(0))
      #expect(seeds == Int(row[1]))
    }
  }
}
