/// Claims as a table in Markdown with a caption below.
package struct MarkdownTable {
  let selection: ExportSelection

  /// A table of some claims; of those of several papers, a section each.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The lines, the last of which ends too.
  package var text: String {
    let papers = selection.papers
    if papers.count == 1 { return Self.lines(selection).joined(separator: "\n") + "\n" }
    return papers.map { Self.section($0).joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// A paper's title over its table.
  static func section(_ paper: ExportSelection) -> [String] {
    let title = paper.claims.first.map { MarkdownText.escaped($0.title) } ?? ""
    let id = paper.claims.first.map { MarkdownText.code($0.paper) } ?? ""
    return ["## \(title)", "", "\(id): \(paper.tally).", ""] + lines(paper)
  }

  static func lines(_ selection: ExportSelection) -> [String] {
    let header = [
      MarkdownText.row(["claim", "place", "accepted", "measured", "n", "verdict"]),
      "|---|---|---|---|--:|---|",
    ]
    let caption = selection.caption.joined(separator: "; ")
    return header + selection.claims.map(row) + ["", "Claims \(MarkdownText.escaped(caption))."]
  }

  private static func row(_ claim: ExportedClaim) -> String {
    let verdict = MarkdownText.escaped(claim.verdictWords)
    return MarkdownText.row([
      "\(MarkdownText.code(claim.claim)) \(MarkdownText.escaped(claim.statement))",
      MarkdownText.escaped(claim.place), MarkdownText.escaped(claim.accepted),
      MarkdownText.escaped(claim.measured), claim.seedsText,
      claim.finding.level == .pass ? verdict : "**\(verdict)**",
    ])
  }
}
