import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Runner

struct JudgeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "judge",
    abstract: "Judge recorded runs again by the declarations that stand now; nothing is run.",
    discussion: """
      For each paper the last complete run of the tier is judged from the registry alone. What was \
      recorded stays; the claims whose verdict moved, or whose declaration did, are marked.
      """)

  @Argument(help: "The papers; all by default.") var papers: [String] = []
  @Option(help: "The tier.") var tier = Tier.standard
  @Flag(help: "Show only what moved.") var changes = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let selected = papers.isEmpty ? Replicate.catalogue : try papers.map(Selection.paper)
    guard !selected.isEmpty else { throw SelectionError.nothing }
    let registry = try place.openForReading()
    let runs = try registry.latestRuns().filter { $0.tier == tier.rawValue }
    var judged: [JudgedRun] = []
    for paper in selected {
      guard let run = runs.first(where: { $0.paper == paper.paper.id }) else {
        if papers.isEmpty { continue }
        throw ShowError.noRun(paper: paper.paper.id, tier: tier)
      }
      judged.append(try JudgedRun(paper, at: tier, run, in: registry))
    }
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(try Canonical.text(JudgeJSON(tier: tier, runs: judged)))
    } else {
      for run in judged { show(run, terminal) }
      for line in SuiteAlarm(judged).text.wrapped(to: terminal.width) { terminal.print(line) }
    }
    try ExitStatus(of: judged.map(\.verdict)).exit()
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
          + (claim.isAmended ? "  under an amended declaration" : ""))
      if claim.hasMoved {
        for line in claim.reason.inert.wrapped(to: terminal.width - 5) {
          terminal.print("     \(line)")
        }
      }
    }
  }
}

/// What the failures of many claims together say.
struct SuiteAlarm {
  /// How many claims were judged, and how many failed.
  private(set) var (claims, failures) = (0, 0)
  /// The failed claims that chance does not explain.
  private(set) var standing: [String] = []

  init(_ runs: [JudgedRun]) {
    let judged = runs.flatMap { run in run.claims.map { (run.paper, $0) } }
      .filter { $0.1.standing == .judged }
    let rejected = holmRejections(of: judged.map(\.1.failValue), level: 0.05)
    claims = judged.count
    failures = judged.count { $0.1.verdict == .fail }
    standing = zip(judged, rejected).filter { $1 && $0.1.verdict == .fail }
      .map { "\($0.0.0)/\($0.0.1.id)" }
  }

  /// The alarm in words.
  var text: String {
    if failures == 0 { return "none of \(claims) claims failed" }
    let few = "\(failures) of \(claims) claims failed; "
    return standing.isEmpty
      ? few + "by Holm's rule at 5 % over all of them it may be chance"
      : few + "by Holm's rule at 5 % over all of them chance does not explain "
        + standing.joined(separator: ", ")
  }
}

/// The object that `judge --json` prints.
private struct JudgeJSON: Encodable {
  var schema = "replicate.judge/1"
  var tier: Tier
  var runs: [JudgedRun]
}

/// A recorded run as the declarations of today judge it.
struct JudgedRun: Encodable {
  var paper: String
  var run: Digest
  var verdict: Verdict
  var claims: [Claim]

  struct Claim: Encodable {
    var id: String
    var version: Digest
    var verdict: Verdict
    var reason: String
    /// What was recorded for the claim; nil where that run judged no such claim.
    @Null var before: Verdict?
    /// How the verdict counts.
    var standing: ClaimResult.Standing
    /// The p-value of the hypothesis that the claim holds.
    var failValue: Double
    /// Whether the declaration is another one than the one that was recorded.
    var isAmended: Bool

    /// Whether the verdict is another one than the recorded.
    var hasMoved: Bool { before != verdict }
  }

  init(
    _ paper: any Replication.Type, at tier: Tier, _ run: RunSummary, in registry: ResultRegistry
  ) throws {
    self.paper = paper.paper.id
    self.run = run.id
    let entry = try registry.entry(of: run.id)
    let recorded = Dictionary(
      entry.claims.map { ($0.digest, $0.claim) }, uniquingKeysWith: { first, _ in first })
    var before: [String: (version: Digest, verdict: Verdict)] = [:]
    for verdict in entry.verdicts {
      if let claim = recorded[verdict.claim] {
        before[claim] = (verdict.claim, Verdict(verdict.verdict))
      }
    }
    let isSequential = entry.run.arguments.contains("--until-decided")
    let judged = try paper.judge(
      at: tier, seeding: isSequential ? .untilDecided : .declared,
      from: registry.results(of: run.id))
    verdict = Verdict.worst(of: judged.map(\.contribution))
    let declarations = paper.declarations(at: tier)
    claims = try judged.map { claim in
      let declaration = declarations.first { $0.claim == claim.id }
      let version = try declaration?.record.digest ?? claim.version
      let known = before[claim.id]
      return Claim(
        id: claim.id, version: version, verdict: claim.verdict, reason: claim.reason,
        before: known?.verdict, standing: claim.standing,
        failValue: claim.failValue(by: declaration?.seeds ?? .once),
        isAmended: known.map { $0.version != version } ?? false)
    }
  }
}
