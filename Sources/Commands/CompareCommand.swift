import ArgumentParser
import Diagnostics
import Digests
import Evidence
import Foundation
import Registry
import Replication
import Reports
import Runner

struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Compare recorded results: of two commits, of two runs, or of both kinds.",
    discussion: """
      Of a git revision the youngest complete run at that commit counts, of a clean tree if there is \
      one; where none is recorded, the last one before it, which is said. A run is named by the first \
      digits of its id. Nothing is executed and nothing judged again.

      Exit codes: 0, or 5 where nothing can be compared. With --exit-code 1 if a verdict got worse, \
      a claim is judged no more, or a demand moved without an amendment.
      """)

  @Argument(help: "A git revision or a run: what is compared with.") var before: String
  @Argument(help: "A git revision or a run: what is compared.") var after: String
  @Argument(help: "The papers; all by default.") var papers: [String] = []
  @Option(help: "The tier: standard, or that of a run that is named.") var tier: Tier?
  @Flag(name: .customLong("exit-code"), help: "Exit with 1 if something got worse.")
  var exitCode = false
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let registry = try place.openForReading()
    let finder = RunFinder(registry)
    let sides = [try finder.point(before), try finder.point(after)]
    let tier = try tier(of: sides)
    let recorded = try registry.completeRuns(at: tier)
    let comparisons = try papers(sides, recorded).map { paper in
      let found = try sides.map { try finder.find($0, of: paper, among: recorded) }
      return try PaperComparison(paper, at: tier, found[0], found[1], in: registry)
    }
    if output.json {
      try output.show(CompareJSON(tier: tier, comparisons))
    } else if output.csv {
      output.show(
        CSV.lines(header: PaperComparison.header, comparisons.flatMap { $0.rows.map(\.fields) }))
    } else {
      output.show(CompareScreen(comparisons: comparisons).lines(on: .standardOutput))
    }
    guard comparisons.contains(where: \.isComparable) else {
      throw CompareError.nothing(before, after, tier: tier)
    }
    if exitCode, comparisons.contains(where: { $0.rows.contains(where: \.isAlarming) }) {
      try ExitStatus.claimFailed.exit()
    }
  }

  /// The tier asked for, else that of the runs that are named.
  private func tier(of sides: [RunFinder.Point]) throws -> String {
    let tiers = Set(sides.compactMap(\.run?.run.tier))
    if tiers.count > 1 { throw CompareError.otherTiers(before, after) }
    guard let own = tiers.first else { return (tier ?? .standard).rawValue }
    if let tier, tier.rawValue != own { throw CompareError.otherTier(tier: tier, own) }
    return own
  }

  /// The papers that are named, else those of the runs, else all that have a run on either side.
  private func papers(
    _ sides: [RunFinder.Point], _ recorded: [RunSummary]
  ) throws -> [String] {
    let own = Set(sides.compactMap(\.run?.run.paper))
    if own.count > 1 { throw CompareError.otherPapers(before, after, own.sorted()) }
    let known = Set(recorded.map(\.paper))
    for paper in papers {
      if let own = own.first, own != paper { throw CompareError.otherPaper(paper, own: own) }
      if !known.contains(paper) { _ = try Selection.paper(paper) }
    }
    if !papers.isEmpty { return papers }
    if let own = own.first { return [own] }
    let catalogue = Replicate.catalogue.map { $0.paper.id }
    return catalogue.filter(known.contains) + known.subtracting(catalogue).sorted()
  }
}

/// Why recorded results cannot be compared.
enum CompareError: Diagnosable, Equatable {
  /// No run has such an id, and no commit such a name.
  case unknown(String, gitProblem: String?)
  /// Both a run and a commit are meant.
  case ambiguous(String)
  /// The runs are of different papers.
  case otherPapers(String, String, [String])
  /// The runs are of different tiers.
  case otherTiers(String, String)
  /// A paper is named that is not that of the run.
  case otherPaper(String, own: String)
  /// A tier is named that is not that of the run.
  case otherTier(tier: Tier, String)
  /// No claim was judged on both sides.
  case nothing(String, String, tier: String)

  /// Whether the command line is to blame.
  var isUsage: Bool {
    switch self {
    case .unknown, .ambiguous, .otherPaper, .otherTier: true
    case .otherPapers, .otherTiers, .nothing: false
    }
  }

  var problem: String {
    switch self {
    case .unknown(let text, let reason):
      "'\(text)' names no recorded run and no commit" + (reason.map { ": \($0)" } ?? "")
    case .ambiguous(let text): "'\(text)' names both a run and a commit"
    case .otherPapers(let before, let after, let papers):
      "the runs \(before) and \(after) are of different papers: \(papers.joined(separator: ", "))"
    case .otherTiers(let before, let after):
      "the runs \(before) and \(after) are of different tiers"
    case .otherPaper(let paper, let own): "the run is of \(own), not of \(paper)"
    case .otherTier(let tier, let own): "the run is of the \(own) tier, not of \(tier.rawValue)"
    case .nothing(let before, let after, let tier):
      "no claim was judged at \(tier) for both \(before) and \(after)"
    }
  }

  var remedy: String {
    switch self {
    case .unknown: "`replicate history <paper-id>` shows runs and commits."
    case .ambiguous: "Give more digits of the one that is meant."
    case .otherPapers, .otherTiers: "Compare runs of one paper at one tier."
    case .otherPaper: "Leave the paper out."
    case .otherTier: "Leave --tier out."
    case .nothing: "Run the papers at both commits, or name another --tier."
    }
  }
}
