import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Reports
import Runner

struct HistoryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "history", abstract: "Show how the verdicts of a paper or claim moved.")

  @Argument(help: "A paper, or a claim as <paper-id>/<claim-id>.") var path: String
  @Flag(help: "Show only judgements that moved a verdict or its claim.") var changes = false
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print comma-separated values.") var csv = false
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if json && csv { throw ValidationError("Choose --json or --csv, not both.") }
  }

  func run() throws {
    let (paper, claim) = try Selection.claim(path)
    let registry = try place.openForReading()
    let judgements = try registry.history(of: paper.paper.id, claim: claim)
    let all = HistoryJSON.entries(judgements, try Goalposts(of: paper.paper.id, in: registry))
    let shown = changes ? moved(all) : Array(all.indices)
    let entries = shown.map { all[$0] }
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(
        try Canonical.text(HistoryJSON(paper: paper.paper.id, entries: entries)))
    } else if csv {
      let lines = CSV.lines(
        shown.map { (judgements[$0], all[$0].goalposts?.lines ?? []) })
      for line in lines { terminal.print(line) }
    } else if entries.isEmpty {
      terminal.print("\(path): nothing recorded; run: replicate \(paper.paper.id)")
    } else {
      for line in table(entries).lines(width: terminal.width) { terminal.print(line) }
      for entry in entries { showMove(of: entry, terminal) }
    }
  }

  private func table(_ entries: [HistoryJSON.Entry]) -> TextTable {
    var table = TextTable(header: ["when", "commit", "tier", "", "claim", "measured", "version"])
    for entry in entries {
      let interval = entry.interval.map { Interval(lower: $0[0], upper: $0[1]) }
      table.rows.append([
        String((entry.judgedAt ?? entry.startedAt).prefix(16)),
        (entry.commit.map { String($0.prefix(8)) } ?? "none") + (entry.clean == true ? "" : "*"),
        entry.tier, VerdictMark(entry.verdict).text, entry.claim,
        entry.estimate.map { measuredText($0, interval: interval, unit: entry.unit) }
          ?? "no number",
        entry.version.short + (entry.goalposts == nil ? "" : " moved")
          + (entry.judgedAt == nil ? "" : ", judged again by edition \(entry.edition)"),
      ])
    }
    return table
  }

  private func showMove(of entry: HistoryJSON.Entry, _ terminal: Terminal) {
    guard let move = entry.goalposts else { return }
    terminal.print("")
    terminal.print("goalposts of \(entry.claim) moved with \(entry.version.short):".inert)
    for line in move.lines.flatMap({ $0.inert.wrapped(to: terminal.width - 2) }) {
      terminal.print("  \(line)")
    }
  }

  /// The places of judgements whose verdict or claim version differs from the one before at their tier.
  private func moved(_ judgements: [HistoryJSON.Entry]) -> [Int] {
    var last: [String: HistoryJSON.Entry] = [:]
    return judgements.indices.filter { index in
      let entry = judgements[index]
      let key = "\(entry.tier)/\(entry.claim)"
      defer { last[key] = entry }
      return last[key].map { $0.verdict != entry.verdict || $0.version != entry.version } ?? true
    }
  }
}

/// The object that `history --json` prints.
struct HistoryJSON: Encodable {
  var schema = "replicate.history/1"
  var paper: String
  var entries: [Entry]

  struct Entry: Encodable {
    var run: Digest
    var claim: String
    var version: Digest
    var tier: String
    var startedAt: String
    @Null var commit: String?
    @Null var clean: Bool?
    var verdict: Verdict
    @Null var estimate: Double?
    @Null var interval: [Double]?
    var unit: String
    var n: Int
    var reason: String
    /// The edition of the rules of judging.
    var edition: Int
    /// When it was judged again from what the run recorded; null for the run's own judgement.
    @Null var judgedAt: String?
    /// What the claim demands differently from the judgement before it, and why.
    @Null var goalposts: GoalpostMove?

    init(_ judgement: JudgementSummary, goalposts: GoalpostMove?) {
      run = judgement.run
      claim = judgement.claim
      version = judgement.version
      tier = judgement.tier
      startedAt = judgement.startedAt.description
      commit = judgement.commit
      clean = judgement.isClean
      verdict = Verdict(judgement.verdict)
      estimate = judgement.estimate
      interval = judgement.interval.map { [$0.low, $0.high] }
      unit = judgement.unit
      n = judgement.n
      reason = judgement.reason
      edition = judgement.edition
      judgedAt = judgement.judgedAt?.description
      self.goalposts = goalposts
    }
  }

  /// Judgements in their order, each with what moved since the one before it of its claim and tier.
  static func entries(_ judgements: [JudgementSummary], _ posts: Goalposts) -> [Entry] {
    var last: [String: Digest] = [:]
    return judgements.map { judgement in
      let key = "\(judgement.tier)/\(judgement.claim)"
      defer { last[key] = judgement.version }
      return Entry(
        judgement,
        goalposts: last[key].flatMap { posts.move(to: posts[judgement.version], from: $0) })
    }
  }
}
