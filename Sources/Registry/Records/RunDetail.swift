public import Digests

/// A run as a reader of tables wants it: everything but the outcomes of its trials.
public struct RunDetail: Sendable {
  /// What was known when it began.
  public let run: RunRecord
  /// How it ended; nil while it is under way or when it was killed.
  public let end: RunEnd?
  /// Its judgements, by the key of the claim.
  public let judgements: [JudgementSummary]
  /// Judgements made later from what it recorded, by the key of the claim.
  public let rejudgements: [JudgementSummary]
  /// What each claim's control gave, by the version of the claim.
  public let controls: [Digest: VerdictRecord.Control]
  /// Its trials, executed in it or taken over, by setup and seed.
  public let trials: [TrialLine]
}

/// A trial as a line of a table.
public struct TrialLine: Hashable, Sendable {
  /// The digest over code, setup, seed, data and toolchain.
  public let identity: Digest
  /// The canonical text of the setup.
  public let setup: String
  /// The seed.
  public let seed: UInt64
  /// What came of it.
  public let status: TrialRecord.Status
  /// The digest of its outcome; nil unless completed.
  public let outcomeDigest: Digest?
  /// Why it did not complete; nil when it did.
  public let message: String?
  /// How long it took.
  public let seconds: Double
  /// The run that executed it.
  public let executedIn: Digest
}
