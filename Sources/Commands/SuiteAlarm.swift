import Evidence
import Replication

/// What the failures of many claims together say.
struct SuiteAlarm {
  /// How many claims were judged, and how many failed.
  private(set) var (claims, failures) = (0, 0)
  /// The failed claims that chance does not explain.
  private(set) var standing: [String] = []

  /// A claim as the suite counts it.
  struct Claim {
    /// `<paper-id>/<claim-id>`.
    var name: String
    var verdict: Verdict
    /// The p-value of the hypothesis that the claim holds.
    var failValue: Double

    /// The claim of a paper; nil where its verdict does not count.
    init?(_ paper: any Replication.Type, _ result: ClaimResult, at tier: Tier) {
      guard result.standing == .judged else { return nil }
      let declared = paper.declarations(at: tier).first { $0.claim == result.id }?.seeds ?? .once
      name = "\(paper.paper.id)/\(result.id)"
      verdict = result.verdict
      failValue = result.failValue(by: result.rule ?? declared)
    }
  }

  init(_ judged: [Claim]) {
    let rejected = holmRejections(of: judged.map(\.failValue), level: 0.05)
    claims = judged.count
    failures = judged.count { $0.verdict == .fail }
    standing = zip(judged, rejected).filter { $1 && $0.verdict == .fail }.map(\.0.name)
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
