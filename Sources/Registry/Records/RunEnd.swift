public import Digests

/// How a run ended.
public struct RunEnd: Hashable, Codable, Sendable {
  /// When it ended.
  public var endedAt: Timestamp
  /// The paper's verdict; nil when the run was interrupted.
  public var verdict: RecordedVerdict?
  /// The digest over setups, seeds, data and outcomes; nil when the run was interrupted.
  public var outcomeDigest: Digest?
  /// How long it took by the monotonic clock.
  public var seconds: Double
  /// Anything a reader should know, such as why it was interrupted.
  public var note: String?

  /// A run that judged its claims.
  public init(
    finishedAt: Timestamp, verdict: RecordedVerdict, outcomeDigest: Digest, seconds: Double,
    note: String? = nil
  ) {
    endedAt = finishedAt
    self.verdict = verdict
    self.outcomeDigest = outcomeDigest
    self.seconds = seconds
    self.note = note?.storable
  }

  /// A run that stopped before it judged.
  public init(interruptedAt: Timestamp, seconds: Double, note: String) {
    endedAt = interruptedAt
    verdict = nil
    outcomeDigest = nil
    self.seconds = seconds
    self.note = note.storable
  }
}
