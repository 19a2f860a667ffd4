import Digests
import Evidence
import Registry

/// The page of a commit: what was run there, and what moved.
struct CommitPage {
  let commit: String
  let runs: [RunSummary]
  let titles: [String: String]
  let moves: [PaperReport.Move]

  /// The most runs that a page shows.
  static let most = 300

  var page: [UInt8] {
    let frame = PageFrame(
      location: .commit(commit), title: "Commit \(commit.prefix(10))",
      trail: [("Papers", .overview)])
    let shown = runs.prefix(Self.most)
    let rows = shown.markup { run -> Markup in
      """
      <tr><th scope="row"><a href="\(frame.link(.paper(run.paper)))">\
      \(titles[run.paper] ?? run.paper)</a></th><td>\(run.tier)</td><td>\(RunPage.state(of: run))</td>\
      <td>\(run.startedAt.minute)</td><td>\(frame.runLink(.run(run.id), run.id.short))</td><td>\
      \(run.isClean.map { $0 ? "" : "with changes" } ?? "state unknown")</td></tr>

      """
    }
    let more: Markup =
      shown.count < runs.count
      ? "<p class=\"key\">The youngest \(shown.count) of \(runs.count) runs.</p>" : ""
    let moved: Markup =
      moves.isEmpty
      ? "<p>No verdict moved here.</p>"
      : "<ul class=\"moves\">\(moves.prefix(Self.most).markup { ChangesPage.item($0, titles, in: frame) })</ul>"
    return frame.page(
      """
      <p class="kind">Commit</p><h1 class="id">\(shortened(commit, to: 80))</h1><h2>Verdicts that moved\
      </h2>\(moved)<h2>Runs</h2>\(table(
        "Runs at this commit, youngest first", ["Paper", "Tier", "Verdict", "Began", "Run", "Tree"],
        rows, name: "claims", isSortable: true))\(more)
      """)
  }
}
