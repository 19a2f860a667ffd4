import Digests
import Evidence
public import Foundation
public import Registry
public import Replication

/// The pages of a registry as files that open without a server.
///
/// The bytes are a function of the registry, the catalogue and the notes beside it: no clock, no
/// locale and no path of the machine reaches them.
public struct Site {
  let registry: ResultRegistry
  let catalogue: [any Replication.Type]

  /// What a build did.
  public struct Summary: Hashable, Sendable {
    /// Files that were written.
    public let written: Int
    /// Files that had their content already.
    public let unchanged: Int
    /// Files of the build before that have no page any more.
    public let removed: Int
  }

  /// A site of a registry, with the papers that the program has.
  public init(of registry: ResultRegistry, catalogue: [any Replication.Type]) {
    self.registry = registry
    self.catalogue = catalogue
  }

  /// Writes the site, of which only what changed.
  ///
  /// - Parameter folder: Where: a folder that is missing, empty, or a site already.
  /// - Returns: What was done.
  /// - Throws: ``SiteError`` where the folder is not fit for it, or what the registry throws.
  @discardableResult
  public func build(in folder: URL) throws -> Summary {
    let writer = try SiteWriter(folder: folder)
    try registry.keepInMemory(megabytes: 128)
    let index = try SiteIndex(of: registry, catalogue: catalogue)
    let papers = try index.papers.map { paper in
      try PaperPages(of: paper, from: registry) { try writer.put($0, at: $1) }
    }
    let joint = JointPages(papers: papers, titles: index.titles)
    try joint.put { try writer.put($0, at: $1) }
    let moves = joint.movesByCommit
    for (commit, runs) in Dictionary(grouping: index.runs, by: { $0.commit ?? "" })
    where commit != "" {
      let page = CommitPage(
        commit: commit, runs: runs, titles: index.titles, moves: moves[commit] ?? [])
      try writer.put(page.page, at: .commit(commit))
    }
    let latest = index.papers.flatMap { $0.recorded.complete.map(\.id) }
    try RunPages(
      registry: registry, titles: index.titles, filed: registry.ledgerRuns().union(latest)
    ).write(index.runs, with: writer)
    let tally = try writer.finish()
    return Summary(written: tally.written, unchanged: tally.unchanged, removed: tally.removed)
  }
}
