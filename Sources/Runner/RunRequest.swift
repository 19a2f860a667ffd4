public import Datasets
public import Digests
public import Evidence
public import Foundation
public import Provenance
public import Registry
public import Replication

/// One paper at a tier, and how to run it.
public struct RunRequest {
  /// The paper.
  public var paper: any Replication.Type
  /// The tier.
  public var tier: Tier
  /// The keys of the claims to judge; nil means all.
  public var claims: Set<String>?
  /// How many seeds to run.
  public var seeding = Seeding.declared
  /// Worker processes side by side; nil means one for each core.
  public var jobs: Int?
  /// Threads inside one trial.
  public var threads = 1
  /// Whether trials that are recorded already are executed again.
  public var fresh = false
  /// Where results are recorded: one in memory for a run that nothing keeps.
  public var registry: ResultRegistry
  /// The folder of the ledger; nil writes none.
  public var ledger: URL?
  /// The folder for plans and fragments.
  public var spool: URL
  /// The folder for products shared between trials.
  public var stages: URL
  /// Where the data sets lie.
  public var data: DataStore?
  /// The state of the repository that the run is recorded for.
  public var source: SourceState
  /// The command line, as recorded.
  public var arguments: [String]
  /// The program that workers are started from.
  public var program = WorkerProgram.current
  /// Bytes of address space that a trial may take; 0 sets no limit.
  public var memory = 0
  /// Seconds that a trial may take; nil means what its tier allows.
  public var secondsPerTrial: Int?

  /// A request with the defaults of the command line.
  public init(
    _ paper: any Replication.Type, at tier: Tier, registry: ResultRegistry, spool: URL,
    stages: URL, source: SourceState, arguments: [String] = []
  ) {
    self.paper = paper
    self.tier = tier
    self.registry = registry
    self.spool = spool
    self.stages = stages
    self.source = source
    self.arguments = arguments
  }
}

/// What a run tells while it goes on.
public enum RunEvent: Sendable {
  /// The plan is made: so many trials, of which some are recorded already.
  case planned(trials: Int, recorded: Int)
  /// A trial ended; it is recorded.
  case finished(Finished)

  /// A trial that ended.
  public struct Finished: Sendable {
    /// The trial.
    public var trial: TrialKey
    /// Why it has no outcome, where it has none.
    public var failure: String?
    /// Trials that have a result by now.
    public var done: Int
    /// Trials of the same seed that have none yet.
    public var leftOfSeed: Int
    /// Claims whose trials all have a result.
    public var claimsReady: Int
  }
}

/// What a run found.
public struct RunReport: Sendable {
  /// The run's identifier.
  public var run: Digest
  /// The paper's id.
  public var paper: String
  /// The tier.
  public var tier: Tier
  /// The commit at which it ran; nil where git knows none.
  public var commit: String?
  /// Whether the tree equalled that commit; nil where that is not known.
  public var isClean: Bool?
  /// The digest of setups, seeds, data and outcomes: equal on every machine.
  public var outcomeDigest: Digest
  /// The worst contribution of the claims.
  public var verdict: Verdict
  /// The claims in the order of the declaration.
  public var claims: [ClaimResult]
  /// Wall-clock seconds of the run.
  public var seconds: Double
  /// Trials executed in this run.
  public var executed: Int
  /// Trials that were recorded already.
  public var reused: Int
  /// Where the ledger entry was written, if one was.
  public var ledgerFile: URL?
}
