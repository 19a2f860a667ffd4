import Evidence
package import Registry
import Replication
package import Runner

/// A claim in two runs.
package struct ClaimComparison {
  /// The claim's key.
  package let id: String
  /// How it was judged before; nil where it was not.
  package let before: JudgementSummary?
  /// How it was judged after; nil where it was not.
  package let after: JudgementSummary?
  /// What became of its demand.
  package let demand: Demand
  /// The values of its seeds side by side.
  package let values: ValueComparison
  /// How much graver the verdict became: above zero is worse; nil where one is missing.
  private let descent: Int?

  /// What became of a claim's demand between two judgements.
  package enum Demand: Hashable, Sendable {
    /// It was judged once only.
    case missing
    /// The same declaration.
    case same
    /// The same demand in other words.
    case reworded
    /// Another demand.
    case moved(GoalpostMove)
    /// One of the declarations is of a form that this program does not know.
    case unreadable

    /// Whether the demand is another one, or may be, and nothing says why.
    package var isUnexplained: Bool {
      switch self {
      case .missing, .same, .reworded: false
      case .moved(let move): move.reason == nil
      case .unreadable: true
      }
    }
  }

  /// What became of a claim, in a word.
  package enum Change: String, Sendable, CaseIterable {
    /// The verdict counts as it did.
    case same
    /// The verdict is less grave.
    case better
    /// The verdict is graver.
    case worse
    /// Judged after only.
    case new
    /// Judged before only.
    case gone
  }

  init(
    _ id: String, _ before: JudgementSummary?, _ after: JudgementSummary?, posts: Goalposts,
    results old: ClaimResult?, _ new: ClaimResult?
  ) {
    self.id = id
    self.before = before
    self.after = after
    values = ValueComparison(old, new)
    guard let before, let after else {
      demand = .missing
      descent = nil
      return
    }
    demand = Self.demand(from: before, to: after, posts)
    // As the verdict counts: one that is expected to fail is not worse for failing.
    let counted = [
      old?.contribution ?? Verdict(before.verdict), new?.contribution ?? Verdict(after.verdict),
    ]
    descent = counted[0] == counted[1] ? 0 : counted[0] < counted[1] ? 1 : -1
  }

  /// What became of the claim.
  package var change: Change {
    guard let descent else { return before == nil ? .new : .gone }
    return descent == 0 ? .same : descent > 0 ? .worse : .better
  }

  /// Whether estimate and interval are equal.
  package var isSameNumbers: Bool {
    before?.estimate == after?.estimate && before?.interval == after?.interval
  }

  private static func demand(
    from before: JudgementSummary, to after: JudgementSummary, _ posts: Goalposts
  ) -> Demand {
    if before.version == after.version { return .same }
    guard posts[before.version] != nil, let new = posts[after.version] else { return .unreadable }
    return posts.move(to: new, from: before.version).map { .moved($0) } ?? .reworded
  }
}
