/// The summary of a GitHub step: the gravest claims first, within the size that is shown.
package struct StepSummary {
  /// The bytes that the summary of one step may have.
  package static let limit = 1 << 20

  let selection: ExportSelection

  /// A summary of some claims.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The summary in Markdown, with as many rows as fit.
  ///
  /// - Parameter room: How many bytes there are for it.
  /// - Returns: The text; empty where not even the heading fits.
  package func text(within room: Int = limit) -> String {
    let score = selection.score
    let heading = """
      ## Replication: \(score.passing)/\(score.counted) claims

      \(selection.tally)

      | | claim | measured | accepted | n | |
      |---|---|---|---|--:|---|

      """
    let caption = MarkdownText.escaped(selection.caption.joined(separator: "; "))
    let foot = "\nClaims \(caption).\n"
    let claims = selection.claims.enumerated().map { ($1.finding, $0, $1) }.sorted {
      ($0.0.level.rawValue, $0.1) < ($1.0.level.rawValue, $1.1)
    }
    // Some room is kept for saying how many rows are left out.
    var rest = room - heading.utf8.count - foot.utf8.count - 200
    if rest < 0 { return "" }
    var rows = ""
    var shown = 0
    for (finding, _, claim) in claims {
      let row = Self.row(claim, finding)
      guard row.utf8.count <= rest else { break }
      rest -= row.utf8.count
      rows += row
      shown += 1
    }
    let left = claims.count - shown
    let note =
      left == 0
      ? ""
      : "\n**\(counted(left, "row")) left out**, none graver than those shown: the summary of a step "
        + "holds 1 MiB.\n"
    return heading + rows + note + foot
  }

  private static func row(_ claim: ExportedClaim, _ finding: Finding) -> String {
    MarkdownText.row([
      MarkdownText.escaped(claim.verdictWords), MarkdownText.code(claim.path),
      MarkdownText.escaped(claim.measured), MarkdownText.escaped(claim.accepted), claim.seedsText,
      finding.level == .pass ? "" : MarkdownText.escaped(shortened(finding.reason, to: 300)),
    ]) + "\n"
  }
}
