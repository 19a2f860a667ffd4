import Registry
import Runner

/// The results of a repository on one page in Markdown, for readers of its sources.
package struct ResultsPage {
  let selection: ExportSelection
  /// The command that writes the page.
  let command: String

  /// A page of claims that were judged again by the declarations and rules that stand now.
  package init(_ selection: ExportSelection, writtenBy command: String) {
    self.selection = selection
    self.command = command
  }

  /// The page.
  package var text: String {
    let papers = selection.papers
    let lines =
      [
        "# Results", "",
        "The committed ledger's last complete run of each paper, judged again by the declarations and "
          + "rules of this commit, as `replicate judge` does. Written by `\(command)`, not by hand.",
        "",
        "\(counted(papers.count, "paper")), \(counted(selection.claims.count, "claim")): "
          + "\(selection.tally).",
        "",
      ] + history + ["| paper | claims | tier | measured |", "|---|---|---|---|"]
      + papers.map(row)
    return (lines + papers.flatMap { [""] + MarkdownTable.section($0) }).joined(separator: "\n")
      + "\n"
  }

  /// How the verdicts differ from those given when the runs were made.
  private var history: [String] {
    let moved = selection.claims.filter { claim in
      claim.original.map { $0.verdict != claim.judgement?.verdict }
        ?? (claim.judgement?.judgedAt != nil)
    }
    if moved.isEmpty {
      return ["These are the verdicts that were recorded when the runs were made.", ""]
    }
    let entries = moved.map { claim -> String in
      let before =
        claim.original.map { "was \(VerdictSign(.init($0.verdict)).word)" } ?? "was not judged"
      let why = claim.moved.map { " (\($0.lines.joined(separator: "; ")))" } ?? ""
      return "- \(MarkdownText.code(claim.path)) \(before), is \(claim.verdictWords)"
        + MarkdownText.escaped(why)
    }
    return [
      "When the runs were made, \(counted(moved.count, "verdict")) differed; the pages of `replicate "
        + "site` show what was recorded until `replicate judge` has recorded these too:", "",
    ] + entries + [""]
  }

  private func row(_ paper: ExportSelection) -> String {
    let claim = paper.claims.first
    return MarkdownText.row([
      MarkdownText.code(claim?.paper ?? ""), paper.tally,
      Set(paper.claims.map(\.tier)).sorted().map(MarkdownText.escaped).joined(separator: ", "),
      paper.runs.last.map { MarkdownText.escaped($0.startedAt.day) } ?? "never",
    ])
  }
}
