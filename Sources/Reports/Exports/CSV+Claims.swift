import Digests
import Evidence
import Registry
import Runner

extension CSV {
  /// A header and a line for each claim, with every number at full precision.
  package static func lines(_ selection: ExportSelection) -> [String] {
    let header = [
      "paper", "claim", "tier", "statement", "place", "verdict", "standing", "estimate", "low",
      "high", "band_low", "band_high", "unit", "n", "rule", "reason", "run", "started_at", "commit",
      "clean", "judged_at", "edition", "version", "is_current", "file", "line",
    ]
    return [header.joined(separator: ",")]
      + selection.claims.map { fields(of: $0).map(quoted).joined(separator: ",") }
  }

  private static func fields(of claim: ExportedClaim) -> [String] {
    let judgement = claim.judgement
    let standing =
      switch claim.standing {
      case .judged: "judged"
      case .recorded(let why): "recorded: \(why)"
      case .expectedToFail(let why): "expected to fail: \(why)"
      }
    return [
      text(claim.paper), text(claim.claim), text(claim.tier), text(claim.statement),
      text(claim.place), judgement?.verdict.rawValue ?? "", text(standing),
      number(judgement?.estimate), number(judgement?.interval?.low),
      number(judgement?.interval?.high), number(judgement?.band?.low),
      number(judgement?.band?.high), text(judgement?.unit ?? ""), judgement.map { "\($0.n)" } ?? "",
      text(claim.rule?.description ?? ""), text(judgement?.reason ?? claim.finding.message),
      judgement?.run.description ?? "", judgement?.startedAt.description ?? "",
      text(claim.run?.commit ?? ""), claim.run?.isClean.map { $0 ? "true" : "false" } ?? "",
      judgement?.judgedAt?.description ?? "", judgement.map { "\($0.edition)" } ?? "",
      judgement?.version.description ?? "", claim.isCurrent ? "true" : "false",
      text(claim.source?.file ?? ""), claim.source.map { "\($0.line)" } ?? "",
    ]
  }
}
