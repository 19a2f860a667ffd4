import FixturePapers
import Foundation
import Registry
import Replication
import Reports
import Synchronization
import SyntheticRegistry

/// Selections of claims to export.
enum Exported {
  /// The claims of a synthetic registry, one each that fails, is undecided and is in error, every
  /// free text of which is made of some text.
  static func synthetic(_ text: String? = nil) throws -> ExportSelection {
    if let known = made.withLock({ $0[text ?? ""] }) { return known }
    var synthetic = SyntheticRegistry()
    synthetic.runs = 40
    synthetic.papers = 1
    synthetic.commits = 2
    synthetic.text = text
    let registry = try Workplace.registry(synthetic)
    let latest = try ExportSelection(.init(), from: registry, catalogue: []).claims
    // An error is in one run alone, and not in the last.
    var request = ExportSelection.Request()
    request.run = try registry.runs().reversed()[17].id
    let errors = try ExportSelection(request, from: registry, catalogue: []).claims
      .filter { $0.judgement?.verdict == .error }
    let made = ExportSelection(
      latest.map { claim in errors.first { $0.claim == claim.claim } ?? claim })
    guard made.claims.count == 6 else { throw Missing(verdict: .pass) }
    Self.made.withLock { $0[text ?? ""] = made }
    return made
  }

  /// Hostile texts that come back from a registry whole.
  static let texts = `Hostile text in every column`.recorded

  /// The claims of a synthetic registry that is described, one each.
  static func synthetic(_ describe: (inout SyntheticRegistry) -> Void) throws -> [ExportedClaim] {
    var synthetic = SyntheticRegistry()
    (synthetic.runs, synthetic.papers) = (8, 1)
    describe(&synthetic)
    return try ExportSelection(.init(), from: Workplace.registry(synthetic), catalogue: []).claims
  }

  /// A claim with a verdict that counts as is declared.
  static func claim(_ verdict: RecordedVerdict, _ standing: String = "judged") throws
    -> ExportedClaim
  {
    let claims = try synthetic { ($0.verdict, $0.standing) = (verdict, standing) }
    guard let claim = claims.first else { throw Missing(verdict: verdict) }
    return claim
  }

  private static let made = Mutex<[String: ExportSelection]>([:])

  /// Claims of a paper that was never run.
  static func neverRun() throws -> ExportSelection {
    try ExportSelection(.init(), from: ResultRegistry(), catalogue: [CoinPaper.self])
  }

  /// Many claims with one verdict.
  static func many(_ count: Int, _ verdict: RecordedVerdict) throws -> [ExportedClaim] {
    let claims = try synthetic().claims
    guard let claim = claims.first(where: { $0.judgement?.verdict == verdict }) else {
      throw Missing(verdict: verdict)
    }
    return Array(repeating: claim, count: count)
  }

  /// The synthetic registry has no claim with this verdict, or not all of its claims.
  struct Missing: Error { var verdict: RecordedVerdict }
}
