import Datasets
import Digests
import Evidence
import Foundation
import Provenance
import Registry
import Replication
import Synchronization
import Tensors

extension RunRequest {
  /// Runs the paper: plans, executes what is not recorded yet, records, judges.
  ///
  /// - Parameter report: Called with each event, never from two places at once.
  /// - Returns: What was found; a failed trial is an error of its claims.
  /// - Throws: What keeps results from being recorded; a trial that fails throws nothing.
  public func execute(
    reporting report: @escaping @Sendable (RunEvent) -> Void = { _ in }
  ) async throws -> RunReport {
    let clock = ContinuousClock()
    let start = clock.now
    let environment = ExecutionEnvironment.current
    let identity = try SourceIdentity(
      of: paper, program: program, toolchain: environment.toolchain)
    let first = try paper.trials(at: tier, claims: claims, seeding: seeding)
    let record = RunRecord(
      paper: paper.paper.id, tier: tier.rawValue, startedAt: .now(), source: source,
      paperTree: identity.paperTree, coreTree: identity.coreTree, environment: environment,
      arguments: arguments, seeds: Set(first.map { UInt64($0.seed) }).sorted())
    try importAbandoned()
    // The spool outlives everything else, so that a run that is killed anywhere is closed later.
    let live = try Spool(of: record, in: spool)
    try registry.begin(record)

    var (keys, trials, results) = (first, [PlannedTrial](), [TrialKey: TrialResult]())
    var executed = 0
    // More than once where results say which trials are needed next.
    while true {
      let next = keys.filter { results[$0] == nil }.map(identity.trial)
      if next.isEmpty { break }
      let recorded = fresh ? [:] : try registry.completedTrials(next.map(\.identity))
      for trial in next {
        guard let outcome = recorded[trial.identity]?.record.outcome else { continue }
        results[trial.key] = .outcome(outcome.text)
      }
      _ = try registry.record([], reusing: recorded.values.map(\.id).sorted(), in: record.id)
      let missing = next.filter { recorded[$0.identity] == nil }
      report(.planned(trials: trials.count + next.count, recorded: results.count - executed))
      if !missing.isEmpty {
        let found = try await execute(
          missing, of: record, in: live, scope: identity.scope, known: results, reporting: report)
        results.merge(found) { _, new in new }
      }
      executed += missing.count
      trials += next
      keys = try paper.trials(at: tier, claims: claims, seeding: seeding, given: results)
    }
    let conflicting = Set(try registry.irreproducibleIdentities())
    for trial in trials where conflicting.contains(trial.identity) {
      results[trial.key] = .failed(
        "executed more than once with different bits; `replicate doctor` counts such trials")
    }

    let judged = try paper.judge(at: tier, claims: claims, seeding: seeding, from: results)
    let digest = outcomeDigest(of: keys, results)
    let verdict = Verdict.worst(of: judged.map(\.contribution))
    let seconds = (clock.now - start).inSeconds
    try registry.finish(
      record.id,
      RunEnd(
        finishedAt: .now(), verdict: RecordedVerdict(verdict), outcomeDigest: digest,
        seconds: seconds),
      claims: claimRecords(judged), verdicts: judged.map { try verdictRecord($0) })
    try live.remove()
    return RunReport(
      run: record.id, paper: paper.paper.id, tier: tier, commit: source.commit,
      isClean: source.isClean, outcomeDigest: digest, verdict: verdict, claims: judged,
      seconds: seconds, executed: executed, reused: trials.count - executed,
      // What is missing or crashed is no result to commit.
      ledgerFile: try (verdict == .error ? nil : ledger).map { folder in
        let ledger = Ledger(at: folder)
        try registry.export(record.id, to: ledger)
        return ledger.file(of: record.id, paper: record.paper)
      })
  }

  /// Records what runs that were killed had finished, and that they were killed.
  private func importAbandoned() throws {
    Spool.discardStates(in: spool)
    for (spool, run, fragments) in try Spool.abandoned(in: spool) {
      // The registry may be another one than the run began in, such as a rebuilt one.
      try registry.begin(run)
      _ = try registry.record(fragments.map { try $0.record(fresh: false) }, in: run.id)
      // Whoever took it over before may have been killed too, before it removed the spool.
      if try registry.runs(of: run.paper).first(where: { $0.id == run.id })?.endedAt == nil {
        try registry.finish(
          run.id,
          RunEnd(
            interruptedAt: .now(), seconds: fragments.reduce(0) { $0 + $1.seconds },
            note: "killed; \(fragments.count) finished trials were taken over by a later run"))
      }
      try spool.remove()
    }
  }

  /// Executes trials in workers and records each as it ends.
  private func execute(
    _ trials: [PlannedTrial], of run: RunRecord, in live: Spool, scope: Digest,
    known: [TrialKey: TrialResult], reporting report: @escaping @Sendable (RunEvent) -> Void
  ) async throws -> [TrialKey: TrialResult] {
    let folder = live.folder
    let plan = Plan(
      run: run.id, paper: run.paper, tier: tier, fragments: folder, data: data?.root,
      // A fresh run builds what trials share anew, too.
      stages: fresh ? folder.appending(path: ".stages") : stages,
      states: (fresh ? folder : spool).appending(path: Spool.states), scope: scope,
      threads: threads,
      limits: Plan.Limits(
        seconds: secondsPerTrial ?? Int(tier.secondsPerTrial), bytes: memory),
      trials: trials)
    let file = folder.appending(path: ".plan.jsonl")
    try plan.write(to: file)
    let pool = WorkerPool(
      program: program, planFile: file, plan: plan,
      jobs: jobs ?? max(1, ProcessInfo.processInfo.activeProcessorCount / max(1, threads)))

    let (finished, continuation) = AsyncStream.makeStream(of: Int.self)
    let work = Task {
      defer { continuation.finish() }
      try await pool.run { continuation.yield($0) }
    }
    let results = try await withTaskCancellationHandler {
      do {
        return try await collect(finished, of: plan, from: folder, known: known, reporting: report)
      } catch {
        // What cannot be recorded need not be computed.
        work.cancel()
        throw error
      }
    } onCancel: {
      work.cancel()
    }
    try await work.value
    guard results.count == Set(trials.map(\.key)).count else {
      throw PlanError.fragment(folder.path, "only \(results.count) of \(trials.count) came back")
    }
    try registry.flush()
    return results
  }

  private func collect(
    _ finished: AsyncStream<Int>, of plan: Plan, from folder: URL,
    known: [TrialKey: TrialResult], reporting report: @Sendable (RunEvent) -> Void
  ) async throws -> [TrialKey: TrialResult] {
    var results: [TrialKey: TrialResult] = [:]
    var readiness = try ClaimReadiness(self, known: known)
    var left = Dictionary(grouping: plan.trials, by: \.key.seed).mapValues(\.count)
    for await index in finished {
      let trial = plan.trials[index]
      guard let fragment = try Fragment.read(trial, from: folder) else {
        throw PlanError.fragment(folder.path, "trial \(index) ended without one")
      }
      // The fragment is on disk already, so that the registry need not wait for the disk too.
      let record = try fragment.record(fresh: fresh)
      _ = try registry.record([record], in: plan.run, waiting: false)
      // The text as recorded, so that a resumed run digests the same bytes.
      results[trial.key] = record.result
      readiness.finish(trial.key)
      left[trial.key.seed]? -= 1
      report(
        .finished(
          RunEvent.Finished(
            trial: trial.key, failure: fragment.failure?.message,
            done: known.count + results.count, leftOfSeed: left[trial.key.seed] ?? 0,
            claimsReady: readiness.ready)))
    }
    return results
  }

  /// The digest of setups, seeds, data digests and outcomes, the same on every machine.
  private func outcomeDigest(
    of keys: [TrialKey], _ results: [TrialKey: TrialResult]
  ) -> Digest {
    var builder = DigestBuilder()
    for dataset in paper.data { builder.update("\(dataset.rawValue) \(dataset.digest)\n") }
    for key in keys.sorted() {
      builder.update("\(key.seed)\n\(key.setup)\n")
      switch results[key] {
      case .outcome(let text): builder.update("\(text)\n")
      // The message names processes and places; that there is no outcome is all that is equal.
      case .failed, nil: builder.update("no outcome\n")
      }
    }
    return builder.finish()
  }
}

/// Which claims have all their trials, for showing progress.
private struct ClaimReadiness {
  private var missing: [Set<TrialKey>]

  init(_ request: RunRequest, known: [TrialKey: TrialResult]) throws {
    let declared = request.paper.declarations(at: request.tier).map(\.claim)
    missing = try declared.filter { request.claims?.contains($0) ?? true }.map { claim in
      Set(
        try request.paper.trials(
          at: request.tier, claims: [claim], seeding: request.seeding, given: known)
      ).subtracting(known.keys)
    }
  }

  mutating func finish(_ trial: TrialKey) {
    for index in missing.indices { missing[index].remove(trial) }
  }

  var ready: Int { missing.count(where: \.isEmpty) }
}
