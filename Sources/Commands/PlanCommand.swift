import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Runner

struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Say what a run would cost and how likely its claims are to be decided.",
    discussion: """
      Spreads and costs come from the last complete run of the tier, else spreads from what the \
      claim expects. The chance to pass is that of its hardest condition if that is the truth.
      """)

  @OptionGroup var selection: PaperSelection
  @Option(help: "The tier.") var tier = Tier.standard
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let registry = try place.openForReading()
    let selected = try selection.papers(at: tier) { registry }
    let runs = try registry.latestRuns().filter { $0.tier == tier.rawValue }
    let plans = try selected.map { paper in
      try PaperPlan(
        paper, at: tier, after: runs.first { $0.paper == paper.paper.id }, in: registry)
    }
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(try Canonical.text(PlanJSON(tier: tier, papers: plans)))
    } else {
      for plan in plans { show(plan, terminal) }
    }
  }

  private func show(_ plan: PaperPlan, _ terminal: Terminal) {
    terminal.print(terminal.styled(plan.id, .bold) + " at \(tier.rawValue)")
    let cost = plan.seconds.map { "about \(numberText($0 / 60, significant: 2)) core minutes" }
    terminal.print("  \(plan.trials) trials, \(cost ?? "of unknown cost: never run to its end")")
    var table = TextTable(header: ["claim", "rule", "spread", "margin", "to pass", "for 80 %"])
    for claim in plan.claims {
      func text(_ value: Double?) -> String {
        value.map { numberText($0, significant: 2) } ?? ""
      }
      table.append([
        claim.id, claim.rule, text(claim.spread), text(claim.margin), text(claim.chance),
        claim.outlook,
      ])
    }
    for line in table.lines(on: terminal, indent: 2) { terminal.print("  \(line)") }
    terminal.print("")
  }
}

/// The object that `plan --json` prints.
private struct PlanJSON: Encodable {
  var schema = "replicate.plan/1"
  var tier: Tier
  var papers: [PaperPlan]
}

/// What one paper's run would need.
struct PaperPlan: Encodable {
  var id: String
  var trials: Int
  /// What the trials would take on one core, from those recorded; nil where none is.
  @Null var seconds: Double?
  /// The run that spreads and costs come from.
  @Null var run: Digest?
  var claims: [ClaimPlan]

  init(
    _ paper: any Replication.Type, at tier: Tier, after last: RunSummary?,
    in registry: ResultRegistry
  ) throws {
    id = paper.paper.id
    run = last?.id
    let keys = try paper.trials(at: tier)
    trials = keys.count
    var judged: [String: ClaimResult] = [:]
    if let last {
      var costs: [String: [Double]] = [:]
      for trial in try registry.trials(of: last.id) {
        costs[trial.setup.text, default: []].append(trial.seconds)
      }
      let known = costs.mapValues { $0.reduce(0, +) / Double($0.count) }
      let typical = known.values.sorted().reduce(0, +) / Double(max(1, known.count))
      seconds = keys.reduce(0) { $0 + (known[$1.setup] ?? typical) }
      for claim in try paper.judge(at: tier, from: registry.results(of: last.id)) {
        judged[claim.id] = claim
      }
    } else {
      seconds = nil
    }
    claims = paper.declarations(at: tier).map { declaration in
      ClaimPlan(declaration, judged[declaration.claim])
    }
  }
}

/// What one claim's verdict would need.
struct ClaimPlan: Encodable {
  var id: String
  var rule: String
  /// Whether each seed decides, so that there is no chance to speak of.
  var isExact: Bool
  /// Of the condition and cell that is hardest to pass: the spread between seeds.
  @Null var spread: Double?
  /// How far its mean is inside the band; negative outside.
  @Null var margin: Double?
  /// The chance to pass with the declared seeds.
  @Null var chance: Double?
  /// The seeds for a chance of 80 %.
  @Null var seedsNeeded: Int?

  /// The seeds for a chance of 80 % in words.
  var outlook: String {
    if isExact { return "exact" }
    if let seedsNeeded { return "\(seedsNeeded) seeds" }
    if rule.hasPrefix("mean") { return spread == nil ? "unknown spread" : "not by seeds" }
    return "no forecast"
  }

  init(_ declaration: ClaimDeclaration, _ judged: ClaimResult?) {
    id = declaration.claim
    rule = declaration.seeds.description
    isExact = !declaration.seeds.isStatistical
    guard case .mean(of: let seeds) = declaration.seeds else {
      (spread, margin, chance, seedsNeeded) = (nil, nil, nil, nil)
      return
    }
    let recorded = (judged?.conditions ?? []).flatMap { condition in
      condition.cells.compactMap { Self.statistics(of: $0, in: condition.band) }
    }
    // What was measured says more than what was expected.
    let cells =
      recorded.isEmpty
      ? declaration.conditions.compactMap { part in
        part.forecast.map { ($0.mean, $0.spread, part.band) }
      } : recorded
    let chances = cells.map {
      chanceToPass(seeds: seeds, mean: $0.mean, spread: $0.spread, band: $0.band)
    }
    let hardest = zip(cells, chances).min { $0.1 < $1.1 }
    spread = hardest?.0.spread
    margin = hardest.map { min($0.0.mean - $0.0.band.lower, $0.0.band.upper - $0.0.mean) }
    chance = hardest?.1
    seedsNeeded = hardest.flatMap {
      seedsToPass(mean: $0.0.mean, spread: $0.0.spread, band: $0.0.band)
    }
  }

  private static func statistics(
    of cell: CellResult, in band: Band
  ) -> (mean: Double, spread: Double, band: Band)? {
    let numbers = cell.readings.compactMap { $0.reading?.number }.filter(\.isFinite)
    return Moments(of: numbers).map { ($0.mean, $0.spread, band) }
  }
}
