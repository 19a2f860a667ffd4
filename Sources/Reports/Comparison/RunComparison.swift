package import Registry
package import Replication
package import Runner

/// Two runs of a paper at a tier, claim by claim.
package struct RunComparison {
  /// The run that is compared with; nil where there is none.
  package let before: RunDetail?
  /// The run that is compared; nil where there is none.
  package let after: RunDetail?
  /// Every claim that either of them judged, in the order asked for, then by its key.
  package let claims: [ClaimComparison]

  /// Compares what two runs recorded.
  ///
  /// - Parameters:
  ///   - before: The run that is compared with.
  ///   - after: The run that is compared.
  ///   - order: The keys of claims that come first.
  ///   - posts: The versions of the paper's claims.
  ///   - result: A judgement in full, for the values of its seeds; nil leaves them out.
  package init(
    _ before: RunDetail?, _ after: RunDetail?, order: [String], posts: Goalposts,
    result: (JudgementSummary) throws -> ClaimResult?
  ) rethrows {
    self.before = before
    self.after = after
    func byKey(_ detail: RunDetail?) -> [String: JudgementSummary] {
      Dictionary(
        (detail?.judgements ?? []).map { ($0.claim, $0) }, uniquingKeysWith: { one, _ in one })
    }
    let (old, new) = (byKey(before), byKey(after))
    let rest = Set(old.keys).union(new.keys).subtracting(order).sorted()
    claims = try (order + rest).compactMap { key in
      guard old[key] != nil || new[key] != nil else { return nil }
      return ClaimComparison(
        key, old[key], new[key], posts: posts, results: try old[key].flatMap(result),
        try new[key].flatMap(result))
    }
  }

  /// Compares what two runs recorded, with the values of their seeds.
  ///
  /// - Parameters:
  ///   - before: The run that is compared with.
  ///   - after: The run that is compared.
  ///   - order: The keys of claims that come first.
  ///   - posts: The versions of the paper's claims.
  ///   - registry: Where both are recorded.
  /// - Throws: What the registry throws.
  package init(
    _ before: RunDetail?, _ after: RunDetail?, order: [String], posts: Goalposts,
    in registry: ResultRegistry
  ) throws {
    try self.init(before, after, order: order, posts: posts) { judgement in
      let text = try registry.judgement(
        of: judgement.run, claim: judgement.version, edition: judgement.edition)
      return try text.map {
        try ClaimResult(recorded: $0, run: judgement.run, claim: judgement.version)
      }
    }
  }

  /// Whether all outcomes are the same to the bit; nil where a run did not finish.
  package var isSameOutcomes: Bool? {
    guard let old = before?.end?.outcomeDigest, let new = after?.end?.outcomeDigest
    else { return nil }
    return old == new
  }

  /// How many trials both ran with the same setup and seed, and how many of them gave the same bits.
  package var sharedTrials: (count: Int, same: Int) {
    func key(_ trial: TrialLine) -> String { "\(trial.seed) \(trial.setup)" }
    let old = Dictionary(
      (before?.trials ?? []).map { (key($0), $0.outcomeDigest) },
      uniquingKeysWith: { one, _ in one })
    let shared = (after?.trials ?? []).filter { old[key($0)] != nil }
    let same = shared.count { trial in
      trial.outcomeDigest != nil && old[key(trial)] == trial.outcomeDigest
    }
    return (shared.count, same)
  }
}
