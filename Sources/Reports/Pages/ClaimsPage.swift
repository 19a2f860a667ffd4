import Evidence
import Registry

/// Every claim as a line: the page to search in without scripts.
struct ClaimsPage {
  private static let frame = PageFrame(location: .claims, title: "Claims")

  /// The lines of a paper's claims.
  static func rows(of paper: PaperReport) -> Markup {
    paper.claims.markup { claim in
      guard let known = claim.at(paper.tier) else { return "" }
      let sign = VerdictSign(known.latest.map { Verdict($0.verdict) })
      let judged = known.latest.map(known.interval)
      return """
        <tr class="\(sign.name)"><td>\(sign.chip)</td><th scope="row"><a \
        href="\(frame.link(.claim(paper: paper.id, claim.id)))">\(known.statement)</a><small><a \
        href="\(frame.link(.paper(paper.id)))">\(paper.title)</a> · \(shortened(known.place, to: 60)) · \
        <span class="id">\(claim.id)</span></small></th><td class="num">\(judged?.measuredText ?? "")</td>\
        <td class="num">\(judged?.acceptedText ?? "")</td></tr>

        """
    }
  }

  /// The whole page.
  static func page(_ rows: [Markup]) -> [UInt8] {
    let content: Markup = """
      <h1>Claims</h1><p class="lead">Every claim with its last verdict, at the tier that says most of \
      its paper.</p>
      \(tools.markup)
      \(table(
        "Claims with their last verdicts", ["Verdict", "Claim", "Measured", "Accepted"],
        rows.joined(), name: "claims", isSortable: true))
      <p class="none" hidden="hidden">No claim is like that.</p>
      """
    return frame.page(content)
  }

  private static var tools: SearchTools {
    SearchTools(
      rows: "claims",
      choices: [
        ("vp", "pass"), ("vf", "fail"), ("vi", "undecided"), ("ve", "error"), ("vn", "not run"),
      ], frame: frame)
  }
}
