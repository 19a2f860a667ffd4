public import ArgumentParser
import Digests
public import Evidence
import Foundation
import Provenance
import Registry
public import Replication
import Runner
import Tensors

struct RunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run papers and judge their claims.")

  @OptionGroup var selection: PaperSelection
  @Option(help: "How much to run: smoke, standard or full.") var tier = Tier.standard
  @Option(help: "Run this many seeds in place of the declared number.") var seeds: Int?
  @Flag(
    name: .customLong("until-decided"),
    help: "Run seeds until each claim about a mean is decided, at most eight times the declared.")
  var untilDecided = false
  @Option(name: .customLong("claim"), help: "Judge only this claim; may be repeated.")
  var claims: [String] = []
  @Option(help: "Worker processes side by side; one for each core by default.") var jobs: Int?
  @Option(help: "Threads inside one trial.") var threads = 1
  @Flag(help: "Execute trials again that are recorded already.") var fresh = false
  @Flag(name: .customLong("no-record"), help: "Keep nothing of this run.") var noRecord = false
  @Flag(help: "Print one JSON object a run.") var json = false
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    func positive(_ option: String, _ value: Int?) throws {
      if let value, value < 1 { throw ValidationError("\(option) must be at least 1") }
    }
    try positive("--seeds", seeds)
    try positive("--jobs", jobs)
    try positive("--threads", threads)
    if threads > 1024 { throw ValidationError("--threads must be at most 1024") }
    if untilDecided && seeds != nil {
      throw ValidationError("Choose --seeds or --until-decided, not both.")
    }
  }

  func run() async throws {
    try Kernels.check()
    let selected = try selection.papers(at: tier) { try place.openForReading() }
    for claim in claims where !selected.contains(where: { $0.claimKeys.contains(claim) }) {
      let keys = selected.flatMap { $0.claimKeys }
      throw SelectionError.unknownClaim(
        paper: selected.map { $0.paper.id }.joined(separator: ", "), claim,
        nearest: Selection.nearest(to: claim, of: keys))
    }
    let judged = Set(selected.flatMap { $0.declarations(at: tier) }.map(\.claim))
    let unjudged = claims.filter { !judged.contains($0) }
    guard unjudged.isEmpty else {
      throw SelectionError.notJudged(
        paper: selected.map { $0.paper.id }.joined(separator: ", "),
        claims: unjudged.joined(separator: ", "), tier: tier.rawValue)
    }
    let chosen = selected.filter { paper in
      claims.isEmpty || paper.declarations(at: tier).contains { claims.contains($0.claim) }
    }
    let problems = selected.flatMap { $0.problems() }
    guard problems.isEmpty else { throw DeclarationErrors(problems: problems) }

    let registry = noRecord ? try ResultRegistry() : try place.open()
    let spool =
      noRecord
      ? FileManager.default.temporaryDirectory.appending(path: "replicate-\(getpid())")
      : place.spool
    defer { if noRecord { try? FileManager.default.removeItem(at: spool) } }
    var verdicts: [Verdict] = []
    var alarms: [SuiteAlarm.Claim] = []
    for paper in chosen {
      let source = source(of: paper)
      var request = RunRequest(
        paper, at: tier, registry: registry, spool: spool, stages: PlaceOptions.stages,
        source: source, arguments: recordedArguments)
      request.claims = claims.isEmpty ? nil : Set(claims)
      request.seeding = untilDecided ? .untilDecided : seeds.map { .count($0) } ?? .declared
      request.jobs = jobs
      request.threads = threads
      request.fresh = fresh
      request.data = place.store
      request.memory = Int(ProcessInfo.processInfo.physicalMemory)
      request.ledger = entersLedger(paper, source) ? PlaceOptions.ledger : nil
      let progress = Progress(paper: paper.paper.id, isQuiet: json)
      let report = try await request.execute { progress.show($0) }
      progress.clear()
      if json {
        Terminal.standardOutput.print(try RunJSON(report).text)
      } else {
        ResultScreen(report: report, paper: paper, isRecorded: !noRecord).print(to: .standardOutput)
      }
      verdicts.append(report.verdict)
      alarms += report.claims.compactMap { SuiteAlarm.Claim(paper, $0, at: tier) }
    }
    if !json, chosen.count > 1 { Terminal.standardOutput.print("\n\(SuiteAlarm(alarms).text)") }
    try ExitStatus(of: verdicts).exit()
  }

  /// The options that bear on the results, without places of this machine.
  private var recordedArguments: [String] {
    var arguments = ["--tier", tier.rawValue]
    for claim in claims { arguments += ["--claim", claim] }
    if let seeds { arguments += ["--seeds", "\(seeds)"] }
    if untilDecided { arguments.append("--until-decided") }
    if let jobs { arguments += ["--jobs", "\(jobs)"] }
    arguments += ["--threads", "\(threads)"]
    if fresh { arguments.append("--fresh") }
    return arguments
  }

  /// The state of the repository that one stands in, with a word where the paper's sources are
  /// not in it.
  private func source(of paper: any Replication.Type) -> SourceState {
    var source = SourceState(of: URL(filePath: FileManager.default.currentDirectoryPath))
    // Entries that earlier runs left in the ledger bear on no result.
    if let changes = source.changes, changes.lie(under: "registry/ledger/") {
      source.changes = SourceState.Changes()
      source.diff = nil
    }
    if isElsewhere(paper, than: source) {
      source.unknowns.append(
        SourceState.Unknown(
          "commit of the sources", because: "the paper's sources lie outside of this repository"))
    }
    return source
  }

  /// Whether the paper's sources are on this machine and not in a repository.
  private func isElsewhere(_ paper: any Replication.Type, than source: SourceState) -> Bool {
    let folder = URL(filePath: paper.paper.folder).resolvingSymlinksInPath().path
    guard FileManager.default.fileExists(atPath: folder) else { return false }
    guard let root = source.root?.resolvingSymlinksInPath().path else { return true }
    return !folder.hasPrefix(root + "/")
  }

  /// Whether the run is worth committing: all of a paper, beyond smoke, at a known state of the
  /// repository, which has the paper's sources in it.
  private func entersLedger(_ paper: any Replication.Type, _ source: SourceState) -> Bool {
    !noRecord && tier != .smoke && claims.isEmpty && seeds == nil && source.isClean == true
      && !isElsewhere(paper, than: source)
  }
}

extension Tier: ExpressibleByArgument {}
extension Edition: ExpressibleByArgument {}
