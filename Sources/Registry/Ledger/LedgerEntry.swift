internal import Digests

/// A finished run, complete in itself: what the ledger keeps as text.
///
/// Its parts are kept in one order, so that equal entries have equal bytes.
public struct LedgerEntry: Hashable, Codable, Sendable {
  /// The name of the format.
  public static let schema = "replicate.ledger/1"

  /// What was known when the run began.
  public let run: RunRecord
  /// How it ended.
  public let end: RunEnd
  /// The claim versions that were judged, by id.
  public let claims: [ClaimRecord]
  /// The verdicts, in the order of the claims.
  public let verdicts: [VerdictRecord]
  /// The trials that the run used, by setup and seed.
  public let trials: [TrialRecord]

  /// Collects a finished run and checks that its parts belong together.
  ///
  /// - Parameters:
  ///   - run: what was known when it began.
  ///   - end: how it ended.
  ///   - claims: the claim versions.
  ///   - verdicts: one verdict a claim.
  ///   - trials: the trials it used.
  /// - Throws: when the parts do not belong together.
  public init(
    run: RunRecord, end: RunEnd, claims: [ClaimRecord], verdicts: [VerdictRecord],
    trials: [TrialRecord]
  ) throws(RegistryError) {
    self.run = run
    self.end = end
    self.claims = claims.sorted {
      ($0.claim, $0.tier, $0.digest) < ($1.claim, $1.tier, $1.digest)
    }
    let places = Dictionary(
      zip(self.claims.map(\.digest), 0...), uniquingKeysWith: { first, _ in first })
    guard places.count == claims.count else {
      throw .invalidRecord("a claim version occurs twice")
    }
    for claim in claims where claim.paper != run.paper {
      throw .invalidRecord("claim '\(claim.claim)' belongs to \(claim.paper), not \(run.paper)")
    }
    for verdict in verdicts where places[verdict.claim] == nil {
      throw .invalidRecord("a verdict judges the unknown claim \(verdict.claim.short)")
    }
    guard Set(verdicts.map(\.claim)).count == verdicts.count else {
      throw .invalidRecord("a claim has two verdicts")
    }
    for trial in trials where trial.paper != run.paper {
      throw .invalidRecord("a trial belongs to \(trial.paper), not \(run.paper)")
    }
    guard end.verdict != nil, end.outcomeDigest != nil else {
      throw .invalidRecord("run \(run.id.short) did not finish")
    }
    self.verdicts = verdicts.map(\.ordered).sorted {
      (places[$0.claim] ?? 0) < (places[$1.claim] ?? 0)
    }
    var keyed = trials.map { (setup: $0.setup.digest, digest: $0.digest, trial: $0) }
    keyed.sort { ($0.setup, $0.trial.seed, $0.digest) < ($1.setup, $1.trial.seed, $1.digest) }
    for (one, other) in zip(keyed, keyed.dropFirst()) where one.digest == other.digest {
      throw .invalidRecord("a trial occurs twice")
    }
    self.trials = keyed.map(\.trial)
  }
}

extension VerdictRecord {
  /// The same verdict with its seed values by condition, cell and seed.
  fileprivate var ordered: VerdictRecord {
    var copy = self
    copy.seedValues.sort {
      if $0.condition != $1.condition { return $0.condition < $1.condition }
      if $0.cell != $1.cell { return $0.cell.utf8.lexicographicallyPrecedes($1.cell.utf8) }
      return $0.seed < $1.seed
    }
    return copy
  }
}
