import Digests
import Evidence
import Provenance
import Registry

/// The last two complete runs of a paper side by side.
struct ComparisonPage {
  let paper: PaperReport
  let older: RunDetail
  let newer: RunDetail
  let registry: ResultRegistry

  /// The two youngest finished runs of the tier that says most; nil with fewer.
  static func pair(of paper: PaperReport) -> (older: RunSummary, newer: RunSummary)? {
    let finished = paper.runs.lazy.filter { $0.tier == paper.tier && $0.verdict != nil }
    let last = Array(finished.prefix(2))
    return last.count == 2 ? (last[1], last[0]) : nil
  }

  /// The page; throws what the registry throws.
  func page() throws -> [UInt8] {
    let comparison = try RunComparison(
      older, newer, order: paper.claims.map(\.id), posts: paper.posts, in: registry)
    let frame = PageFrame(
      location: .comparison(paper: paper.id), title: "The last two runs of \(paper.title)",
      trail: [("Papers", .overview), (paper.title, .paper(paper.id))])
    return frame.page(
      """
      <h1>The last two runs</h1><p class="lead">The \(paper.tier) tier of \(paper.title). \
      \(outcomes(comparison))</p>\
      <dl class="facts wide"><dt>Before</dt><dd>\(head(older, frame))</dd><dt>After</dt><dd>\
      \(head(newer, frame))</dd></dl><h2>Claims</h2>\(claims(comparison, frame))\(trials(comparison))
      """)
  }

  private func head(_ detail: RunDetail, _ frame: PageFrame) -> Markup {
    let run = detail.run
    return """
      \(frame.runLink(.run(run.id), run.id.short)), \(run.startedAt.minute), commit \
      \(frame.commitLink(run.source.commit, isClean: run.source.isClean)), \
      \(detail.end.map { durationText($0.seconds) } ?? "")
      """
  }

  private func outcomes(_ comparison: RunComparison) -> Markup {
    switch comparison.isSameOutcomes {
    case nil: "One of them did not finish."
    case true?: "All outcomes are the same to the bit."
    case false?: "The outcomes differ, or other trials were run."
    }
  }

  private func claims(_ comparison: RunComparison, _ frame: PageFrame) -> Markup {
    let rows = comparison.claims.markup { claim -> Markup in
      let (key, old, new) = (claim.id, claim.before, claim.after)
      let known = paper.claims.first { $0.id == key }?.at(paper.tier)
      let (first, second) = (old.map { judged($0, known) }, new.map { judged($0, known) })
      let strip = IntervalStrip(
        showing: [first, second].compactMap(\.self).flatMap(\.landmarks))
      return """
        <tr class="\(old?.verdict == new?.verdict ? "same" : "moved")"><th scope="row"><a class="id" \
        href="\(frame.link(.claim(paper: paper.id, key)))">\(key)</a><small>\(note(claim))</small></th>\
        \(side("before", first, on: strip))\(side("after", second, on: strip))\
        <td class="num" data-l="difference">\(difference(claim, unit: new?.unit ?? ""))</td></tr>

        """
    }
    return table(
      "Claims in both runs", ["Claim", "Before", "After", "Difference"], rows, name: "claims")
        + """
        <p class="key">The difference is that of the seeds that both runs have, after less before, \
        with its 90 % interval.</p>
        """
  }

  /// The paired difference over the seeds of both runs.
  private func difference(_ claim: ClaimComparison, unit: String) -> Markup {
    guard let found = claim.values.difference else {
      return "<small>none: \(claim.values.absence ?? "")</small>"
    }
    return """
      \(resultText(found.mean, found.interval, unit: unit))\
      <small>\(counted(found.n, "seed"))</small>
      """
  }

  private func judged(
    _ entry: JudgementSummary, _ known: ClaimReport.AtTier?
  ) -> JudgedInterval {
    known?.interval(of: entry) ?? JudgedInterval(entry, by: nil)
  }

  private func side(
    _ name: Markup, _ judged: JudgedInterval?, on strip: IntervalStrip
  ) -> Markup {
    """
    <td data-l="\(name)">\(VerdictSign(judged?.verdict).chip)\(judged.map { strip.svg($0) })\
    <small>\(judged?.measuredText ?? "")</small></td>
    """
  }

  private func note(_ claim: ClaimComparison) -> String {
    guard let old = claim.before, let new = claim.after else { return "judged in one of them only" }
    if old.version != new.version { return "declared otherwise before" }
    if old.verdict != new.verdict { return "the verdict moved" }
    return claim.isSameNumbers ? "the same numbers" : "other numbers"
  }

  /// How many trials both ran, and in how many of them the bits are the same.
  private func trials(_ comparison: RunComparison) -> Markup {
    let shared = comparison.sharedTrials
    return """
      <h2>Trials</h2><p>\(older.trials.count) before, \(newer.trials.count) after; \(shared.count) have the \
      same setup and seed, and of these \(shared.same) gave the same bits.</p>
      """
  }
}
