import ArgumentParser
import Digests
import Evidence
import Registry
import Replication

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
    let judgements = try place.openForReading().history(of: paper.paper.id, claim: claim)
    let entries = changes ? moved(judgements) : judgements
    let terminal = Terminal.standardOutput
    if json {
      let object = HistoryJSON(paper: paper.paper.id, entries: entries.map(HistoryJSON.Entry.init))
      terminal.print(try Canonical.text(object))
    } else if csv {
      for line in CSV.lines(entries) { terminal.print(line) }
    } else if entries.isEmpty {
      terminal.print("\(path): nothing recorded; run: replicate \(paper.paper.id)")
    } else {
      for line in table(entries).lines(width: terminal.width) { terminal.print(line) }
    }
  }

  private func table(_ entries: [JudgementSummary]) -> TextTable {
    var table = TextTable(header: ["when", "commit", "tier", "", "claim", "measured", "version"])
    for entry in entries {
      let interval = entry.interval.map { Interval(lower: $0.low, upper: $0.high) }
      table.rows.append([
        String(entry.startedAt.description.prefix(16)),
        (entry.commit.map { String($0.prefix(8)) } ?? "none") + (entry.isClean == true ? "" : "*"),
        entry.tier, VerdictMark(Verdict(entry.verdict)).text, entry.claim,
        entry.estimate.map { measuredText($0, interval: interval, unit: entry.unit) }
          ?? "no number",
        entry.version.short,
      ])
    }
    return table
  }

  /// The judgements whose verdict or claim version differs from the one before at their tier.
  private func moved(_ judgements: [JudgementSummary]) -> [JudgementSummary] {
    var last: [String: JudgementSummary] = [:]
    return judgements.filter { entry in
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

    init(_ judgement: JudgementSummary) {
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
    }
  }
}
