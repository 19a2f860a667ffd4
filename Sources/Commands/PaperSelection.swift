import ArgumentParser
import Foundation
import Provenance
import Registry
import Replication
import Reports
import Runner

/// The papers that a command line selects.
struct PaperSelection: ParsableArguments {
  @Argument(help: "The papers.") var papers: [String] = []
  @Flag(help: "Every paper of the catalogue.") var all = false
  @Flag(
    help: """
      The papers whose outcomes may differ from what is recorded: their folder or the training core \
      changed since a revision, or the tier was never run. Exits with 5 where there is none.
      """)
  var changed = false
  @Option(
    help: """
      Where changes are counted from; by default where HEAD left the default branch, else the commit \
      before HEAD.
      """)
  var since: String?

  func validate() throws {
    if all && !papers.isEmpty { throw ValidationError("Name papers or --all, not both.") }
    if changed && (all || !papers.isEmpty) {
      throw ValidationError("Name papers, --all or --changed, one of them.")
    }
    if since != nil && !changed { throw ValidationError("--since needs --changed.") }
  }

  /// The papers, at least one.
  ///
  /// - Parameters:
  ///   - tier: The tier at which they are wanted.
  ///   - registry: Opens what is recorded; only changes ask for it.
  /// - Returns: Them, in the order of the command line or the catalogue.
  /// - Throws: Where nothing is selected, or changes cannot be told.
  func papers(
    at tier: Tier, recordedIn registry: () throws -> ResultRegistry
  ) throws -> [any Replication.Type] {
    if changed { return try changedPapers(at: tier, registry()) }
    let selected = all ? Replicate.catalogue : try papers.map(Selection.paper)
    guard !selected.isEmpty else { throw SelectionError.nothing }
    return selected
  }

  /// Says to standard error which papers and why.
  private func changedPapers(
    at tier: Tier, _ registry: ResultRegistry
  ) throws -> [any Replication.Type] {
    let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    let history = try GitHistory(containing: folder)
    let base = try base(in: history)
    let changes = try ChangedSources(since: base.commit, in: history)
    let terminal = Terminal.standardError
    if changes.core == nil {
      terminal.print("warning: the training core lies outside of this repository: not compared")
    }
    let name = "\(base.commit.prefix(12)), \(base.meaning)"
    let recorded = try Set(
      registry.latestRuns().filter { $0.tier == tier.rawValue }.map(\.paper))
    let judged = Replicate.catalogue.filter { !$0.declarations(at: tier).isEmpty }
    let files = try judged.map { try changes.files(of: $0) }
    if let paper = judged.first, files.allSatisfy({ $0 == nil }) {
      throw SelectionError.elsewhere(paper: paper.paper.id, repository: history.root.path)
    }
    let selected = zip(judged, files).compactMap { paper, own in
      let id = paper.paper.id
      var reasons: [String] = []
      if let own, !own.isEmpty { reasons.append(Self.text(of: own) + " changed") }
      // Nobody can say that it did not change; what it has recorded is not executed again.
      if own == nil { reasons.append("its sources lie outside of this repository") }
      if let core = changes.core, !core.isEmpty {
        reasons.append(Self.text(of: core) + " of the core changed")
      }
      if !recorded.contains(id) { reasons.append("no complete \(tier.rawValue) run is recorded") }
      guard !reasons.isEmpty else { return nil as (any Replication.Type)? }
      terminal.print("\(id): \(reasons.joined(separator: "; "))".inert)
      return paper
    }
    guard !selected.isEmpty else { throw SelectionError.unchanged(since: name) }
    terminal.print("\(counted(selected.count, "paper")) selected by changes since \(name)".inert)
    return selected
  }

  private func base(in history: GitHistory) throws -> GitHistory.Base {
    guard let since else { return try history.base() }
    guard let commit = try history.commit(since) else {
      if history.isShallow { throw ProvenanceError.shallow }
      throw SelectionError.unknownRevision(since)
    }
    return GitHistory.Base(commit: commit, meaning: "named '\(since)'")
  }

  /// Some paths in words: the first and how many more.
  private static func text(of paths: [String]) -> String {
    (paths.first ?? "") + (paths.count > 1 ? " and \(paths.count - 1) more" : "")
  }
}
