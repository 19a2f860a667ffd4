import Evidence
import Registry
import Replication

/// The first page: every paper with the verdicts of its claims.
struct OverviewPage {
  /// One row, kept while the papers' own pages are written.
  struct Row {
    let markup: Markup
    let stands: [ClaimStand]
    /// What a search looks in.
    let words: SearchedText
  }

  private static let frame = PageFrame(location: .overview, title: "Replicated papers")

  /// The row of a paper.
  static func row(of paper: PaperReport) -> Row {
    let cells = paper.claims.map { claim in (claim, claim.at(paper.tier)) }
    let stands = cells.map { ClaimStand($0.1) }
    let names = Set(stands.filter(\.isCounted).map { VerdictSign($0.verdict).name.text }).sorted()
      .joined(separator: " ")
    let authors = paper.declared?.paper.authors ?? []
    let by = authors.isEmpty ? "not in this catalogue" : authorText(authors)
    let run = paper.headline ?? paper.runs.first
    let when: Markup =
      run.map {
        """
        <a class="id" href="\(frame.link(.run($0.id)))"><time datetime="\($0.startedAt.description)">\
        \($0.startedAt.day)</time></a>
        """
      } ?? "<span class=\"mute\">never</span>"
    let open: Markup? = paper.runs.first.flatMap { last in
      last.endedAt == nil
        ? "<small><a href=\"\(frame.link(.run(last.id)))\">one has not ended</a></small>" : nil
    }
    let markup: Markup = """
      <tr class="\(names)"><th scope="row"><a href="\(frame.link(.paper(paper.id)))">\(paper.title)</a>\
      <small>\(by)\(paper.declared.map { ", \($0.paper.year)" } ?? "") · <span class="id">\
      \(paper.id)</span></small></th><td class="cells">\(cells.markup { cell($0.0, $0.1) })</td>\
      <td>\(ClaimStand.tally(stands))</td><td>\(run == nil ? "" : paper.tier)</td><td>\(when)\(open)</td></tr>

      """
    let verdicts = cells.map { "\($0.0.id): \(VerdictSign(ClaimStand($0.1).verdict).word)" }
    let words =
      [paper.title, paper.id, paper.declared.map { "\($0.paper.year)" } ?? "", paper.tier]
      + authors + verdicts
    return Row(markup: markup, stands: stands, words: SearchedText(words))
  }

  private static func cell(_ claim: ClaimReport, _ known: ClaimReport.AtTier?) -> Markup {
    let sign = VerdictSign(known?.latest.map { Verdict($0.verdict) })
    let aside: Markup = known?.isCounted == false ? " aside" : ""
    let old: Markup = known?.isCurrent == false ? " old" : ""
    let note =
      (known?.isCounted == false ? ", not counted" : "")
      + (known?.isCurrent == false ? ", declared otherwise since" : "")
    let label = "\(claim.id): \(sign.word)\(note)"
    return """
      <a class="c \(sign.name)\(aside)\(old)" href="\(frame.link(.claim(paper: claim.paper, claim.id)))" \
      title="\(label)" aria-label="\(label)">\(sign.sign)</a>
      """
  }

  /// The whole page, or that of the rows that have the words of a search.
  ///
  /// - Parameters:
  ///   - rows: All rows.
  ///   - search: The words; nil shows all rows.
  ///   - isAnswered: Whether a server answers a search.
  /// - Returns: The page.
  static func page(
    _ rows: [Row], search: String? = nil, isAnswered: Bool = false
  ) -> [UInt8] {
    let stands = rows.flatMap(\.stands)
    let judged = stands.count { $0.verdict != nil }
    guard !rows.isEmpty else {
      return frame.page(
        """
        <h1>Replicated papers</h1><p class="lead">Nothing is recorded, and no paper is declared. Run \
        one with <code>replicate run &lt;paper-id&gt;</code> and build the site again.</p>
        """)
    }
    let lead: Markup =
      judged == 0
      ? """
      \(counted(rows.count, "paper")) with \(counted(stands.count, "claim")). Nothing is recorded yet: \
      run one with <code>replicate run &lt;paper-id&gt;</code> and build the site again.
      """
      : """
      \(counted(rows.count, "paper")), \(counted(stands.count, "published claim")) put to the test: \
      \(ClaimStand.tally(stands)). Each square is a claim; follow it to the numbers.
      """
    let found = rows.filter { $0.words.has(all: search ?? "") }
    let content: Markup = """
      <h1>Do published claims still hold?</h1><p class="lead">\(lead)</p>
      \(tools(search, isAnswered: isAnswered).markup)\(searchNote(search, found: found.count, of: rows.count, "paper", in: frame))
      \(table(
        "Papers and the verdicts of their claims",
        ["Paper", "Claims", "Verdicts", "Tier", "Last run"], found.markup(\.markup),
        name: "papers", isSortable: true))
      <p class="none" hidden="hidden">No paper is like that.</p>
      """
    return frame.page(content)
  }

  private static func tools(_ search: String?, isAnswered: Bool) -> SearchTools {
    SearchTools(
      rows: "papers", search: search, isAnswered: isAnswered,
      choices: [
        ("vf", "with a failure"), ("vi", "undecided"), ("ve", "in error"), ("vn", "not run"),
      ], frame: frame)
  }
}

/// The authors as a reader cites them: two by name, more as "and others".
func authorText(_ authors: [String]) -> String {
  authors.count <= 3 ? authors.joined(separator: ", ") : "\(authors[0]) and others"
}
