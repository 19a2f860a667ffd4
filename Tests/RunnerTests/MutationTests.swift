import Evidence
import FixturePapers
import Replication
import Testing

/// The coin's verdicts with one thing altered: what decides must turn the verdict.
struct `A verdict` {
  static let decided = ["raisesShare", "exactIdentity", "growsWithWeight", "powerLaw", "levels"]

  @Test func `passes where nothing is altered`() throws {
    let verdicts = try verdicts(from: outcomes())
    for claim in Self.decided { #expect(verdicts[claim] == .pass, "\(claim)") }
    #expect(verdicts["needsPremise"] == .inconclusive)
    #expect(verdicts["vacuous"] == .error)
  }

  struct Alteration: Sendable, CustomTestStringConvertible {
    var claim: String
    /// What the setups of the altered trials hold.
    var setups: String
    /// The number in the outcome, and what takes its place.
    var number: String
    var value: Double
    var testDescription: String { "\(claim): \(number)" }
  }

  static let treated = #"{"effect":0.2,"noise":0.02,"weight":"#
  static let alterations = [
    Alteration(claim: "raisesShare", setups: treated + "1}", number: "share", value: -3),
    Alteration(claim: "exactIdentity", setups: treated, number: "share", value: -3),
    Alteration(claim: "exactIdentity", setups: treated, number: "formula", value: -3),
    Alteration(claim: "growsWithWeight", setups: treated + "2}", number: "formula", value: -3),
    Alteration(claim: "powerLaw", setups: treated + "4}", number: "formula", value: 3),
    Alteration(claim: "levels", setups: treated, number: "curve.y", value: 0),
  ]

  @Test(arguments: alterations)
  func `fails when a number leaves its band in one seed`(alteration: Alteration) throws {
    var results = try outcomes()
    for key in results.keys where key.seed == 0 && key.setup.hasPrefix(alteration.setups) {
      results[key] = try altered(results[key], alteration.number, to: alteration.value)
    }
    #expect(try verdicts(from: results)[alteration.claim] == .fail)
  }

  @Test(arguments: decided)
  func `fails when its band moves away`(claim: String) throws {
    let results = try outcomes()
    for shift in [1.0, -1.5] {
      let moved = try CoinPaper.$shift.withValue(shift) { try verdicts(from: results) }
      // A band that is open above is left only upwards, and then its control passes as well.
      #expect(moved[claim] != .pass, "\(claim) moved by \(shift)")
    }
  }

  @Test func `of a claim whose premise comes to hold is given`() throws {
    let results = try outcomes()
    let moved = try CoinPaper.$shift.withValue(-1) { try verdicts(from: results) }
    #expect(moved["needsPremise"] == .pass)
  }

  @Test func `belongs to another version of the claim when its band moves`() throws {
    let before = CoinPaper.declarations(at: .smoke)
    let after = CoinPaper.$shift.withValue(0.001) { CoinPaper.declarations(at: .smoke) }
    for (old, new) in zip(before, after) where old.claim != "vacuous" {
      #expect(try old.version() != new.version(), "\(old.claim)")
    }
  }

  @Test(arguments: ["nan", "inf", "-inf"])
  func `is an error where a number is not finite`(text: String) throws {
    var results = try outcomes()
    for key in results.keys where key.seed == 0 && key.setup.contains(#""effect":0.2"#) {
      guard case .outcome(let outcome)? = results[key] else { continue }
      var fields = try Canonical.decode([String: JSONValue].self, from: outcome)
      fields["share"] = .string(text)
      fields["formula"] = .string(text)
      results[key] = .outcome(try Canonical.text(fields))
    }
    let verdicts = try verdicts(from: results)
    // A claim about another number of that outcome is no better: such an outcome is not recorded.
    for claim in ["raisesShare", "exactIdentity", "growsWithWeight", "powerLaw", "levels"] {
      #expect(verdicts[claim] == .error, "\(claim)")
    }
  }

  @Test func `is an error where any one trial is missing`() throws {
    let complete = try outcomes()
    for key in complete.keys.sorted() {
      var results = complete
      results[key] = nil
      let needing = try Self.decided.filter {
        try CoinPaper.trials(at: .smoke, claims: [$0]).contains(key)
      }
      let verdicts = try verdicts(from: results)
      for claim in needing { #expect(verdicts[claim] == .error, "\(claim) without \(key)") }
    }
  }

  @Test func `over fewer seeds than declared does not pass`() throws {
    let results = try outcomes()
    let few = try CoinPaper.judge(at: .smoke, seeding: .count(1), from: results)
    #expect(few.first { $0.id == "raisesShare" }?.verdict == .inconclusive)
  }

  private func outcomes() throws -> [TrialKey: TrialResult] {
    var results: [TrialKey: TrialResult] = [:]
    for key in try CoinPaper.trials(at: .smoke) {
      let trial = Trial(paper: CoinPaper.paper.id, seed: key.seed)
      results[key] = .outcome(try CoinPaper.execute(setup: key.setup, in: trial))
    }
    return results
  }

  private func verdicts(from results: [TrialKey: TrialResult]) throws -> [String: Verdict] {
    Dictionary(
      uniqueKeysWithValues: try CoinPaper.judge(at: .smoke, from: results)
        .map { ($0.id, $0.verdict) })
  }

  /// The outcome with a number, or every number of its curve, replaced.
  private func altered(
    _ result: TrialResult?, _ name: String, to value: Double
  ) throws -> TrialResult? {
    guard case .outcome(let text)? = result else { return result }
    var fields = try Canonical.decode([String: JSONValue].self, from: text)
    if name == "curve.y", case .object(var curve)? = fields["curve"],
      case .array(let values)? = curve["y"]
    {
      curve["y"] = .array(values.map { _ in .number(value) })
      fields["curve"] = .object(curve)
    } else if fields[name] != nil {
      fields[name] = .number(value)
    } else {
      throw Missing(what: "the number \(name) in \(text)")
    }
    return .outcome(try Canonical.text(fields))
  }
}
