import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Reports
import Runner

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain a claim: what is accepted, why, and how its last verdict came about.")

  @Argument(help: "The claim, as <paper-id>/<claim-id>.") var claim: String
  @Option(help: "The tier whose demand is explained.") var tier = Tier.standard
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if !claim.contains("/") { throw ValidationError("Name a claim as <paper-id>/<claim-id>.") }
  }

  func run() throws {
    let (paper, key) = try Selection.claim(claim)
    let terminal = Terminal.standardOutput
    guard let declaration = paper.declarations(at: tier).first(where: { $0.claim == key }) else {
      let tiers = Tier.allCases.filter { tier in
        paper.declarations(at: tier).contains { $0.claim == key }
      }
      throw SelectionError.badValue(
        option: "--tier", tier.rawValue,
        expected: "a tier that judges \(claim): \(tiers.map(\.rawValue).joined(separator: ", "))")
    }
    let registry = try place.openForReading()
    let history = try registry.history(of: paper.paper.id, claim: key)
      .filter { $0.tier == tier.rawValue }
    let posts = try Goalposts(of: paper.paper.id, in: registry)
    let evidence =
      if let last = history.last {
        try evidence(
          of: last, declaring: posts[last.version]?.seeds ?? declaration.seeds, in: registry)
      } else {
        nil as SeedEvidence?
      }
    if json {
      terminal.print(
        try Canonical.text(
          ExplainJSON(
            declaration: declaration, history: HistoryJSON.entries(history, posts),
            seeds: evidence)))
      return
    }
    terminal.print(terminal.styled(claim, .bold) + " at \(tier.rawValue)")
    for line in declaration.statement.wrapped(to: terminal.width - 2) {
      terminal.print("  \(line)")
    }
    terminal.print("  \(declaration.place), \(paper.paper.title)\n")
    show("accepted", declaration.conditions.map { "\($0.measure) \($0.demand)" }, terminal)
    show("because", [declaration.reason], terminal)
    if !declaration.premises.isEmpty {
      show("provided", declaration.premises.map { "\($0.measure) \($0.demand)" }, terminal)
    }
    show("rule", [ruleText(declaration.seeds)], terminal)
    show("control", [declaration.control], terminal)
    if let amendment = declaration.amendment { show("amended", [amendment], terminal) }
    if declaration.standing != "judged" { show("standing", [declaration.standing], terminal) }
    guard let last = history.last else {
      terminal.print("\nnever run at this tier; run: replicate \(paper.paper.id) --tier \(tier)")
      return
    }
    let mark = VerdictMark(Verdict(last.verdict))
    terminal.print("")
    show(terminal.styled(mark.text, mark.style) + "    ", [last.reason], terminal)
    if let estimate = last.estimate {
      let interval = last.interval.map { Interval(lower: $0.low, upper: $0.high) }
      show("measured", [measuredText(estimate, interval: interval, unit: last.unit)], terminal)
      if let plot = plot(of: last, by: declaration.seeds, width: min(60, terminal.width - 12)) {
        show("", [plot], terminal)
      }
    }
    if let evidence { show("seeds", evidence.lines, terminal) }
    let again = last.judgedAt.map { ", judged again \($0.description.prefix(10))" } ?? ""
    show(
      "run",
      [
        "\(last.run.short) at \(last.commit?.prefix(12) ?? "no commit")\(again), by edition "
          + "\(last.edition) of the rules"
      ], terminal)
    if let move = posts.move(to: declaration, from: last.version) {
      show("goalposts", ["moved since:"] + move.lines, terminal)
    } else if last.version != (try declaration.record.digest) {
      show("note", ["the claim was worded differently then"], terminal)
    }
  }

  private func evidence(
    of last: JudgementSummary, declaring seeds: SeedRule, in registry: ResultRegistry
  ) throws -> SeedEvidence? {
    let text = try registry.judgement(of: last.run, claim: last.version, edition: last.edition)
    let result = try text.map { try ClaimResult(recorded: $0, run: last.run, claim: last.version) }
    return result.flatMap { SeedEvidence($0, of: last.paper, declaring: seeds) }
  }

  private func show(_ name: String, _ texts: [String], _ terminal: Terminal) {
    for (index, text) in texts.enumerated() {
      for (number, line) in text.inert.wrapped(to: terminal.width - 12).enumerated() {
        terminal.print(
          "  " + (index + number == 0 ? name : "").padded(to: max(10, name.count)) + line)
      }
    }
  }

  /// The measured interval over the accepted one; nil for a share of seeds, which is on another scale.
  private func plot(of last: JudgementSummary, by rule: SeedRule, width: Int) -> String? {
    if case .share = rule { return nil }
    guard let band = last.band, let estimate = last.estimate else { return nil }
    return IntervalPlot(
      accepted: Interval(lower: band.low, upper: band.high), estimate: estimate,
      interval: last.interval.map { Interval(lower: $0.low, upper: $0.high) }
    ).line(width: width)
  }

  private func ruleText(_ rule: SeedRule) -> String {
    switch rule {
    case .once: "one deterministic value in the band passes, outside fails"
    case .every: "\(rule): all in the band pass, one outside fails"
    case .mean, .sequence, .median, .share:
      "\(rule): 90 % interval in the band passes, 95 % interval outside it fails, else undecided"
    }
  }
}

/// The object that `explain --json` prints.
struct ExplainJSON: Encodable {
  var schema = "replicate.explain/1"
  var declaration: ClaimDeclaration
  var history: [HistoryJSON.Entry]
  @Null var seeds: SeedEvidence?
}
