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
    try writer.put(Asset.style, at: .style)
    try writer.put(Asset.script, at: .script)
    try writer.put(AboutPage.page, at: .about)

    try registry.keepInMemory(megabytes: 128)
    let runs = try registry.runs()
    let byPaper = Dictionary(grouping: runs, by: \.paper)
    // A run that began since the list was read has no page yet.
    let known = Set(runs.map(\.id))
    let complete = Dictionary(
      grouping: try registry.latestRuns().filter { known.contains($0.id) }, by: \.paper)
    let papers = self.papers(recorded: byPaper.keys)
    let titles = Dictionary(
      catalogue.map { ($0.paper.id, $0.paper.title) }, uniquingKeysWith: { one, _ in one })
    var rows: [OverviewPage.Row] = []
    var claims: [Markup] = []
    var moves = Moves()
    for (id, declared) in papers {
      let report = try PaperReport(
        id, declared: declared, runs: byPaper[id] ?? [], complete: complete[id] ?? [], in: registry)
      try write(report, with: writer)
      rows.append(OverviewPage.row(of: report))
      claims.append(ClaimsPage.rows(of: report))
      moves.add(report.moves)
    }
    try writer.put(OverviewPage.page(rows), at: .overview)
    try writer.put(ClaimsPage.page(claims), at: .claims)
    let latest = moves.latest
    try writer.put(ChangesPage(moves: latest, titles: titles).page, at: .changes)
    try writer.put(ChangesFeed(moves: latest, titles: titles).file, at: .feed)
    for (commit, runs) in Dictionary(grouping: runs, by: { $0.commit ?? "" }) where commit != "" {
      let page = CommitPage(
        commit: commit, runs: runs, titles: titles, moves: moves.byCommit[commit] ?? [])
      try writer.put(page.page, at: .commit(commit))
    }
    let latestRuns = Set(complete.values.joined().map(\.id))
    try RunPages(
      registry: registry, titles: titles, filed: try registry.ledgerRuns().union(latestRuns)
    ).write(runs, with: writer)
    let tally = try writer.finish()
    return Summary(written: tally.written, unchanged: tally.unchanged, removed: tally.removed)
  }

  /// The papers of the catalogue in its order, then those that only the registry knows.
  private func papers(
    recorded: some Sequence<String>
  ) -> [(id: String, declared: (any Replication.Type)?)] {
    let declared = catalogue.map { (id: $0.paper.id, declared: Optional($0)) }
    let others = Set(recorded).subtracting(declared.map(\.id)).sorted()
    return declared + others.map { (id: $0, declared: nil) }
  }

  private func write(_ paper: PaperReport, with writer: SiteWriter) throws {
    let drawn = try DrawnFigures(of: paper, from: registry)
    try writer.put(PaperPage(paper, drawn).page, at: .paper(paper.id))
    for figure in drawn.figures {
      try writer.put(
        FigureDrawing(figure).file, at: .figure(paper: paper.id, name: figureName(figure.title)))
    }
    if !drawn.figures.isEmpty {
      try writer.put(Self.file(CSV.lines(drawn.figures)), at: .figures(paper: paper.id))
    }
    for claim in paper.claims {
      try writer.put(
        ClaimPage(claim, of: paper, from: registry).page, at: .claim(paper: paper.id, claim.id))
    }
    if !paper.runs.isEmpty {
      try writer.put(Self.file(CSV.lines(paper.history)), at: .history(paper: paper.id))
    }
    if let pair = ComparisonPage.pair(of: paper) {
      let details = try registry.details(of: [pair.older.id, pair.newer.id])
      let page = ComparisonPage(paper: paper, older: details[0], newer: details[1])
      try writer.put(page.page, at: .comparison(paper: paper.id))
    }
  }

  /// Lines as a file.
  static func file(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

/// The changes of all papers: the youngest of all, and those of each commit.
private struct Moves {
  private var all: [PaperReport.Move] = []
  private(set) var byCommit: [String: [PaperReport.Move]] = [:]

  mutating func add(_ moves: [PaperReport.Move]) {
    all += moves.prefix(ChangesPage.most)
    for move in moves {
      guard let commit = move.now.commit else { continue }
      byCommit[commit, default: []].append(move)
    }
  }

  /// The youngest changes of all.
  var latest: [PaperReport.Move] {
    let sorted = all.sorted { one, other in
      (other.now.startedAt, one.now.run, one.now.claim) < (
        one.now.startedAt, other.now.run, other.now.claim
      )
    }
    return Array(sorted.prefix(ChangesPage.most))
  }
}
