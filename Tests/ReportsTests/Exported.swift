import FixturePapers
import Foundation
import Registry
import Replication
import Reports
import SyntheticRegistry

/// Selections of claims to export.
enum Exported {
  /// The claims of a synthetic registry, every free text of which is made of some text.
  static func synthetic(_ text: String? = nil) throws -> ExportSelection {
    var synthetic = SyntheticRegistry()
    synthetic.runs = 24
    synthetic.papers = 2
    synthetic.commits = 2
    synthetic.text = text
    return try ExportSelection(
      .init(), from: Workplace.registry(synthetic), catalogue: [])
  }

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

  /// No claim of the synthetic registry has this verdict.
  struct Missing: Error { var verdict: RecordedVerdict }
}
