public import Digests

/// One execution of a setup with a seed, whatever came of it.
public struct TrialRecord: Hashable, Codable, Sendable {
  /// What came of an execution.
  public enum Status: String, Codable, CaseIterable, Hashable, Sendable {
    /// It returned an outcome.
    case completed
    /// Its process trapped or was killed.
    case crashed
    /// It ran past its time limit.
    case timedOut
    /// It threw an error, such as missing data.
    case failed
  }

  /// The digest over code, setup, seed, data and toolchain.
  public let identity: Digest
  /// The paper's id.
  public let paper: String
  /// The setup as JSON.
  public let setup: CanonicalJSON
  /// The seed.
  public let seed: UInt64
  /// What came of it.
  public let status: Status
  /// The outcome as JSON; nil unless completed.
  public let outcome: CanonicalJSON?
  /// Why it did not complete; nil when it did.
  public let message: String?
  /// How long it took by the monotonic clock.
  public let seconds: Double
  /// Whether it was executed although an outcome was at hand.
  public let fresh: Bool
  /// The run that executed it.
  public let executedIn: Digest

  /// A trial that returned an outcome.
  public init(
    identity: Digest, paper: String, setup: CanonicalJSON, seed: UInt64, outcome: CanonicalJSON,
    seconds: Double, fresh: Bool = false, executedIn: Digest
  ) {
    self.identity = identity
    self.paper = paper
    self.setup = setup
    self.seed = seed
    status = .completed
    self.outcome = outcome
    message = nil
    self.seconds = seconds
    self.fresh = fresh
    self.executedIn = executedIn
  }

  /// A trial that returned nothing.
  ///
  /// - Precondition: the status is not `completed`.
  public init(
    identity: Digest, paper: String, setup: CanonicalJSON, seed: UInt64, failing status: Status,
    message: String, seconds: Double, fresh: Bool = false, executedIn: Digest
  ) {
    precondition(status != .completed, "TrialRecord: a completed trial has an outcome")
    self.identity = identity
    self.paper = paper
    self.setup = setup
    self.seed = seed
    self.status = status
    outcome = nil
    self.message = message.storable
    self.seconds = seconds
    self.fresh = fresh
    self.executedIn = executedIn
  }

  /// The digest of the outcome's canonical text.
  public var outcomeDigest: Digest? { outcome?.digest }
}

extension String {
  /// The text with a sign for each NUL, at which a text of the file would end.
  var storable: String { utf8.contains(0) ? replacing("\0", with: "\u{2400}") : self }
}

/// A trial that the registry holds.
public struct StoredTrial: Hashable, Sendable {
  /// The row's number in this registry; it means nothing in another.
  public let id: Int64
  /// What was recorded.
  public let record: TrialRecord
  /// When it was recorded.
  public let recordedAt: Timestamp
}
