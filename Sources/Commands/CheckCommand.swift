import ArgumentParser
import Registry
import Replication
import Reports
import Runner

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check every declaration without running anything.")

  @Argument(help: "The papers to check; all by default.") var papers: [String] = []
  @Flag(help: "Alter recorded results and require every claim to notice.") var falsify = false
  @Option(help: "The tier whose results are altered.") var tier = Tier.standard
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let selected = papers.isEmpty ? Replicate.catalogue : try papers.map(Selection.paper)
    guard !selected.isEmpty else { throw SelectionError.nothing }
    var problems = selected.flatMap { $0.problems() }
    problems += catalogueProblems(Replicate.catalogue)
    let registry = try place.openForReading()
    problems += try selected.flatMap { try Goalposts.unexplained($0, in: registry) }
    guard problems.isEmpty else { throw DeclarationErrors(problems: problems) }
    let claims = selected.reduce(0) { $0 + $1.claimKeys.count }
    Terminal.standardOutput.print("\(selected.count) papers with \(claims) claims: no problems")
    if falsify { try falsify(selected, in: registry) }
  }

  /// Takes numbers away from the last recorded run of each paper: a claim that does not become an
  /// error could pass on nothing.
  private func falsify(
    _ papers: [any Replication.Type], in registry: ResultRegistry
  ) throws {
    let runs = try registry.latestRuns().filter { $0.tier == tier.rawValue }
    var survivors = 0
    for paper in papers {
      let id = paper.paper.id
      guard let run = runs.first(where: { $0.paper == id }) else {
        throw ShowError.noRun(paper: id, tier: tier)
      }
      let found = try paper.falsified(at: tier, from: registry.results(of: run.id))
      survivors += found.survivors.count
      Terminal.standardOutput.print(
        "\(id): \(found.tried) alterations, \(found.survivors.count) unnoticed")
      for survivor in found.survivors {
        Terminal.standardOutput.print(
          "  \(survivor.claim) is \(survivor.verdict.rawValue) where \(survivor.alteration)".inert)
      }
    }
    if survivors > 0 { try ExitStatus.claimFailed.exit() }
  }
}
