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
    let selected = try Replicate.catalogue.filter { paper in
      guard !paper.declarations(at: tier).isEmpty else { return false }
      let id = paper.paper.id
      guard let own = try changes.files(of: paper) else {
        throw SelectionError.elsewhere(paper: id, repository: history.root.path)
      }
      var reasons: [String] = []
      if !own.isEmpty { reasons.append(Self.text(of: own) + " changed") }
      if let core = changes.core, !core.isEmpty {
        reasons.append(Self.text(of: core) + " of the core changed")
      }
      if !recorded.contains(id) { reasons.append("no complete \(tier.rawValue) run is recorded") }
      guard !reasons.isEmpty else { return false }
      terminal.print("\(id): \(reasons.joined(separator: "; "))".inert)
      return true
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
