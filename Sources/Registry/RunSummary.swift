public import Digests

/// One run as a line of a table.
public struct RunSummary: Hashable, Codable, Sendable {
  /// The run's id.
  public let id: Digest
  /// The paper's id.
  public let paper: String
  /// The tier.
  public let tier: String
  /// When it began.
  public let startedAt: Timestamp
  /// When it ended; nil while it is under way or when it was killed.
  public let endedAt: Timestamp?
  /// The paper's verdict; nil unless it finished.
  public let verdict: RecordedVerdict?
  /// The digest over setups, seeds, data and outcomes; nil unless it finished.
  public let outcomeDigest: Digest?
  /// How long it took; nil unless it ended.
  public let seconds: Double?
  /// The commit; nil when unknown.
  public let commit: String?
  /// Whether the tree equalled the commit; nil when unknown.
  public let isClean: Bool?
}

/// One judgement of a claim as a line of its history.
public struct JudgementSummary: Hashable, Codable, Sendable {
  /// The run's id.
  public let run: Digest
  /// The paper's id.
  public let paper: String
  /// The claim's id inside the paper.
  public let claim: String
  /// The claim version that was judged: another digest means an edited claim.
  public let version: Digest
  /// The tier.
  public let tier: String
  /// When the run began.
  public let startedAt: Timestamp
  /// The commit; nil when unknown.
  public let commit: String?
  /// Whether the tree equalled the commit; nil when unknown.
  public let isClean: Bool?
  /// The verdict.
  public let verdict: RecordedVerdict
  /// The deciding condition's value; nil when there is none.
  public let estimate: Double?
  /// The interval of the value; nil when the rule has none.
  public let interval: VerdictRecord.Interval?
  /// The accepted interval; nil when there is none.
  public let band: VerdictRecord.Interval?
  /// The unit of all three.
  public let unit: String
  /// How many seeds were used.
  public let n: Int
  /// The verdict in words.
  public let reason: String
  /// The edition of the rules of judging.
  public let edition: Int
  /// When it was judged again from what the run recorded; nil for the run's own judgement.
  public let judgedAt: Timestamp?
}
