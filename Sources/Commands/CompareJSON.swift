import Digests
import Evidence
import Provenance
import Registry
import Replication
import Reports
import Runner

/// The object that `compare --json` prints.
struct CompareJSON: Encodable {
  var schema = "replicate.compare/1"
  var tier: String
  var papers: [Entry]

  struct Entry: Encodable {
    var paper: String
    @Null var before: Side?
    @Null var after: Side?
    /// What a reader should know of the choice of a run, or why there is none.
    var notes: [String: String]
    /// Whether all outcomes are the same to the bit; null where a run is missing or did not finish.
    @Null var sameOutcomes: Bool?
    /// Trials of equal setup and seed, and how many of them gave the same bits.
    var sharedTrials: [String: Int]
    var claims: [Claim]
  }

  struct Side: Encodable {
    var run: Digest
    @Null var commit: String?
    @Null var clean: Bool?
    var startedAt: String
    @Null var outcomeDigest: Digest?
  }

  struct Claim: Encodable {
    var id: String
    var change: String
    @Null var before: Judged?
    @Null var after: Judged?
    @Null var difference: Difference?
    /// Why there is no difference.
    @Null var noDifference: String?
    /// Whether the values of the seeds are the same to the bit; null where they are not recorded.
    @Null var sameValues: Bool?
    var demand: String
    @Null var goalposts: GoalpostMove?
  }

  struct Judged: Encodable {
    var verdict: Verdict
    var version: Digest
    @Null var estimate: Double?
    @Null var interval: [Double]?
    var unit: String
    var n: Int
    var reason: String
  }

  struct Difference: Encodable {
    var estimate: Double
    @Null var interval: Interval?
    var n: Int
  }

  init(tier: String, _ comparisons: [PaperComparison]) {
    self.tier = tier
    papers = comparisons.map { paper in
      let shared = paper.runs.sharedTrials
      return Entry(
        paper: paper.paper, before: paper.before.run.map(Side.init),
        after: paper.after.run.map(Side.init),
        notes: ["before": paper.before.note, "after": paper.after.note],
        sameOutcomes: paper.runs.isSameOutcomes,
        sharedTrials: ["count": shared.count, "same": shared.same],
        claims: paper.rows.map(Claim.init))
    }
  }
}

extension CompareJSON.Side {
  fileprivate init(_ detail: RunDetail) {
    self.init(
      run: detail.run.id, commit: detail.run.source.commit, clean: detail.run.source.isClean,
      startedAt: detail.run.startedAt.description, outcomeDigest: detail.end?.outcomeDigest)
  }
}

extension CompareJSON.Claim {
  fileprivate init(_ row: PaperComparison.Row) {
    let claim = row.claim
    var move: GoalpostMove?
    if case .moved(let found) = claim.demand { move = found }
    self.init(
      id: claim.id, change: claim.change.rawValue,
      before: claim.before.map(CompareJSON.Judged.init),
      after: claim.after.map(CompareJSON.Judged.init),
      difference: claim.values.difference.map {
        CompareJSON.Difference(estimate: $0.mean, interval: $0.interval, n: $0.n)
      }, noDifference: claim.values.absence, sameValues: claim.values.isSame, demand: row.demand,
      goalposts: move)
  }
}

extension CompareJSON.Judged {
  fileprivate init(_ judgement: JudgementSummary) {
    self.init(
      verdict: Verdict(judgement.verdict), version: judgement.version,
      estimate: judgement.estimate, interval: judgement.interval.map { [$0.low, $0.high] },
      unit: judgement.unit, n: judgement.n, reason: judgement.reason)
  }
}
