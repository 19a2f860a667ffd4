import Digests
import Evidence
import Registry
import Runner

/// The page of what moved lately: verdicts and declarations.
struct ChangesPage {
  let moves: [PaperReport.Move]
  let titles: [String: String]

  /// The most changes that the page and the feed show.
  static let most = 100

  var page: [UInt8] {
    let frame = PageFrame(location: .changes, title: "Changes")
    let list: Markup =
      moves.isEmpty
      ? "<p>Nothing has been judged yet.</p>"
      : "<ul class=\"moves\">\(moves.markup { Self.item($0, titles, in: frame) })</ul>"
    return frame.page(
      """
      <h1>Changes</h1><p class="lead">Verdicts that moved and claims that were declared otherwise, \
      youngest first, at most \(Self.most). The same as a <a href="\(frame.link(.feed))">feed</a>.</p>\
      \(list)
      """)
  }

  /// One change as an item of a list.
  static func item(
    _ move: PaperReport.Move, _ titles: [String: String], in frame: PageFrame
  ) -> Markup {
    let now = move.now
    let before: Markup? = move.before.map { before in
      "\(VerdictSign(Verdict(before.verdict)).chip) <span aria-hidden=\"true\">→</span> "
    }
    return """
      <li><span class="mute">\(now.startedAt.minute)</span> \(before)\
      \(VerdictSign(Verdict(now.verdict)).chip) <a href="\(frame.link(.claim(paper: now.paper, now.claim)))">\
      \(now.claim)</a> of <a href="\(frame.link(.paper(now.paper)))">\(titles[now.paper] ?? now.paper)</a>, \
      \(now.tier) tier, run \(frame.runLink(.run(now.run), now.run.short)). <span class="mute">\
      \(kind(of: move)) \(now.reason).\(demand(of: move))</span></li>

      """
  }

  /// What the claim demands differently, in words.
  static func demand(of move: PaperReport.Move) -> String {
    move.demand.map { " What moved: \($0.lines.joined(separator: "; "))." } ?? ""
  }

  /// What kind of change it is, in words.
  static func kind(of move: PaperReport.Move) -> String {
    guard let before = move.before else { return "Judged for the first time:" }
    switch (before.verdict != move.now.verdict, before.version != move.now.version) {
    case (true, true): return "Verdict and declaration changed:"
    case (true, false): return "The verdict changed:"
    default: return move.demand == nil ? "The wording changed:" : "The declaration changed:"
    }
  }
}

/// The changes as an Atom feed.
struct ChangesFeed {
  let moves: [PaperReport.Move]
  let titles: [String: String]

  var file: [UInt8] {
    // Without any change there is no time to tell; the feed's own beginning stands in.
    let updated = moves.first?.now.startedAt ?? Timestamp(milliseconds: 0)
    let here = SiteLocation.feed
    let entries = moves.markup { move -> Markup in
      let now = move.now
      let verdict = VerdictSign(Verdict(now.verdict)).word
      return """
        <entry><id>urn:replicate:\(now.run.description):\(now.version.description):\(now.edition)</id><title>\(now.claim): \
        \(verdict)</title><updated>\(now.startedAt.description)</updated><link \
        href="\(here.link(to: .claim(paper: now.paper, now.claim)))"/><summary>\
        \(titles[now.paper] ?? now.paper), \(now.tier) tier. \(ChangesPage.kind(of: move)) \(now.reason).\(ChangesPage.demand(of: move))\
        </summary></entry>

        """
    }
    let feed: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <feed xmlns="http://www.w3.org/2005/Atom"><id>urn:replicate:changes</id><title>Changes of \
      verdicts</title><updated>\(updated.description)</updated><author><name>replicate</name></author>\
      <link rel="alternate" href="\(here.link(to: .changes))"/>
      \(entries)</feed>

      """
    return feed.bytes
  }
}
