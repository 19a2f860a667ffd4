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
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let (paper, claim) = try Selection.claim(path)
    let registry = try place.openForReading()
    let judgements = try registry.history(of: paper.paper.id, claim: claim)
    let all = HistoryJSON.entries(judgements, try Goalposts(of: paper.paper.id, in: registry))
    let shown = changes ? moved(all) : Array(all.indices)
    if output.json {
      let entries = shown.map { all[$0] }
      try output.show(HistoryJSON(paper: paper.paper.id, entries: entries))
    } else if output.csv {
      output.show(CSV.lines(shown.map { (judgements[$0], all[$0].goalposts?.lines ?? []) }))
    } else if shown.isEmpty {
      output.show(["\(path): nothing recorded; run: replicate \(paper.paper.id)"])
    } else {
      let terminal = Terminal.standardOutput
      let moves = shown.flatMap { moveLines(of: all[$0], on: terminal) }
      output.show(table(all, shown, on: terminal).lines(on: terminal) + moves)
    }
  }

  private func table(
    _ all: [HistoryJSON.Entry], _ shown: [Int], on terminal: Terminal
  ) -> TextTable {
    var table = TextTable([
      .init(title: "when"), .init(title: "commit"), .init(title: "tier"), .init(title: ""),
      .init(title: "claim", fit: .shortened), .init(title: "measured", fit: .wrapped),
      .init(title: "trend"), .init(title: "version", fit: .wrapped),
    ])
    var trends: [String: [Double?]] = [:]
    let isShown = Set(shown)
    for (index, entry) in all.enumerated() {
      let key = "\(entry.tier)/\(entry.claim)"
      // A run that was judged again measured nothing new.
      if entry.judgedAt == nil { trends[key, default: []].append(entry.estimate) }
      guard isShown.contains(index) else { continue }
      let mark = VerdictMark(entry.verdict)
      let texts = [
        String((entry.judgedAt ?? entry.startedAt).prefix(16)),
        commitText(entry.commit, isClean: entry.clean), entry.tier, mark.text, entry.claim,
        numbersText(entry.estimate, entry.interval, unit: entry.unit),
        Sparkline(trends[key] ?? [], hasUnicode: terminal.hasUnicode).text,
        entry.version.short + (entry.goalposts == nil ? "" : " moved")
          + (entry.judgedAt == nil ? "" : ", judged again by edition \(entry.edition)"),
      ]
      table.append(
        texts.enumerated().map { .init(text: $1, style: $0 == 3 ? mark.style : nil) })
    }
    return table
  }

  /// What moved with a judgement; a line each where nobody watches.
  private func moveLines(of entry: HistoryJSON.Entry, on terminal: Terminal) -> [String] {
    guard let move = entry.goalposts else { return [] }
    let texts = move.lines.map(\.inert)
    let lines = terminal.tableWidth.map { width in
      texts.flatMap { $0.wrapped(to: width - 2) }
    }
    return ["", "goalposts of \(entry.claim) moved with \(entry.version.short):".inert]
      + (lines ?? texts).map { "  \($0)" }
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
