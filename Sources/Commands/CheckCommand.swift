import ArgumentParser
import Replication

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Check every declaration without running anything.")

  @Argument(help: "The papers to check; all by default.") var papers: [String] = []

  func run() throws {
    let selected = papers.isEmpty ? Replicate.catalogue : try papers.map(Selection.paper)
    guard !selected.isEmpty else { throw SelectionError.nothing }
    var problems = selected.flatMap { $0.problems() }
    problems += catalogueProblems(Replicate.catalogue)
    guard problems.isEmpty else { throw DeclarationErrors(problems: problems) }
    let claims = selected.reduce(0) { $0 + $1.claimKeys.count }
    Terminal.standardOutput.print("\(selected.count) papers with \(claims) claims: no problems")
  }
}
