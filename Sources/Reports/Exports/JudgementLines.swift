import Digests
import Evidence
import Registry
import Replication
import Runner

/// The claims as JSON, an object on each line.
package struct JudgementLines {
  let selection: ExportSelection

  /// The lines of some claims.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The lines.
  package var text: String {
    get throws {
      try selection.claims.map { try Canonical.text(Entry($0)) + "\n" }.joined()
    }
  }

  private struct Entry: Encodable {
    private let claim: ExportedClaim

    init(_ claim: ExportedClaim) { self.claim = claim }

    private enum Key: String, CodingKey {
      case schema, paper, claim, tier, statement, place, standing, why, verdict, estimate, interval
      case band, unit, n, rule, reason, run, startedAt, commit, clean, judgedAt, edition, version
      case isCurrent, file, line
    }

    func encode(to encoder: any Encoder) throws {
      var object = encoder.container(keyedBy: Key.self)
      try object.encode("replicate.judgement/1", forKey: .schema)
      try object.encode(claim.paper, forKey: .paper)
      try object.encode(claim.claim, forKey: .claim)
      try object.encode(claim.tier, forKey: .tier)
      try object.encode(claim.statement, forKey: .statement)
      try object.encode(claim.place, forKey: .place)
      let (standing, why): (String, String?) =
        switch claim.standing {
        case .judged: ("judged", nil)
        case .recorded(let why): ("recorded", why)
        case .expectedToFail(let why): ("expectedToFail", why)
        }
      try object.encode(standing, forKey: .standing)
      try object.encode(why, forKey: .why)
      let judgement = claim.judgement
      try object.encode(judgement?.verdict.rawValue, forKey: .verdict)
      try object.encode(judgement?.estimate, forKey: .estimate)
      try object.encode(judgement?.interval.map(Ends.init), forKey: .interval)
      try object.encode(judgement?.band.map(Ends.init), forKey: .band)
      try object.encode(judgement?.unit, forKey: .unit)
      try object.encode(judgement?.n, forKey: .n)
      try object.encode(claim.rule, forKey: .rule)
      try object.encode(judgement?.reason ?? claim.finding.message, forKey: .reason)
      try object.encode(judgement?.run.description, forKey: .run)
      try object.encode(judgement?.startedAt.description, forKey: .startedAt)
      try object.encode(claim.run?.commit, forKey: .commit)
      try object.encode(claim.run?.isClean, forKey: .clean)
      try object.encode(judgement?.judgedAt?.description, forKey: .judgedAt)
      try object.encode(judgement?.edition, forKey: .edition)
      try object.encode(judgement?.version.description, forKey: .version)
      try object.encode(claim.isCurrent, forKey: .isCurrent)
      try object.encode(claim.source?.file, forKey: .file)
      try object.encode(claim.source?.line, forKey: .line)
    }
  }

  /// An interval as recorded: an infinite end is null, one that is no number the text `nan`.
  private struct Ends: Encodable {
    let interval: VerdictRecord.Interval

    func encode(to encoder: any Encoder) throws {
      var list = encoder.unkeyedContainer()
      for end in [interval.low, interval.high] { try list.encode(end.isInfinite ? nil : end) }
    }
  }
}
