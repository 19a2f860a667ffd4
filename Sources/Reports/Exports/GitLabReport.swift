import Digests
import Foundation
import Replication
import Runner

/// The claims that do not hold as GitLab's code quality report, which merge requests show at the
/// declarations.
package struct GitLabReport {
  let selection: ExportSelection

  /// A report on some claims.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The report: a JSON array.
  package var text: String {
    get throws { try Canonical.text(selection.claims.compactMap(Issue.init)) + "\n" }
  }

  private struct Issue: Encodable {
    var description: String
    var check: String
    var fingerprint: String
    var severity: String
    var location: Location

    enum CodingKeys: String, CodingKey {
      case description, fingerprint, severity, location
      case check = "check_name"
    }

    struct Location: Encodable {
      var path: String
      var lines: Lines
    }

    struct Lines: Encodable { var begin: Int }

    init?(_ claim: ExportedClaim) {
      let finding = claim.finding
      switch finding.level {
      case .error: severity = "critical"
      case .failure: severity = "major"
      case .undecided: severity = "minor"
      case .aside, .pass: return nil
      }
      let message = finding.message.singleLine
      description = "\(claim.path.singleLine): \(claim.statement.singleLine) \(message)"
      check = "replicate/\(finding.kind)"
      // Without line and numbers, so that a claim that fails still is no new issue.
      fingerprint =
        Digest(of: [claim.paper, claim.claim, claim.tier, finding.kind].joined(separator: "\n"))
        .description
      // GitLab passes over an issue without a place; a claim whose sources are not here has none.
      location = Location(
        path: claim.source?.file.singleLine ?? claim.paper.singleLine,
        lines: Lines(begin: claim.source?.line ?? 1))
    }
  }
}
