import Evidence
import Registry

/// Every claim as a line: the page to search in without scripts.
struct ClaimsPage {
  private static let frame = PageFrame(location: .claims, title: "Claims")

  /// The line of a claim.
  struct Row {
    let markup: Markup
    /// What a search looks in.
    let words: SearchedText
  }

  /// The lines of a paper's claims.
  static func rows(of paper: PaperReport) -> [Row] {
    paper.claims.compactMap { claim in
      guard let known = claim.at(paper.tier) else { return nil }
      let sign = VerdictSign(known.latest.map { Verdict($0.verdict) })
      let judged = known.latest.map(known.interval)
      let markup: Markup = """
        <tr class="\(sign.name)"><td>\(sign.chip)</td><th scope="row"><a \
        href="\(frame.link(.claim(paper: paper.id, claim.id)))">\(known.statement)</a><small><a \
        href="\(frame.link(.paper(paper.id)))">\(paper.title)</a> · \(shortened(known.place, to: 60)) · \
        <span class="id">\(claim.id)</span></small></th><td class="num">\(judged?.measuredText ?? "")</td>\
        <td class="num" data-l="accepted">\(judged?.acceptedText ?? "")</td></tr>

        """
      return Row(
        markup: markup,
        words: SearchedText([
          sign.word, known.statement, paper.title, paper.id, known.place, claim.id,
        ]))
    }
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
    let found = rows.filter { $0.words.has(all: search ?? "") }
    let content: Markup = """
      <h1>Claims</h1><p class="lead">Every claim with its last verdict, at the tier that says most of \
      its paper.</p>
      \(tools(search, isAnswered: isAnswered).markup)\(searchNote(search, found: found.count, of: rows.count, "claim", in: frame))
      \(table(
        "Claims with their last verdicts", ["Verdict", "Claim", "Measured", "Accepted"],
        found.markup(\.markup), name: "claims", isSortable: true))
      <p class="none" hidden="hidden">No claim is like that.</p>
      """
    return frame.page(content)
  }

  private static func tools(_ search: String?, isAnswered: Bool) -> SearchTools {
    SearchTools(
      rows: "claims", search: search, isAnswered: isAnswered,
      choices: [
        ("vp", "pass"), ("vf", "fail"), ("vi", "undecided"), ("ve", "error"), ("vn", "not run"),
      ], frame: frame)
  }
}
