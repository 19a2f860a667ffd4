/// A verdict with the numbers and the sentence that explain it.
public struct Judgement: Hashable, Codable, Sendable {
  /// The verdict.
  public let verdict: Verdict
  /// The mean, median, share or value judged; nil where there is none.
  public let estimate: Double?
  /// The 90 % interval of the estimate, or the range of the seeds under `every` and `once`.
  public let interval: Interval?
  /// How many seeds had a reading that can be judged.
  public let n: Int
  /// Why, as one plain sentence without a full stop.
  public let reason: String

  /// A verdict with its numbers and its reason.
  public init(
    verdict: Verdict, estimate: Double? = nil, interval: Interval? = nil, n: Int, reason: String
  ) {
    self.verdict = verdict
    self.estimate = estimate
    self.interval = interval
    self.n = n
    self.reason = reason
  }
}
