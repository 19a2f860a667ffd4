import ArgumentParser
import Digests
import Evidence
import Foundation
import Provenance
import Registry
import Replication
import Reports

struct ExportPage: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "page", abstract: "The results of the repository on one page in Markdown.",
    discussion: """
      The last complete run of each paper in the committed ledger, judged again by the declarations and \
      rules of this program. Nothing else is read and nothing is recorded, so that everybody gets the \
      same page at the same commit.
      """)

  @OptionGroup var target: ExportTarget

  func run() throws {
    guard let ledger = PlaceOptions.ledger else { throw ExportError.noLedger }
    let registry = try ResultRegistry()
    let filled = try registry.importLedger(Ledger(at: ledger))
    // A page without a run that is committed would pass for the whole.
    if let fault = filled.refused.first { throw fault }
    try judgeAgain(registry)
    let known = Set(try registry.runs().map(\.paper))
    var request = ExportSelection.Request()
    request.papers = Replicate.catalogue.map { $0.paper.id }.filter(known.contains)
      .map { ExportSelection.Request.Part($0) }
    guard !request.papers.isEmpty else { throw ExportError.noLedger }
    let found = try ExportSelection(request, from: registry, catalogue: Replicate.catalogue)
    let page = ResultsPage(found, writtenBy: "replicate export page --output docs/results.md")
    try target.write(page.text)
  }

  private func judgeAgain(_ registry: ResultRegistry) throws {
    let source = SourceState()
    for run in try registry.latestRuns() {
      guard let tier = Tier(rawValue: run.tier),
        let paper = Replicate.catalogue.first(where: { $0.paper.id == run.paper })
      else { continue }
      let judged = try JudgedRun(
        paper, at: tier, run, by: Edition.current, from: source, in: registry)
      if let claim = judged.claims.first(where: \.isUnexplained) {
        throw ExportError.unexplained(run: run.id.short, claim: claim.id)
      }
      try registry.record(judged.rejudgements)
    }
  }
}
