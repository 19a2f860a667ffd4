import Registry
import Replication
import Runner

/// What a paper gives to the site: its own files, and its lines on the pages about all papers.
struct PaperPages {
  /// Its line of the overview.
  let row: OverviewPage.Row
  /// The lines of its claims.
  let claims: [ClaimsPage.Row]
  /// What moved, youngest first.
  let moves: [PaperReport.Move]

  /// Makes the pages of a paper and hands each over as soon as it is made.
  init(
    of paper: SiteIndex.Paper, from registry: ResultRegistry,
    put: ([UInt8], SiteLocation) throws -> Void
  ) throws {
    let report = try PaperReport(
      paper.id, declared: paper.declared, runs: paper.recorded.runs,
      complete: paper.recorded.complete, in: registry)
    let drawn = try DrawnFigures(of: report, from: registry)
    try put(PaperPage(report, drawn).page, .paper(report.id))
    for figure in drawn.figures {
      let name = figureName(figure.title)
      try put(FigureDrawing(figure).file, .figure(paper: report.id, name: name))
    }
    if !drawn.figures.isEmpty {
      try put(CSV.file(CSV.lines(drawn.figures)), .figures(paper: report.id))
    }
    for claim in report.claims {
      let page = try ClaimPage(claim, of: report, from: registry).page
      try put(page, .claim(paper: report.id, claim.id))
    }
    if !report.runs.isEmpty {
      try put(CSV.file(CSV.lines(report.history)), .history(paper: report.id))
    }
    if let pair = ComparisonPage.pair(of: report) {
      let details = try registry.details(of: [pair.older.id, pair.newer.id])
      let page = ComparisonPage(
        paper: report, older: details[0], newer: details[1], registry: registry)
      try put(page.page(), .comparison(paper: report.id))
    }
    row = OverviewPage.row(of: report)
    claims = ClaimsPage.rows(of: report)
    moves = report.moves
  }
}

/// The pages about all papers.
struct JointPages {
  let papers: [PaperPages]
  let titles: [String: String]
  /// Whether a server answers searches.
  var isAnswered = false

  func put(_ put: ([UInt8], SiteLocation) throws -> Void) throws {
    try put(OverviewPage.page(papers.map(\.row), isAnswered: isAnswered), .overview)
    try put(ClaimsPage.page(papers.flatMap(\.claims), isAnswered: isAnswered), .claims)
    let moves = latestMoves
    try put(ChangesPage(moves: moves, titles: titles).page, .changes)
    try put(ChangesFeed(moves: moves, titles: titles).file, .feed)
    try put(AboutPage.page, .about)
    try put(Asset.style, .style)
    try put(Asset.icon, .icon)
    try put(Asset.script, .script)
  }

  /// The youngest changes of all papers.
  private var latestMoves: [PaperReport.Move] {
    let sorted = papers.flatMap { $0.moves.prefix(ChangesPage.most) }.sorted { one, other in
      (other.now.startedAt, one.now.run, one.now.claim) < (
        one.now.startedAt, other.now.run, other.now.claim
      )
    }
    return Array(sorted.prefix(ChangesPage.most))
  }

  /// The changes of all papers by the commit at which they showed.
  var movesByCommit: [String: [PaperReport.Move]] {
    var moves: [String: [PaperReport.Move]] = [:]
    for move in papers.flatMap(\.moves) {
      guard let commit = move.now.commit else { continue }
      moves[commit, default: []].append(move)
    }
    return moves
  }
}
