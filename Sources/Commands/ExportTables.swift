import ArgumentParser
import Replication
import Reports

/// The exports that are tables.
enum ExportTables {
  struct Markdown: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "markdown", abstract: "A table a paper in Markdown, with a caption below.")

    @OptionGroup var options: ExportOptions

    func run() throws { try options.target.write(MarkdownTable(options.claims()).text) }
  }

  struct LaTeX: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "latex", abstract: "A table a paper in LaTeX, with booktabs.")

    @Flag(help: "Print the command \\replicateValue{paper/claim} for single numbers instead.")
    var macros = false
    @OptionGroup var options: ExportOptions

    func run() throws {
      let table = try LaTeXTable(options.claims())
      try options.target.write(macros ? table.macros : table.text)
    }
  }

  struct CommaSeparated: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "csv", abstract: "A row a claim, every number at full precision.")

    @OptionGroup var options: ExportOptions

    func run() throws {
      try options.target.write(CSV.lines(options.claims()).map { $0 + "\n" }.joined())
    }
  }

  struct JSONLines: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "jsonl", abstract: "An object a claim, schema replicate.judgement/1.")

    @OptionGroup var options: ExportOptions

    func run() throws { try options.target.write(JudgementLines(options.claims()).text) }
  }

  struct Citations: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "bibtex", abstract: "The papers' citations in BibTeX.")

    @Argument(help: "The papers; all by default.") var papers: [String] = []
    @OptionGroup var target: ExportTarget

    func run() throws {
      let cited =
        try papers.isEmpty
        ? Replicate.catalogue : papers.map { try Selection.claim($0).paper }
      guard !cited.isEmpty else { throw ExportError.nothing }
      var seen: Set<String> = []
      let once = cited.map { $0.paper }.filter { seen.insert($0.id).inserted }
      try target.write(Bibliography(once).text)
    }
  }
}
