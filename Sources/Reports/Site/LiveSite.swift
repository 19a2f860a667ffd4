import Digests
import Foundation
public import Registry
public import Replication
import Synchronization

/// The pages of a registry that others may be writing, made when they are asked for.
///
/// The pages of papers are kept and made anew by ``refresh()`` where a paper's records changed;
/// those of runs and commits, of which there are many, are made at each request.
public final class LiveSite: Sendable {
  private let catalogue: [any Replication.Type]
  private let titles: [String: String]
  /// Reads for ``refresh()`` alone.
  private let source: ResultRegistry
  /// Read for requests, in turn.
  private let readers: [ResultRegistry]
  private let nextReader = Atomic(0)
  private let shown = Mutex(Shown())
  private let refreshing = Mutex(())
  /// Pages of runs and commits, as of the last refresh.
  private let made = MadeFiles(bytes: 32 << 20)

  /// What is shown, as of the last refresh.
  private struct Shown: Sendable {
    var version: Int?
    var papers: [String: KeptPaper] = [:]
    var order: [String] = []
    var files: [String: SiteFile] = [:]
    var runsByCommit: [String: [RunSummary]] = [:]
    var movesByCommit: [String: [PaperReport.Move]] = [:]
  }

  private struct KeptPaper: Sendable {
    let recorded: SiteIndex.Recorded
    let pages: PaperPages
    let files: [String: SiteFile]
  }

  /// The longest search that is looked for, in characters.
  static let longestSearch = 200

  /// Pages of a registry, with the papers that the program has.
  ///
  /// None is there before a refresh.
  ///
  /// - Parameters:
  ///   - catalogue: the papers that the program has.
  ///   - source: the registry, for finding out what changed.
  ///   - readers: the same registry for requests, one for each that is answered at a time.
  public init(
    catalogue: [any Replication.Type], source: ResultRegistry, readers: [ResultRegistry]
  ) {
    self.catalogue = catalogue
    self.source = source
    self.readers = readers.isEmpty ? [source] : readers
    titles = Dictionary(
      catalogue.map { ($0.paper.id, $0.paper.title) }, uniquingKeysWith: { one, _ in one })
  }

  /// Makes the pages of papers whose records changed since the last time.
  ///
  /// - Returns: Whether anything had changed.
  /// - Throws: what the registry throws; then the pages stay as they were.
  @discardableResult
  public func refresh() throws -> Bool {
    try refreshing.withLock { _ in
      let version = try source.version()
      let before = shown.withLock { $0 }
      if before.version == version { return false }
      let index = try SiteIndex(of: source, catalogue: catalogue)
      var now = Shown(version: version)
      for paper in index.papers {
        let kept: KeptPaper
        if let last = before.papers[paper.id], last.recorded == paper.recorded {
          kept = last
        } else {
          kept = try pages(of: paper)
        }
        now.papers[paper.id] = kept
        now.order.append(paper.id)
        now.files.merge(kept.files) { _, new in new }
      }
      let joint = JointPages(
        papers: now.order.compactMap { now.papers[$0]?.pages }, titles: titles, isAnswered: true)
      try joint.put { now.files[$1.path] = SiteFile($0, at: $1) }
      // Where a browser asks for it beside a file that is no page, such as a drawing.
      now.files["favicon.ico"] = now.files[SiteLocation.icon.path]
      now.runsByCommit = Dictionary(grouping: index.runs.filter { $0.commit != nil }) {
        fileName($0.commit ?? "")
      }
      now.movesByCommit = joint.movesByCommit
      shown.withLock { [now] in $0 = now }
      made.clear()
      return true
    }
  }

  private func pages(of paper: SiteIndex.Paper) throws -> KeptPaper {
    var files: [String: SiteFile] = [:]
    let pages = try PaperPages(of: paper, from: source) {
      files[$1.path] = SiteFile($0, at: $1)
    }
    return KeptPaper(recorded: paper.recorded, pages: pages, files: files)
  }

  /// The file of a path that is at hand, such as `papers/x/index.html`; nil where there is none.
  public func keptFile(at path: String) -> SiteFile? {
    shown.withLock { $0.files[path] } ?? made[path]
  }

  /// A file that is made now, from what the registry has at this moment.
  ///
  /// - Parameters:
  ///   - path: its path, as in the static site.
  ///   - search: words that the rows of the overview and of the claims must have.
  ///   - isFollowed: whether the page of a run under way says that it will be loaded again.
  /// - Returns: The file; nil where there is none.
  /// - Throws: what the registry throws.
  public func madeFile(
    at path: String, search: String? = nil, isFollowed: Bool = false
  ) throws -> SiteFile? {
    if let search { return found(search, at: path) }
    let version = shown.withLock(\.version)
    let file = try file(at: path, isFollowed: isFollowed)
    // What is under way is never at hand, and what was read before a refresh is not kept after it.
    if let file, !file.isUnderWay, version == shown.withLock(\.version) {
      made.keep(file, at: path)
    }
    return file
  }

  private func file(at path: String, isFollowed: Bool) throws -> SiteFile? {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.count == 2, parts[0] == "commits", parts[1].hasSuffix(".html") {
      return commitPage(String(parts[1].dropLast(".html".count)))
    }
    guard parts.count == 3, parts[0] == "runs", let dot = parts[2].firstIndex(of: "."),
      let run = Digest(String(parts[2][..<dot]))
    else { return nil }
    let registry = readers[
      nextReader.wrappingAdd(1, ordering: .relaxed).oldValue % readers.count]
    do {
      return try file(of: run, at: path, from: registry, isFollowed: isFollowed)
    } catch RegistryError.unknownRun {
      return nil
    }
  }

  private func file(
    of run: Digest, at path: String, from registry: ResultRegistry, isFollowed: Bool
  ) throws -> SiteFile? {
    switch path {
    case SiteLocation.run(run).path:
      guard let detail = try registry.details(of: [run]).first else { return nil }
      let page = RunPage(
        detail, title: titles[detail.run.paper] ?? detail.run.paper,
        hasFiles: detail.end?.verdict != nil, isFollowed: isFollowed && detail.end == nil)
      return SiteFile(page.page, at: .run(run), isUnderWay: detail.end == nil)
    case SiteLocation.ledgerEntry(run).path:
      guard try registry.details(of: [run]).first?.end?.verdict != nil else { return nil }
      return SiteFile(Array(try registry.entry(of: run).text.utf8), at: .ledgerEntry(run))
    case SiteLocation.trials(run).path:
      guard let detail = try registry.details(of: [run]).first else { return nil }
      return SiteFile(CSV.file(CSV.lines(detail.trials)), at: .trials(run))
    default: return nil
    }
  }

  private func commitPage(_ name: String) -> SiteFile? {
    let (runs, moves) = shown.withLock { shown in
      let runs = shown.runsByCommit[name] ?? []
      return (runs, runs.first?.commit.flatMap { shown.movesByCommit[$0] } ?? [])
    }
    guard let commit = runs.first?.commit else { return nil }
    let page = CommitPage(commit: commit, runs: runs, titles: titles, moves: moves)
    return SiteFile(page.page, at: .commit(commit))
  }

  private func found(_ search: String, at path: String) -> SiteFile? {
    let search = String(search.prefix(Self.longestSearch))
    let papers = shown.withLock { shown in shown.order.compactMap { shown.papers[$0]?.pages } }
    switch path {
    case SiteLocation.overview.path:
      let rows = papers.map(\.row)
      return SiteFile(OverviewPage.page(rows, search: search, isAnswered: true), at: .overview)
    case SiteLocation.claims.path:
      let rows = papers.flatMap(\.claims)
      return SiteFile(ClaimsPage.page(rows, search: search, isAnswered: true), at: .claims)
    default: return nil
    }
  }
}
