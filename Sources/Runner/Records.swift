public import Digests
import Evidence
public import Provenance
public import Registry
public import Replication
import Tensors

extension Fragment {
  /// The fragment as the registry keeps it.
  func record(fresh: Bool) throws -> TrialRecord {
    let setup = try CanonicalJSON(trial.key.setup)
    if let outcome {
      return TrialRecord(
        identity: trial.identity, paper: paper, setup: setup, seed: UInt64(trial.key.seed),
        outcome: try CanonicalJSON(outcome), seconds: seconds, fresh: fresh,
        executedIn: run)
    }
    let failure = failure ?? Failure(kind: .failed, message: "left neither outcome nor reason")
    let status: TrialRecord.Status =
      switch failure.kind {
      case .failed: .failed
      case .crashed: .crashed
      case .timedOut: .timedOut
      }
    return TrialRecord(
      identity: trial.identity, paper: paper, setup: setup, seed: UInt64(trial.key.seed),
      failing: status, message: failure.message, seconds: seconds, fresh: fresh, executedIn: run)
  }
}

extension RecordedVerdict {
  /// A verdict as the registry keeps it.
  init(_ verdict: Verdict) {
    self =
      switch verdict {
      case .pass: .pass
      case .inconclusive: .inconclusive
      case .fail: .fail
      case .error: .error
      }
  }
}

extension ExecutionEnvironment {
  /// The machine and toolchain of this process, with the kernel level in use.
  public static var current: ExecutionEnvironment {
    ExecutionEnvironment(
      simdLevel: Kernels.level.rawValue,
      simdLevels: Kernels.Level.allCases.filter(\.isSupported).map(\.rawValue))
  }
}

extension ClaimDeclaration {
  /// The declaration as the registry keeps it.
  public var record: ClaimRecord {
    get throws {
      ClaimRecord(
        paper: paper, claim: claim, tier: tier.rawValue, statement: statement, place: place,
        declaration: try CanonicalJSON(Canonical.text(self)), reason: amendment)
    }
  }
}

extension RunRequest {
  /// The declarations that were judged, as the registry keeps them.
  func claimRecords(_ results: [ClaimResult]) throws -> [ClaimRecord] {
    let judged = Set(results.map(\.id))
    return try paper.declarations(at: tier).filter { judged.contains($0.claim) }.map {
      try $0.record
    }
  }

  /// A claim's result as the registry keeps it: what decided in columns, all of it as JSON.
  func verdictRecord(_ result: ClaimResult) throws -> VerdictRecord {
    let claim = try claimRecords([result])
    guard let digest = claim.first?.digest else {
      throw RegistryError.invalidRecord("claim \(result.id) is judged and not declared")
    }
    let source = SourcePlace(ofClaim: result.id, of: paper, at: tier)
    return try result.record(
      of: digest, file: source?.file, line: paper.line(ofClaim: result.id, at: tier))
  }
}

extension ClaimResult {
  /// The result as the registry keeps it: what decided in columns, all of it as JSON.
  ///
  /// - Parameters:
  ///   - claim: The digest of the claim's record.
  ///   - file: The file of the declaration in its repository, where it is known.
  ///   - line: The line of the declaration, where it is known.
  /// - Returns: The record.
  /// - Throws: Where the result cannot be written as JSON.
  public func record(
    of claim: Digest, file: String? = nil, line: Int? = nil
  ) throws -> VerdictRecord {
    let condition = deciding
    let judgement = condition?.judgement
    return VerdictRecord(
      claim: claim, verdict: RecordedVerdict(verdict), estimate: judgement?.estimate,
      interval: (judgement?.interval).map { .init(low: $0.lower, high: $0.upper) },
      band: (condition?.band).map { .init(low: $0.lower, high: $0.upper) },
      unit: condition?.unit ?? "", n: judgement?.n ?? 0, reason: reason,
      control: control.map {
        .init(verdict: RecordedVerdict($0.verdict), estimate: $0.estimate)
      },
      conditions: try CanonicalJSON(Canonical.text(self)), file: file, line: line,
      edition: (edition ?? .first).rawValue, seedValues: seedValues)
  }

  private var seedValues: [SeedValue] {
    conditions.enumerated().flatMap { index, condition in
      condition.cells.flatMap { cell in
        cell.readings.compactMap { reading in
          reading.reading.map {
            SeedValue(
              condition: index, cell: cell.label, seed: UInt64(reading.seed),
              value: $0.recorded)
          }
        }
      }
    }
  }
}

extension Reading {
  /// The reading as the registry keeps it.
  fileprivate var recorded: RecordedValue {
    switch self {
    case .value(let number): .number(number)
    case .notReached, .below, .diverged: .word(description)
    }
  }
}

extension TrialRecord {
  /// What judging and drawing make of the record.
  var result: TrialResult {
    outcome.map { .outcome($0.text) } ?? .failed(message ?? "no outcome")
  }
}

extension ResultRegistry {
  /// What each trial of a run gave, for judging or drawing it again.
  public func results(of run: Digest) throws(RegistryError) -> [TrialKey: TrialResult] {
    var results: [TrialKey: TrialResult] = [:]
    for trial in try trials(of: run) {
      results[TrialKey(setup: trial.setup.text, seed: Int(trial.seed))] = trial.result
    }
    return results
  }
}
