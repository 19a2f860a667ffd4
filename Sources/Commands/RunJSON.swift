import Digests
import Evidence
import Replication
import Runner

/// The object that `run --json` prints for a run.
struct RunJSON: Encodable {
  var schema = "replicate.run/1"
  var run: Digest
  var paper: String
  var tier: Tier
  @Null var commit: String?
  @Null var clean: Bool?
  var outcomeDigest: Digest
  var verdict: Verdict
  var claims: [Claim]
  var seconds: Double
  var executed: Int
  var reused: Int

  struct Claim: Encodable {
    var id: String
    var version: Digest
    var verdict: Verdict
    @Null var estimate: Double?
    @Null var interval: Interval?
    @Null var band: Band?
    var unit: String
    var n: Int
    var reason: String
    @Null var control: Control?
    var standing: ClaimResult.Standing
    var conditions: [ConditionResult]
  }

  struct Control: Encodable {
    var verdict: Verdict
    @Null var estimate: Double?
  }

  init(_ report: RunReport) {
    run = report.run
    paper = report.paper
    tier = report.tier
    commit = report.commit
    clean = report.isClean
    outcomeDigest = report.outcomeDigest
    verdict = report.verdict
    seconds = report.seconds
    executed = report.executed
    reused = report.reused
    claims = report.claims.map { claim in
      let condition = claim.deciding
      let judgement = condition?.judgement
      return Claim(
        id: claim.id, version: claim.version, verdict: claim.verdict,
        estimate: judgement?.estimate, interval: judgement?.interval, band: condition?.band,
        unit: condition?.unit ?? "", n: judgement?.n ?? 0, reason: claim.reason,
        control: claim.control.map { Control(verdict: $0.verdict, estimate: $0.estimate) },
        standing: claim.standing, conditions: claim.conditions)
    }
  }

  /// The object as one line.
  var text: String {
    get throws { try Canonical.text(self) }
  }
}

/// An optional that is written as null where it is nil: a key of the schema is always there.
@propertyWrapper
struct Null<Value: Encodable>: Encodable {
  var wrappedValue: Value?

  init(wrappedValue: Value?) { self.wrappedValue = wrappedValue }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if let wrappedValue { try container.encode(wrappedValue) } else { try container.encodeNil() }
  }
}
