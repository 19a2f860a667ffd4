public import Digests

/// One judgement of one claim version in a run.
public struct VerdictRecord: Hashable, Codable, Sendable {
  /// What the same judgement gave under the claim's control.
  public struct Control: Hashable, Codable, Sendable {
    /// The control's verdict.
    public var verdict: RecordedVerdict
    /// The control's value; nil when there is none.
    public var estimate: Double?

    /// States what the control gave.
    public init(verdict: RecordedVerdict, estimate: Double?) {
      self.verdict = verdict
      self.estimate = estimate
    }
  }

  /// An interval whose ends may be infinite.
  public struct Interval: Hashable, Codable, Sendable {
    /// The lower end.
    public var low: Double
    /// The upper end.
    public var high: Double

    /// States both ends.
    public init(low: Double, high: Double) {
      self.low = low
      self.high = high
    }
  }

  /// The digest of the claim version.
  public var claim: Digest
  /// The claim's verdict.
  public var verdict: RecordedVerdict
  /// The deciding condition's value; nil when there is none.
  public var estimate: Double?
  /// The interval of the value; nil when the rule has none.
  public var interval: Interval?
  /// The accepted interval; nil when a claim without conditions is only recorded.
  public var band: Interval?
  /// The unit of the value, the interval and the band.
  public var unit: String
  /// How many seeds the deciding condition used.
  public var n: Int
  /// The verdict in words.
  public var reason: String
  /// The control's judgement; nil when the claim has none.
  public var control: Control?
  /// Every condition in full as JSON.
  public var conditions: CanonicalJSON
  /// The file that declares the claim.
  public var file: String?
  /// The line of the declaration.
  public var line: Int?
  /// The edition of the rules of judging.
  public var edition: Int
  /// The value of each seed in each condition.
  public var seedValues: [SeedValue]

  /// States a judgement in full.
  public init(
    claim: Digest, verdict: RecordedVerdict, estimate: Double?, interval: Interval?,
    band: Interval?, unit: String, n: Int, reason: String, control: Control?,
    conditions: CanonicalJSON, file: String? = nil, line: Int? = nil, edition: Int = 1,
    seedValues: [SeedValue] = []
  ) {
    self.claim = claim
    self.verdict = verdict
    self.estimate = estimate
    self.interval = interval
    self.band = band
    self.unit = unit
    self.n = n
    self.reason = reason
    self.control = control
    self.conditions = conditions
    self.file = file
    self.line = line
    self.edition = edition
    self.seedValues = seedValues
  }
}

/// The value that one seed contributed to a condition of a verdict.
public struct SeedValue: Hashable, Codable, Sendable {
  /// The condition's index in the claim.
  public var condition: Int
  /// The cell on the axes left over; empty when there is none.
  public var cell: String
  /// The seed.
  public var seed: UInt64
  /// The value.
  public var value: RecordedValue

  /// States one seed's value.
  public init(condition: Int, cell: String, seed: UInt64, value: RecordedValue) {
    self.condition = condition
    self.cell = cell
    self.seed = seed
    self.value = value
  }
}

/// A value as it was measured: a number, or a typed result such as "not reached".
public enum RecordedValue: Hashable, Codable, Sendable {
  /// A number, finite or not.
  case number(Double)
  /// A typed result in words.
  case word(String)
}
