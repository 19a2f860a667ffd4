import ArgumentParser
import Digests
import Evidence
import Foundation
import Provenance
import Registry
import Replication
import Reports
import Runner

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge recorded runs again; nothing is executed.",
    discussion: """
      The last complete run of each paper is judged from the registry alone, by the declarations that \
      stand now and by the present edition of the rules. What was recorded stays; the new verdicts \
      are recorded beside it, and what moved is marked.
      """)

  @Argument(help: "The papers; all by default.") var papers: [String] = []
  @Option(help: "The tier.") var tier = Tier.standard
  @Option(help: "The edition of the rules: 1 or 2.") var at = Edition.current
  @Flag(
    name: .customLong("as-recorded"),
    help: "Judge by the versions of the claims that the runs recorded.")
  var asRecorded = false
  @Flag(name: .customLong("every-run"), help: "Judge every finished run, not only the last.")
  var everyRun = false
  @Flag(help: "Show only what moved.") var changes = false
  @Flag(name: .customLong("no-record"), help: "Record nothing.") var noRecord = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let registry = try noRecord ? place.openForReading() : place.open()
    let source = SourceState(of: URL(filePath: FileManager.default.currentDirectoryPath))
    let judged = try runs(in: registry).map { run in
      if asRecorded {
        return try JudgedRun(recorded: run, by: at, from: source, in: registry)
      }
      return try JudgedRun(
        try Selection.paper(run.paper), at: tier, run, by: at, from: source, in: registry)
    }
    guard !judged.isEmpty else { throw SelectionError.nothing }
    if !noRecord { try registry.record(judged.flatMap(\.rejudgements)) }
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(try Canonical.text(JudgeJSON(tier: tier, edition: at, runs: judged)))
    } else {
      for run in judged { show(run, terminal) }
      let alarm = SuiteAlarm(judged.flatMap(\.alarms))
      if !asRecorded {
        for line in alarm.text.wrapped(to: terminal.width) { terminal.print(line) }
      }
    }
    try ExitStatus(of: judged.map(\.verdict)).exit()
  }

  /// The runs to judge: of papers that are named there must be one.
  private func runs(in registry: ResultRegistry) throws -> [RunSummary] {
    let known = Set(Replicate.catalogue.map { $0.paper.id })
    let finished =
      try everyRun ? registry.runs().filter { $0.verdict != nil } : registry.latestRuns()
    let runs = finished.filter { $0.tier == tier.rawValue }
    if papers.isEmpty { return runs.filter { asRecorded || known.contains($0.paper) } }
    return try papers.flatMap { paper in
      // The record of a paper that is gone can still be judged.
      let id = asRecorded ? paper : try Selection.paper(paper).paper.id
      let found = runs.filter { $0.paper == id }
      if found.isEmpty { throw ShowError.noRun(paper: id, tier: tier) }
      return found
    }
  }

  private func show(_ run: JudgedRun, _ terminal: Terminal) {
    let moved = run.claims.filter(\.hasMoved)
    terminal.print(
      terminal.styled(run.paper, .bold) + " run \(run.run.short): "
        + (moved.isEmpty ? "no verdict moved" : "\(moved.count) moved"))
    for claim in run.claims where claim.hasMoved || !changes {
      let mark = VerdictMark(claim.verdict)
      let before = claim.before.map { claim.hasMoved ? " (was \($0.rawValue))" : "" } ?? " (new)"
      terminal.print(
        terminal.styled(mark.text, mark.style) + " \(claim.id)\(before)"
          + (claim.isAmended ? "  under an amended declaration" : "")
          + (claim.isUnexplained ? "  although neither claim nor rules did" : ""))
      for line in claim.goalposts?.lines ?? [] { show(line, terminal) }
      if claim.hasMoved { show(claim.reason, terminal) }
    }
  }

  private func show(_ text: String, _ terminal: Terminal) {
    for line in text.inert.wrapped(to: terminal.width - 5) { terminal.print("     \(line)") }
  }
}

/// The object that `judge --json` prints.
private struct JudgeJSON: Encodable {
  var schema = "replicate.judge/1"
  var tier: Tier
  var edition: Edition
  var runs: [JudgedRun]
}
