import Digests
import Evidence
import Provenance
import Registry
import Replication
import Reports
import Runner

/// A paper on both sides of a comparison.
struct PaperComparison {
  let paper: String
  let tier: String
  let before: RunFinder.Found
  let after: RunFinder.Found
  let runs: RunComparison
  /// What each run of the tier measured, by claim, oldest first.
  let trends: [String: [Double?]]

  init(
    _ paper: String, at tier: String, _ before: RunFinder.Found, _ after: RunFinder.Found,
    in registry: ResultRegistry
  ) throws {
    self.paper = paper
    self.tier = tier
    self.before = before
    self.after = after
    let declared = Replicate.catalogue.first { $0.paper.id == paper }
    runs = try RunComparison(
      before.run, after.run, order: declared?.claimKeys ?? [],
      posts: try Goalposts(of: paper, in: registry), in: registry)
    trends = Dictionary(
      grouping: try registry.history(of: paper).filter { $0.tier == tier && $0.judgedAt == nil },
      by: \.claim
    ).mapValues { $0.map(\.estimate) }
  }

  /// Its claims.
  var rows: [Row] { runs.claims.map { Row(claim: $0, paper: self) } }

  /// Whether a claim was judged on both sides.
  var isComparable: Bool { runs.claims.contains { $0.before != nil && $0.after != nil } }

  /// Whether both sides are one run.
  var isOneRun: Bool { before.run != nil && before.run?.run.id == after.run?.run.id }

  /// Whether all outcomes are the same, in a word; nil where that cannot be said.
  var outcomes: String? { runs.isSameOutcomes.map { $0 ? "same" : "other" } }

  /// A claim of the paper on both sides.
  struct Row {
    let claim: ClaimComparison
    let paper: PaperComparison

    /// Whether it should wake somebody.
    ///
    /// A claim is gone only where its paper was run and judged it no more.
    var isAlarming: Bool {
      switch claim.change {
      case .worse: true
      case .gone: paper.after.run?.end?.verdict != nil
      case .same, .better, .new: claim.demand.isUnexplained
      }
    }

    /// What became of the demand, in a word.
    var demand: String {
      switch claim.demand {
      case .missing: "judged once"
      case .same: "same"
      case .reworded: "reworded"
      case .moved(let move): move.reason == nil ? "moved unamended" : "amended"
      case .unreadable: "unreadable"
      }
    }

    /// What moved, in lines; none where nothing did.
    var goalposts: [String] {
      if case .moved(let move) = claim.demand { move.lines } else { [] }
    }

    /// Whether the values of the seeds are the same to the bit, in a word.
    var values: String { claim.values.isSame.map { $0 ? "same" : "other" } ?? "missing" }
  }
}

extension PaperComparison {
  /// The columns of `compare --csv`.
  static let header =
    ["paper", "tier", "claim", "change"]
    + ["before", "after"].flatMap { side in
      ["verdict", "estimate", "low", "high", "unit", "n", "version", "run", "commit", "clean"]
        .map { "\($0)_\(side)" }
    } + [
      "difference", "difference_low", "difference_high", "pairs", "no_difference", "values",
      "outcomes", "demand", "goalposts", "note_before", "note_after",
    ]
}

extension PaperComparison.Row {
  /// The claim as a row under the header.
  var fields: [CSVField] {
    let head: [CSVField] = [
      .text(paper.paper), .text(paper.tier), .text(claim.id), .text(claim.change.rawValue),
    ]
    let sides = [(claim.before, paper.before), (claim.after, paper.after)]
    let difference = claim.values.difference
    let tail: [CSVField] = [
      .number(difference?.mean), .number(difference?.interval?.lower),
      .number(difference?.interval?.upper), .count(difference?.n), .text(claim.values.absence),
      .text(values), .text(paper.outcomes), .text(demand),
      .text(goalposts.joined(separator: "; ")), .text(paper.before.note),
      .text(paper.after.note),
    ]
    return head + sides.flatMap { Self.fields(of: $0, in: $1) } + tail
  }

  private static func fields(
    of judgement: JudgementSummary?, in found: RunFinder.Found
  ) -> [CSVField] {
    let run = found.run?.run
    return [
      .text(judgement?.verdict.rawValue), .number(judgement?.estimate),
      .number(judgement?.interval?.low), .number(judgement?.interval?.high),
      .text(judgement?.unit), .count(judgement?.n), .text(judgement?.version.description),
      .text(run?.id.description), .text(run?.source.commit), .truth(run?.source.isClean),
    ]
  }
}
