import ArgumentParser
import Digests
import Foundation
import Registry
import Replication
import Reports

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the latest verdicts for other tools: tables, CI reports, badges.",
    discussion: """
      Of every claim, or of those named, the latest judgement at the tier that says most of its paper. \
      What was recorded is written; `replicate judge` first judges it by today's declarations.
      """,
    subcommands: [
      ExportTables.Markdown.self, ExportTables.LaTeX.self, ExportTables.CommaSeparated.self,
      ExportTables.JSONLines.self, ExportReports.JUnit.self, ExportReports.GitHub.self,
      ExportReports.GitLab.self, ExportReports.BadgeFile.self, ExportTables.Citations.self,
      ExportPage.self,
    ])
}

/// What an export tells of, and where it goes.
struct ExportOptions: ParsableArguments {
  @Argument(help: "Papers, or claims as paper/claim; all by default.") var selection: [String] = []
  @Option(help: "The tier; else the one that says most of each paper.") var tier: Tier?
  @Option(help: "Only what one run judged, by its id.") var run: String?
  @OptionGroup var target: ExportTarget
  @OptionGroup var place: PlaceOptions

  /// The claims that are asked for, which must not be none.
  func claims() throws -> ExportSelection {
    let registry = try place.openForReading()
    var request = ExportSelection.Request()
    request.tier = tier
    request.run = try run.map { try registry.run(startingWith: $0) }
    request.papers = try parts(in: registry)
    let found = try ExportSelection(request, from: registry, catalogue: Replicate.catalogue)
    guard !found.claims.isEmpty else { throw ExportError.nothing }
    for note in found.omissions { Terminal.standardError.print("note: \(note)") }
    return found
  }

  private func parts(in registry: ResultRegistry) throws -> [ExportSelection.Request.Part] {
    var parts: [ExportSelection.Request.Part] = []
    for path in selection {
      let (paper, claim) = try named(path, in: registry)
      let index = parts.firstIndex { $0.id == paper } ?? parts.endIndex
      if index == parts.endIndex { parts.append(.init(paper, claims: [])) }
      // A paper named by itself is all of its claims, whatever else is named of it.
      if let claim { parts[index].claims?.insert(claim) } else { parts[index].claims = nil }
    }
    return parts
  }

  /// A paper and a claim of the catalogue, or of the registry alone.
  private func named(
    _ path: String, in registry: ResultRegistry
  ) throws -> (paper: String, claim: String?) {
    do {
      let (paper, claim) = try Selection.claim(path)
      return (paper.paper.id, claim)
    } catch let error as SelectionError {
      let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
      guard case .unknownPaper = error, let paper = parts.first,
        try !registry.runs(of: paper, limit: 1).isEmpty
      else { throw error }
      return (paper, parts.count == 2 ? parts[1] : nil)
    }
  }
}

/// Where an export goes.
struct ExportTarget: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "Write a file, which appears whole or not at all.",
    completion: .file())
  var output: String?

  /// Writes a text to the file, else to the standard output.
  func write(_ text: String) throws {
    guard let output else { return Terminal.standardOutput.write(text) }
    do {
      try Data(text.utf8).write(to: URL(filePath: output), options: .atomic)
    } catch {
      throw ExportError.unwritable(path: output, reason: error.localizedDescription)
    }
  }
}
