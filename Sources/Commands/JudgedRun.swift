import Digests
import Evidence
import Foundation
import Provenance
import Registry
import Replication
import Reports
import Runner

/// A recorded run, judged again from the registry alone.
struct JudgedRun: Encodable {
  var paper: String
  var tier: String
  var run: Digest
  var verdict: Verdict
  var claims: [Claim]
  /// What is to be recorded of it.
  private(set) var rejudgements: [Rejudgement] = []
  /// The claims as a suite counts them.
  private(set) var alarms: [SuiteAlarm.Claim] = []

  private enum CodingKeys: String, CodingKey { case paper, tier, run, verdict, claims }

  struct Claim: Encodable {
    var id: String
    var version: Digest
    var edition: Int
    var verdict: Verdict
    var reason: String
    /// What was recorded for the claim with the run; nil where that run judged no such claim.
    @Null var before: Verdict?
    /// How the verdict counts.
    var standing: ClaimResult.Standing
    /// The p-value of the hypothesis that the claim holds.
    var failValue: Double
    /// Whether the declaration is another one than the one that was recorded.
    var isAmended: Bool
    /// What that amendment moved.
    @Null var goalposts: GoalpostMove?
    /// Whether version and edition are those of the record, so that nothing should have moved.
    var isSame: Bool

    /// Whether the verdict is another one than the recorded.
    var hasMoved: Bool { before != verdict }
    /// Whether the verdict moved although nothing did that it depends on.
    var isUnexplained: Bool { isSame && hasMoved }
  }

  /// Judges by the declarations that stand now.
  init(
    _ paper: any Replication.Type, at tier: Tier, _ run: RunSummary, by edition: Edition,
    from source: SourceState, in registry: ResultRegistry
  ) throws {
    let record = try registry.record(of: run.id)
    let isSequential = record.arguments.contains("--until-decided")
    let results = try paper.judge(
      at: tier, seeding: isSequential ? .untilDecided : .declared, by: edition,
      from: registry.results(of: run.id))
    let declarations = Dictionary(
      paper.declarations(at: tier).map { ($0.claim, $0) }, uniquingKeysWith: { first, _ in first })
    try self.init(
      run, results.map { ($0, declarations[$0.id], paper.line(ofClaim: $0.id, at: tier)) },
      from: source, in: registry)
    alarms = results.compactMap { SuiteAlarm.Claim(paper, $0, at: tier) }
  }

  /// Judges by the versions of the claims that the run recorded, from the values of its seeds; the
  /// paper need not be in the catalogue any more.
  init(
    recorded run: RunSummary, by edition: Edition, from source: SourceState,
    in registry: ResultRegistry
  ) throws {
    let posts = try Goalposts(of: run.paper, in: registry)
    let judged = try registry.verdicts(of: run.id).map { verdict in
      guard let declaration = posts[verdict.claim] else {
        throw UnreadableJudgement(
          run: run.id, claim: verdict.claim, reason: "no such declaration")
      }
      let result = try ClaimResult(recorded: verdict.conditions, run: run.id, claim: verdict.claim)
      return (
        result.rejudged(by: edition, of: declaration),
        declaration as ClaimDeclaration?,
        verdict.line
      )
    }
    try self.init(run, judged, from: source, in: registry)
  }

  private init(
    _ run: RunSummary, _ judged: [(ClaimResult, ClaimDeclaration?, Int?)],
    from source: SourceState, in registry: ResultRegistry
  ) throws {
    let posts = try Goalposts(of: run.paper, in: registry)
    var before: [String: VerdictRecord] = [:]
    for verdict in try registry.verdicts(of: run.id) {
      if let claim = posts[verdict.claim]?.claim { before[claim] = verdict }
    }
    paper = run.paper
    tier = run.tier
    self.run = run.id
    verdict = Verdict.worst(of: judged.map(\.0.contribution))
    claims = []
    for (result, declaration, line) in judged.sorted(by: { $0.0.id < $1.0.id }) {
      guard let declaration else { continue }
      let claim = try declaration.record
      let known = before[result.id]
      let edition = result.edition ?? .first
      claims.append(
        Claim(
          id: result.id, version: claim.digest, edition: edition.rawValue,
          verdict: result.verdict, reason: result.reason, before: known.map { Verdict($0.verdict) },
          standing: result.standing,
          failValue: result.failValue(by: result.rule ?? declaration.seeds),
          isAmended: known.map { $0.claim != claim.digest } ?? false,
          goalposts: known.flatMap { posts.move(to: declaration, from: $0.claim) },
          isSame: known.map { $0.claim == claim.digest && $0.edition == edition.rawValue }
            ?? false))
      rejudgements.append(
        Rejudgement(
          run: run.id, judgedAt: .now(), commit: source.commit, isClean: source.isClean,
          claim: claim, verdict: try result.record(of: claim.digest, line: line)))
    }
    if claims.contains(where: \.isUnexplained) { verdict = .error }
  }
}
