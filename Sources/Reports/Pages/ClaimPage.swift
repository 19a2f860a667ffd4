import Digests
import Evidence
import Registry
import Replication
import Runner

/// The page of a claim.
struct ClaimPage {
  let claim: ClaimReport
  let paper: PaperReport
  /// The conditions of the last judgement at each tier, as the judge wrote them.
  let results: [String: ClaimResult]
  let frame: PageFrame

  /// The most judgements that are drawn and listed at a tier.
  static let most = 60

  init(_ claim: ClaimReport, of paper: PaperReport, from registry: ResultRegistry) throws {
    self.claim = claim
    self.paper = paper
    frame = PageFrame(
      location: .claim(paper: paper.id, claim.id), title: "\(claim.id), \(paper.title)",
      trail: [("Papers", .overview), (paper.title, .paper(paper.id))])
    var results: [String: ClaimResult] = [:]
    for known in claim.tiers {
      guard let latest = known.latest,
        let text = try registry.judgement(
          of: latest.run, claim: latest.version, edition: latest.edition)?.text
      else { continue }
      // What another version of the program wrote may not be legible; the columns still are.
      results[known.tier] = try? Canonical.decode(ClaimResult.self, from: text)
    }
    self.results = results
  }

  var page: [UInt8] {
    // The tier that says most comes first.
    let first = claim.at(paper.tier)
    let tiers = [first].compactMap(\.self) + claim.tiers.filter { $0.tier != first?.tier }
    let content: Markup = """
      <p class="kind">Claim <span class="id">\(claim.id)</span></p><h1 class="statement">\
      \(first?.statement ?? claim.id)</h1>\(tiers.markup { known in
        known.latest == nil && known.tier != first?.tier ? unjudged(known) : section(known)
      })
      """
    return frame.page(content)
  }

  private func section(_ known: ClaimReport.AtTier) -> Markup {
    let latest = known.latest
    let judged = latest.map(known.interval)
    let state: Markup =
      latest.map { latest in
        """
        <div class="now">\(VerdictSign(Verdict(latest.verdict)).chip)\
        \(judged.map { IntervalStrip(showing: $0.landmarks).svg($0) })<p><strong>\
        \(judged?.measuredText ?? "")</strong> measured, <strong>\(judged?.acceptedText ?? "")</strong> \
        accepted, \(counted(latest.n, "seed")).<br/>\(latest.reason).</p></div>
        """
      }
      ?? "<p>Never judged at this tier. <code>replicate run \(paper.id) --tier \(known.tier)</code></p>"
    return """
      <section><h2>\(known.tier) tier</h2>\(notices(known))\(state)\(rule(known))\
      \(results[known.tier].map { ConditionsMarkup($0).markup })\(history(known))</section>
      """
  }

  /// A tier that nobody has run, folded away.
  private func unjudged(_ known: ClaimReport.AtTier) -> Markup {
    """
    <details><summary>\(known.tier) tier, never judged</summary>\(section(known))</details>
    """
  }

  private func notices(_ known: ClaimReport.AtTier) -> Markup {
    let old: Markup =
      known.isCurrent || known.latest == nil
      ? ""
      : known.current == nil
        ? "<p class=\"notice\">This claim is declared no more at this tier.</p>"
        : known.demand.map { demand in
          """
          <p class="notice">The claim demands something else than when it was last judged: \
          \(demand.lines.joined(separator: "; ")).</p>
          """
        } ?? "<p class=\"notice\">The claim was worded otherwise when it was last judged.</p>"
    let recorded: Markup =
      known.isCounted
      ? ""
      : "<p class=\"notice\">The verdict does not count: \(known.declaration?.standing ?? "").</p>"
    return old + recorded
  }

  private func rule(_ known: ClaimReport.AtTier) -> Markup {
    guard let declaration = known.declaration else {
      return "<dl class=\"facts wide\"><dt>Place</dt><dd>\(known.place)</dd></dl>"
    }
    func list(_ parts: [ClaimDeclaration.Part]) -> Markup {
      "<ul>\(parts.markup { "<li><code>\($0.measure)</code> \(acceptedText($0.band, unit: $0.unit))\(quantum($0))</li>" })</ul>"
    }
    let premises: Markup =
      declaration.premises.isEmpty
      ? "" : "<dt>Provided</dt><dd>\(list(declaration.premises))</dd>"
    return """
      <dl class="facts wide"><dt>In the paper</dt><dd>\(declaration.place), \(paper.title)</dd>\
      <dt>Accepted</dt><dd>\(list(declaration.conditions))</dd><dt>Because</dt><dd>\
      \(declaration.reason)</dd>\(premises)<dt>Rule</dt><dd>\(RuleWords(declaration.seeds).text)</dd>\
      <dt>Control</dt><dd>\(declaration.control): under it the claim must not pass</dd></dl>
      """
  }

  private func quantum(_ part: ClaimDeclaration.Part) -> String {
    part.quantum.map { ", in multiples of \(numberText($0))" } ?? ""
  }

  private func history(_ known: ClaimReport.AtTier) -> Markup {
    if known.history.isEmpty { return "" }
    let youngest = Array(known.history.suffix(Self.most).reversed())
    let rows = youngest.enumerated().markup { index, entry -> Markup in
      let next = index + 1 < youngest.count ? youngest[index + 1] : nil
      let judged = known.interval(of: entry)
      let moved: Markup? = next.flatMap { next in
        next.version == entry.version ? nil : change(from: next, to: entry, known)
      }
      return """
        <tr><td>\(entry.startedAt.minute)\(again(entry))</td><td>\(commit(of: entry))\
        </td><td>\(frame.runLink(.run(entry.run), entry.run.short))</td><td>\
        \(VerdictSign(Verdict(entry.verdict)).chip)</td><td class="num">\(judged.measuredText)</td>\
        <td class="num">\(judged.acceptedText)</td><td class="id">\(entry.version.short)</td></tr>\(moved)

        """
    }
    let more: Markup =
      youngest.count < known.history.count
      ? """
      <p class="key">The youngest \(youngest.count) of \(known.history.count) judgements; all are in <a \
      href="\(frame.link(.history(paper: paper.id)))">history.csv</a>.</p>
      """ : ""
    return """
      <h3>History</h3>\(HistoryPlot(youngest, known).svg)\(table(
        "History of the claim at \(known.tier), youngest first",
        ["Began", "Commit", "Run", "Verdict", "Measured", "Accepted", "Version"], rows))\(more)
      """
  }
}

extension ClaimPage {
  /// The commit of a judgement; where it was made later, nothing need have been run there.
  private func commit(of entry: JudgementSummary) -> Markup {
    frame.commitLink(entry.commit, isClean: entry.isClean, hasPage: entry.judgedAt == nil)
  }

  /// The row between two judgements of different versions.
  private func change(
    from old: JudgementSummary, to new: JudgementSummary, _ known: ClaimReport.AtTier
  ) -> Markup {
    let move = known.posts.move(to: known.posts[new.version], from: old.version)
    let words = move.map {
      "It demanded something else before: \($0.lines.joined(separator: "; "))."
    }
    return """
      <tr class="moved"><td colspan="7">\(words ?? "The claim was worded otherwise before.")</td></tr>
      """
  }

  /// That a judgement was made later than its run.
  private func again(_ entry: JudgementSummary) -> Markup {
    entry.judgedAt.map {
      "<small>judged again \($0.minute), edition \(entry.edition)</small>"
    } ?? ""
  }
}

/// A rule for seeds in words.
struct RuleWords {
  let rule: SeedRule

  init(_ rule: SeedRule) { self.rule = rule }

  var text: String {
    switch rule {
    case .once: "one deterministic value: inside it passes, outside it fails"
    case .every: "\(rule): all inside pass, one outside fails"
    case .mean, .sequence, .median:
      "\(rule): passes if the 90 % interval lies inside, fails if the 95 % interval lies outside, "
        + "else undecided"
    case .share:
      "\(rule) inside: passes if the 90 % interval of the share lies above, fails if the 95 % "
        + "interval lies below, else undecided"
    }
  }
}
