import Datasets
import Digests
import Evidence
import Registry
import Replication
import Runner

/// The page of a paper.
struct PaperPage {
  let paper: PaperReport
  let drawn: DrawnFigures
  let notes: ReplicationNotes?
  let frame: PageFrame

  init(_ paper: PaperReport, _ drawn: DrawnFigures) {
    self.paper = paper
    self.drawn = drawn
    notes = paper.declared.flatMap { ReplicationNotes(folder: $0.paper.folder) }
    frame = PageFrame(
      location: .paper(paper.id), title: paper.title, trail: [("Papers", .overview)])
  }

  var page: [UInt8] {
    let figures = drawn.figures.enumerated().map { figure($1, index: $0) }
    let more: Markup = figures.count > 1 ? "<h2 id=\"figures\">More figures</h2>" : ""
    let content: Markup = """
      <h1>\(paper.title)</h1>\(citation)
      <div class="first">\(figures.first ?? drawn.absence)<aside aria-label="In short">\(summary)</aside>\
      </div>
      <h2 id="claims">Claims</h2>\(claims)
      \(more)<div class="figures">\
      \(figures.dropFirst().joined())</div>\(drawn.figures.isEmpty ? nil : downloads)
      \(departures)\(protocolSection)\(questions)
      <h2 id="runs">Runs</h2>\(runs)
      """
    return frame.page(content)
  }

  private var citation: Markup {
    guard let cited = paper.declared?.paper else {
      return """
        <p class="by">This paper is in the registry and not in the catalogue that built these pages; \
        what follows is what was recorded.</p>
        """
    }
    return """
      <p class="by">\(cited.authors.joined(separator: ", ")) · \(cited.year) · <a \
      href="\(cited.identifier.url)" rel="noreferrer">\(identifierText(cited.identifier))</a> · \
      <span class="id">\(cited.id)</span></p>
      """
  }

  private var summary: Markup {
    let stands = paper.claims.map { ClaimStand($0.at(paper.tier)) }
    let run = paper.headline
    let comparison: Markup? =
      ComparisonPage.pair(of: paper) == nil
      ? nil
      : """
      <dt>Compare</dt><dd><a href="\(frame.link(.comparison(paper: paper.id)))">the last two runs</a></dd>
      """
    let facts: Markup? = run.map { run in
      """
      <dt>Tier</dt><dd>\(run.tier)</dd><dt>Last run</dt><dd>\(frame.runLink(.run(run.id), run.id.short))\
      <br/>\(run.startedAt.minute)</dd><dt>Commit</dt><dd>\(frame.commitLink(run.commit, isClean: run.isClean))\
      </dd><dt>Outcomes</dt><dd><span class="id" title="The same on every machine">\
      \(run.outcomeDigest?.short ?? "")</span></dd><dt>Took</dt><dd>\(durationText(run.seconds ?? 0))</dd>
      """
    }
    let never: Markup = "<dt>Last run</dt><dd>never to its end</dd>"
    return """
      <p class="tally">\(ClaimStand.tally(stands))</p>\
      <dl class="facts">\(facts ?? never)\(comparison)</dl>
      """
  }

  private var claims: Markup {
    let rows = paper.claims.markup { claim -> Markup in
      guard let known = claim.at(paper.tier) else { return "" }
      let latest = known.latest
      let judged = latest.map(known.interval)
      return """
        <tr><td>\(VerdictSign(latest.map { Verdict($0.verdict) }).chip)\(marks(of: known))</td>\
        <th scope="row"><a href="\(frame.link(.claim(paper: paper.id, claim.id)))">\(known.statement)</a>\
        <small>\(known.place)\(known.tier == paper.tier ? "" : " · \(known.tier) tier") · <span \
        class="id">\(claim.id)</span></small></th><td>\
        \(judged.map { IntervalStrip(showing: $0.landmarks).svg($0) })</td><td class="num">\
        \(judged?.measuredText ?? "not run")<small>\(latest.map { counted($0.n, "seed") } ?? "")</small>\
        </td><td class="num" data-l="accepted">\(judged?.acceptedText ?? declared(known))</td></tr>

        """
    }
    return table(
      "Claims with accepted and measured intervals",
      ["Verdict", "Claim", "Measured in accepted", "Measured", "Accepted"], rows, name: "claims")
        + """
        <p class="key">The shaded range is accepted, the line is the measured interval with its \
        estimate. Where a claim has several conditions, the one that decides is shown.</p>
        """
  }

  /// What a claim that was never judged would accept.
  private func declared(_ known: ClaimReport.AtTier) -> String {
    known.declaration?.conditions.first.map { acceptedText($0.band, unit: $0.unit) } ?? ""
  }

  private func marks(of known: ClaimReport.AtTier) -> Markup {
    let recorded: Markup =
      known.isCounted
      ? "" : "<small>\(shortened(known.declaration?.standing ?? "", to: 80))</small>"
    let old: Markup =
      known.isCurrent ? "" : "<small class=\"old\">declared otherwise since</small>"
    return recorded + old
  }

  private func figure(_ figure: DrawnFigure, index: Int) -> Markup {
    let omissions = FigureWords(figure).omissions.joined(separator: " ")
    let name = figureName(figure.title)
    return """
      <figure id="figure-\(index + 1)"><figcaption><strong>\(figure.title)</strong> <span class="mute">\
      cf. \(figure.place)</span></figcaption><div class="scroll" role="group" \
      aria-label="\(figure.title)" tabindex="0">\(FigureDrawing(figure).svg(id: "f\(index + 1)"))</div>\
      <p class="key">\(FigureWords(figure).basis) \(omissions) <a \
      href="\(frame.link(.figure(paper: paper.id, name: name)))">SVG</a></p>\(FigureTable(figure).markup)\
      </figure>
      """
  }

  private var downloads: Markup {
    """
    <p class="key">All points of all figures: <a href="\(frame.link(.figures(paper: paper.id)))">\
    figures.csv</a>, from run \(drawn.run.map { frame.runLink(.run($0), $0.short) }).</p>
    """
  }

  private var departures: Markup {
    guard let declared = paper.declared else { return "" }
    let list: Markup =
      declared.departures.isEmpty
      ? "<p>None are declared.</p>"
      : "<ul>\(declared.departures.markup { "<li>\($0)</li>" })</ul>"
    let account = notes?.account.markup
    return """
      <h2 id="departures">Departures from the paper</h2>\(list)\
      \(account.map { "<details class=\"notes\"><summary>Notes of the replication</summary>\($0)</details>" })
      """
  }

  private var protocolSection: Markup {
    guard let declared = paper.declared else { return "" }
    let rows = Tier.allCases.markup { tier -> Markup in
      let declarations = declared.declarations(at: tier)
      if declarations.isEmpty { return "" }
      let seeds = declarations.map(\.seeds.seeds).max() ?? 0
      let run = paper.complete.first { $0.tier == tier.rawValue }
      return """
        <tr><th scope="row">\(tier.rawValue)</th><td class="num">\(declarations.count)</td>\
        <td class="num">\(seeds)</td><td class="num">\(run?.seconds.map(durationText) ?? "not run")</td>\
        <td><code>replicate run \(paper.id) --tier \(tier.rawValue)</code></td></tr>
        """
    }
    let data = declared.data.map(\.rawValue).joined(separator: ", ")
    return """
      <h2 id="protocol">Protocol and cost</h2><p>Arms: \(declared.armKeys.joined(separator: ", ")). \
      Data: \(data.isEmpty ? "generated from the seed" : data). Each claim is judged with its control \
      too, under which it must not pass.</p>\(table(
        "Tiers of the paper", ["Tier", "Claims", "Seeds, at most", "Last run took", "To run it"], rows))
      """
  }

  /// What the paper or its replication leaves open.
  private var questions: Markup? {
    notes?.openQuestions.map { "<h2 id=\"questions\">Open questions</h2>\($0.markup)" }
  }

  private var runs: Markup {
    let shown = paper.runs.prefix(40)
    if shown.isEmpty { return "<p>None yet.</p>" }
    let rows = shown.markup { run -> Markup in
      """
      <tr><td>\(run.startedAt.minute)</td><td>\(frame.runLink(.run(run.id), run.id.short))</td><td>\
      \(frame.commitLink(run.commit, isClean: run.isClean))</td><td>\(run.tier)</td><td>\
      \(RunPage.state(of: run))</td><td class="num">\(run.seconds.map(durationText) ?? "")</td><td>\
      <span class="id">\(run.outcomeDigest?.short ?? "")</span></td></tr>

      """
    }
    let more: Markup =
      shown.count < paper.runs.count
      ? "The youngest \(shown.count) of \(paper.runs.count) runs are shown. " : ""
    return table(
      "Runs, youngest first",
      ["Began", "Run", "Commit", "Tier", "Verdict", "Took", "Outcomes"], rows, isSortable: true)
        + """
        <p class="key">\(more)All judgements of all runs: <a \
        href="\(frame.link(.history(paper: paper.id)))">history.csv</a></p>
        """
  }
}

/// An identifier as readers write it.
func identifierText(_ identifier: Paper.Identifier) -> String {
  switch identifier {
  case .arxiv(let number): "arXiv:\(number)"
  case .doi(let name): "doi:\(name)"
  }
}
