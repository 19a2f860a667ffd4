import Digests
import Evidence
import Provenance
import Registry

/// The page of a run: everything that was recorded of it.
struct RunPage {
  let detail: RunDetail
  /// The paper's title.
  let title: String
  /// Whether the whole run is beside the page as a file.
  let hasFiles: Bool
  /// Whether it will be loaded again by itself, since the run is under way.
  let isFollowed: Bool
  let frame: PageFrame

  /// The most trials and the most characters of a diff that a page shows.
  static let most = (trials: 60, diff: 20_000)

  init(_ detail: RunDetail, title: String, hasFiles: Bool, isFollowed: Bool = false) {
    self.isFollowed = isFollowed
    self.detail = detail
    self.title = title
    self.hasFiles = hasFiles
    let run = detail.run
    frame = PageFrame(
      location: .run(run.id), title: "Run \(run.id.short) of \(title)",
      trail: [("Papers", .overview), (title, .paper(run.paper))])
  }

  /// The state of a run: its verdict, or that it has none.
  static func state(of run: RunSummary) -> Markup {
    if let verdict = run.verdict { return VerdictSign(Verdict(verdict)).chip }
    return run.endedAt == nil
      ? "<span class=\"mute\">not ended</span>" : "<span class=\"mute\">interrupted</span>"
  }

  var page: [UInt8] {
    let run = detail.run
    let sign = detail.end?.verdict.map { VerdictSign(Verdict($0)).chip }
    let content: Markup = """
      <p class="kind">Run of <a href="\(frame.link(.paper(run.paper)))">\(title)</a></p>\
      <h1 class="id">\(run.id.short)</h1><div class="now">\
      \(sign ?? "<span class=\"mute\">not ended: under way, or killed</span>")<p>\(run.tier) tier, \
      \(run.startedAt.minute) UTC, \(counted(detail.trials.count, "trial")), \
      \(counted(run.seeds.count, "seed")).</p></div>\(following)\(claims)
      \(later)<h2>To run it again</h2>\(again)\(facts)\(changes)\(trials)\(files)
      """
    return frame.page(content)
  }

  private var following: Markup {
    isFollowed
      ? """
      <p class="key">This page is loaded again every five seconds while the run is under way. <a \
      href="?still">Show it as it is now</a></p>
      """ : ""
  }

  private var claims: Markup {
    if detail.judgements.isEmpty { return "<p>It judged no claim.</p>" }
    let paper = detail.run.paper
    let rows = detail.judgements.markup { entry -> Markup in
      let judged = JudgedInterval(entry, by: nil)
      let control = detail.controls[entry.version].map { VerdictSign(Verdict($0.verdict)).word }
      return """
        <tr><td>\(VerdictSign(Verdict(entry.verdict)).chip)</td><th scope="row"><a class="id" \
        href="\(frame.link(.claim(paper: paper, entry.claim)))">\(entry.claim)</a><small>\
        \(entry.reason)</small></th><td class="num">\(judged.measuredText)</td><td class="num" \
        data-l="seeds">\(entry.n)</td><td class="mute" data-l="under its control">\(control ?? "none")</td>\
        <td class="id" data-l="version">\(entry.version.short)</td></tr>

        """
    }
    return table(
      "Claims as this run judged them",
      ["Verdict", "Claim", "Measured", "Seeds", "Under control", "Version"], rows, name: "claims")
  }

  /// Judgements that were made later from what the run recorded.
  private var later: Markup {
    if detail.rejudgements.isEmpty { return "" }
    let rows = detail.rejudgements.markup { entry -> Markup in
      """
      <tr><td>\(VerdictSign(Verdict(entry.verdict)).chip)</td><th scope="row"><a class="id" \
      href="\(frame.link(.claim(paper: detail.run.paper, entry.claim)))">\(entry.claim)</a><small>\
      \(entry.reason)</small></th><td>\(entry.judgedAt?.minute ?? "")</td><td class="num" \
      data-l="edition">\(entry.edition)</td><td class="id" data-l="version">\(entry.version.short)</td></tr>

      """
    }
    return "<h2>Judged again</h2>"
      + table(
        "Later judgements of what this run recorded",
        ["Verdict", "Claim", "Judged", "Edition", "Version"], rows, name: "claims")
  }

  private var again: Markup {
    let run = detail.run
    let command = (["replicate", "run", run.paper] + run.arguments).map(shellWord)
      .joined(separator: " ")
    guard let commit = run.source.commit else {
      return
        "<p>Its commit is not known. With the sources it had:</p><pre tabindex=\"0\">\(command)</pre>"
    }
    let doubt: Markup =
      switch run.source.isClean {
      case true?: ""
      case false?: "<p>The tree differed from the commit: apply the changes below first.</p>"
      case nil: "<p>Whether the tree differed from the commit is not known.</p>"
      }
    let promise: Markup? = detail.end?.outcomeDigest.map {
      "<p>On any machine the outcome digest is <code>\($0.description)</code>.</p>"
    }
    return """
      <pre tabindex="0">git switch --detach \(shellWord(commit))
      swift build -c release --product replicate
      .build/release/\(command)</pre>\(doubt)\(promise)
      """
  }

  private var facts: Markup {
    let (run, machine) = (detail.run, detail.run.environment)
    let seeds =
      run.seeds.prefix(24).map(String.init).joined(separator: ", ")
      + (run.seeds.count > 24 ? " … \(run.seeds.last ?? 0)" : "")
    func fact(_ name: Markup, _ value: String?) -> Markup {
      value.map { $0.isEmpty ? "" : "<dt>\(name)</dt><dd>\($0)</dd>" } ?? ""
    }
    let executed = detail.trials.count { $0.executedIn == run.id }
    let spent = detail.trials.reduce(0) { $0 + $1.seconds }
    return """
      <h2>Recorded</h2><dl class="facts wide"><dt>Run</dt><dd class="id">\(run.id.description)</dd>\
      <dt>Commit</dt><dd>\(frame.commitLink(run.source.commit, isClean: run.source.isClean))\
      \(run.source.branch.map { " on \($0)" } ?? "")</dd>\(fact("Repository", run.source.remote))\
      \(fact("Began", "\(run.startedAt)"))\(fact("Ended", detail.end.map { "\($0.endedAt)" }))\
      \(fact("Took", detail.end.map { durationText($0.seconds) }))\
      \(fact("Trials", "\(executed) executed, \(detail.trials.count - executed) recorded before, \(durationText(spent)) of trials in all"))\
      \(fact("Note", detail.end?.note))\(fact("Arguments", run.arguments.joined(separator: " ")))\
      \(fact("Seeds", seeds))\(fact("Processor", "\(machine.processor), \(machine.architecture), \(machine.simdLevel) kernels, \(machine.cores) cores"))\
      \(fact("System", "\(machine.system), \(machine.kernel)"))\(fact("Toolchain", machine.toolchain))\
      \(fact("Paper’s sources", run.paperTree?.description))\(fact("Core’s sources", run.coreTree?.description))\
      \(run.source.unknowns.markup { fact("Unknown", "\($0.what): \($0.why)") })</dl>
      """
  }

  private var changes: Markup {
    guard let diff = detail.run.source.diff else { return "" }
    let shown = diff.prefix(Self.most.diff)
    let rest: Markup =
      shown.endIndex == diff.endIndex
      ? "" : "<p class=\"key\">The rest of the patch is left out here.</p>"
    return """
      <h2>Changes beside the commit</h2><details><summary>The patch</summary><pre tabindex="0">\(shown)</pre>\
      \(rest)</details>
      """
  }

  private var trials: Markup {
    if detail.trials.isEmpty { return "" }
    // What went wrong comes first.
    let ordered =
      detail.trials.filter { $0.status != .completed }
      + detail.trials.filter { $0.status == .completed }
    let shown = ordered.prefix(Self.most.trials)
    let rows = shown.markup { trial -> Markup in
      """
      <tr><td class="num">\(String(trial.seed))</td><td><code>\(shortened(trial.setup, to: 160))</code></td>\
      <td>\(trial.status.rawValue)\(trial.message.map { ": \(shortened($0, to: 300))" } ?? "")</td>\
      <td class="id">\(trial.outcomeDigest?.short ?? "")</td><td class="num">\(durationText(trial.seconds))</td></tr>

      """
    }
    let rest: Markup =
      shown.count == ordered.count
      ? ""
      : "<p class=\"key\">\(shown.count) of \(ordered.count) trials are shown, those without an outcome first.</p>"
    return """
      <h2>Trials</h2>\(table(
        "Trials", ["Seed", "Setup", "State", "Outcome", "Took"], rows, isSortable: true))\(rest)
      """
  }

  private var files: Markup {
    let run = detail.run.id
    guard hasFiles else {
      let query =
        "SELECT trials.* FROM run_trials JOIN trials ON trials.id = run_trials.trial "
        + "WHERE run_trials.run = '\(run)'"
      return """
        <h2>Files</h2><p>The outcomes of its trials are in the registry that these pages were made from, an \
        SQLite file, and not beside this page: only runs of the ledger and the last complete run of each tier \
        have files here. <code>replicate serve</code> offers them for every run, and so does</p><pre \
        tabindex="0">sqlite3 -json registry.sqlite \(shellWord(query))</pre>
        """
    }
    return """
      <h2>Files</h2><ul><li><a href="\(frame.link(.ledgerEntry(run)))">The whole run as JSON</a>, as the \
      ledger keeps it</li><li><a href="\(frame.link(.trials(run)))">All trials as CSV</a></li></ul>
      """
  }
}

/// A text as one word of a shell's command line.
package func shellWord(_ text: String) -> String {
  let isPlain =
    !text.isEmpty
    && text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
        UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "="), UInt8(ascii: ","):
        true
      default: false
      }
    }
  return isPlain ? text : "'" + text.replacing("'", with: #"'\''"#) + "'"
}
