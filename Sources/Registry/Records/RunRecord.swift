public import Digests
public import Provenance

/// What is known when a run begins; its digest is the run's id.
public struct RunRecord: Hashable, Codable, Sendable {
  /// The paper's id.
  public let paper: String
  /// The tier asked for.
  public let tier: String
  /// When the run began.
  public let startedAt: Timestamp
  /// The state of the repository.
  public let source: SourceState
  /// The digest of the paper's folder; nil when there are no sources at hand.
  public let paperTree: Digest?
  /// The digest of the core's folders; nil when there are no sources at hand.
  public let coreTree: Digest?
  /// The machine and toolchain.
  public let environment: ExecutionEnvironment
  /// The arguments that select and shape the run, in order.
  public let arguments: [String]
  /// The seeds that the plan uses.
  public let seeds: [UInt64]
  /// Tells apart runs that began in the same millisecond.
  public let nonce: String
  /// The run's id: the digest of everything above.
  public let id: Digest

  /// Describes a run that begins.
  ///
  /// - Parameters:
  ///   - paper: the paper's id.
  ///   - tier: the tier asked for.
  ///   - startedAt: when it begins.
  ///   - source: the state of the repository.
  ///   - paperTree: the digest of the paper's folder.
  ///   - coreTree: the digest of the core's folders.
  ///   - environment: the machine and toolchain.
  ///   - arguments: the arguments that shape it, without paths of the machine.
  ///   - seeds: the seeds of its plan.
  ///   - nonce: a text that no other run begun in the same millisecond has; drawn when left out.
  public init(
    paper: String, tier: String, startedAt: Timestamp, source: SourceState, paperTree: Digest?,
    coreTree: Digest?, environment: ExecutionEnvironment, arguments: [String], seeds: [UInt64],
    nonce: String? = nil
  ) {
    self.paper = paper
    self.tier = tier
    self.startedAt = startedAt
    self.source = source
    self.paperTree = paperTree
    self.coreTree = coreTree
    self.environment = environment
    self.arguments = arguments
    self.seeds = seeds
    let drawn = nonce ?? String(UInt64.random(in: 0...UInt64.max), radix: 16)
    self.nonce = drawn
    id = Digest(
      of: Self.facts(
        paper: paper, tier: tier, startedAt: startedAt, source: source, paperTree: paperTree,
        coreTree: coreTree, environment: environment, arguments: arguments, seeds: seeds,
        nonce: drawn
      ).text)
  }
}
