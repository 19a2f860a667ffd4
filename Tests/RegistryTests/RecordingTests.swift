import Digests
import Foundation
import GRDB
import Provenance
import Registry
import Testing

struct `Recording` {
  let sandbox: Sandbox
  let registry: ResultRegistry

  init() throws {
    sandbox = try Sandbox()
    registry = try ResultRegistry(at: sandbox.file)
  }

  /// The file through another connection, as any other tool sees it.
  private func outside() throws -> DatabaseQueue {
    try DatabaseQueue(path: sandbox.file.path)
  }

  @Test func `a new file holds no runs and says so`() throws {
    #expect(registry.isNew)
    #expect(try registry.runs().isEmpty)
    try registry.begin(Sample.run())
    #expect(try !ResultRegistry(at: sandbox.file).isNew)
  }

  @Test func `a finished run is listed with verdict, commit and time`() throws {
    let run = try Sample.finish(Sample.run(), in: registry)
    let line = try #require(try registry.runs().first)
    #expect(line.id == run.id)
    #expect(line.verdict == .pass)
    #expect(line.commit == Sample.source.commit)
    #expect(line.isClean == true)
    #expect(line.seconds == 1.5)
    #expect(line.endedAt?.description == "2023-11-14T22:13:21.000Z")
  }

  @Test func `a run that was killed stays open`() throws {
    try registry.begin(Sample.run())
    let line = try #require(try registry.runs().first)
    #expect(line.endedAt == nil)
    #expect(line.verdict == nil)
    #expect(try registry.latestRuns().isEmpty)
  }

  @Test func `an interrupted run ends without a verdict and is no latest result`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let end = RunEnd(
      interruptedAt: Timestamp(milliseconds: 1_700_000_002_000), seconds: 2, note: "SIGINT")
    try registry.finish(run.id, end)
    #expect(try registry.runs().first?.endedAt != nil)
    #expect(try registry.runs().first?.verdict == nil)
    #expect(try registry.latestRuns().isEmpty)
    #expect(throws: RegistryError.self) { try registry.entry(of: run.id) }
  }

  @Test func `a completed trial is found by its identity`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = try Sample.trial(in: run)
    let rows = try registry.record([trial], in: run.id)
    let unknown = Digest(of: "unknown")
    let found = try registry.completedTrials([trial.identity, unknown])
    #expect(found.count == 1)
    #expect(found[trial.identity]?.record == trial)
    #expect(found[trial.identity]?.id == rows.first)
  }

  @Test func `the same execution recorded twice is one row`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = try Sample.trial(in: run)
    let first = try registry.record([trial], in: run.id)
    let second = try registry.record([trial, trial], in: run.id)
    #expect(second == first + first)
  }

  @Test func `a crashed trial is kept with its message and never reused`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = TrialRecord(
      identity: Digest(of: "crash"), paper: run.paper, setup: try CanonicalJSON("{}"), seed: 3,
      failing: .crashed, message: "signal 11\0 in x", seconds: 0.1, executedIn: run.id)
    try registry.record([trial], in: run.id)
    #expect(try registry.completedTrials([trial.identity]).isEmpty)
    let message = try outside().read {
      try String.fetchOne($0, sql: "SELECT message FROM trials WHERE status = 'crashed'")
    }
    // A text of the file ends at NUL, so that a sign stands for it.
    #expect(message == "signal 11\u{2400} in x")
  }

  @Test func `another outcome of one identity is seen as irreproducible`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = try Sample.trial(in: run, identity: "same")
    let again = try Sample.trial(in: run, identity: "same", fresh: true, seconds: 0.5)
    try registry.record([trial, again], in: run.id)
    #expect(try registry.irreproducibleIdentities().isEmpty)
    let other = try Sample.trial(outcome: #"{"loss":0.50000001}"#, in: run, identity: "same")
    try registry.record([other], in: run.id)
    #expect(try registry.irreproducibleIdentities() == [Digest(of: "same")])
    #expect(try registry.completedTrials([trial.identity])[trial.identity]?.record == trial)
  }

  @Test func `numbers of an outcome are rows under their paths, extremes included`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let outcome = """
      {"big":1e308,"curve":[1,{"x":-2.5}],"denormal":5e-324,"exact":9007199254740993,\
      "nan":"nan","negative":-0.0,"reached":false,"stop":"not reached","skip":null}
      """
    try registry.record([try Sample.trial(outcome: outcome, in: run)], in: run.id)
    let rows = try outside().read { database in
      try Row.fetchAll(database, sql: "SELECT key, value, text FROM numbers ORDER BY position")
        .map { row -> String in
          let value = (row["value"] as Double?)?.description ?? "-"
          let text: String = row["text"] ?? "-"
          return "\(row["key"] as String) \(value) \(text)"
        }
    }
    #expect(
      rows == [
        "big 1e+308 -", "curve[0] 1.0 -", "curve[1].x -2.5 -", "denormal 5e-324 -",
        "exact 9007199254740992.0 9007199254740993", "nan - nan", "negative 0.0 -0.0",
        "reached 0.0 -", "stop - not reached",
      ])
  }

  @Test func `a run that is unknown takes no trials and no end`() throws {
    let run = Sample.run()
    let trial = try Sample.trial(in: run)
    #expect(throws: RegistryError.self) { try registry.record([trial], in: run.id) }
    #expect(throws: RegistryError.self) { try registry.finish(run.id, Sample.end()) }
    #expect(try registry.completedTrials([trial.identity]).isEmpty)
  }

  @Test func `a run ends once`() throws {
    let run = try Sample.finish(Sample.run(), in: registry)
    #expect(throws: RegistryError.invalidRecord("run \(run.id.short) has ended before")) {
      try registry.finish(run.id, Sample.end(.fail))
    }
    #expect(try registry.runs().first?.verdict == .pass)
  }

  @Test func `a failing part of an end leaves nothing of it`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let claim = try Sample.claim()
    var verdict = try Sample.verdict(claim)
    verdict.seedValues.append(verdict.seedValues[0])
    #expect(throws: RegistryError.self) {
      try registry.finish(run.id, Sample.end(), claims: [claim], verdicts: [verdict])
    }
    let counts = try outside().read { database in
      try ["run_ends", "claims", "verdicts", "seed_values"].map {
        try Int.fetchOne(database, sql: "SELECT count(*) FROM \($0)")
      }
    }
    #expect(counts == [0, 0, 0, 0])
  }

  @Test func `every claim needs a verdict`() throws {
    let run = Sample.run()
    try registry.begin(run)
    #expect(throws: RegistryError.self) {
      try registry.finish(run.id, Sample.end(), claims: [Sample.claim()])
    }
  }

  @Test func `a seed that SQLite cannot hold is refused`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = try Sample.trial(seed: UInt64.max, in: run)
    #expect(throws: RegistryError.self) { try registry.record([trial], in: run.id) }
    let fits = try Sample.trial(seed: UInt64(Int64.max), in: run)
    try registry.record([fits], in: run.id)
    #expect(try registry.completedTrials([fits.identity])[fits.identity]?.record == fits)
  }

  @Test func `a trial recorded without waiting is there for everybody and for good`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let trial = try Sample.trial(in: run)
    try registry.record([trial], in: run.id, waiting: false)
    let other = try ResultRegistry(at: sandbox.file)
    #expect(try other.completedTrials([trial.identity]).count == 1)
    try registry.flush()
    let unknown = Sample.run("unknown").id
    #expect(throws: RegistryError.self) {
      try registry.record([trial], in: unknown, waiting: false)
    }
    try registry.record([trial], in: run.id)
    let links = try outside().read { try Int.fetchOne($0, sql: "SELECT count(*) FROM run_trials") }
    #expect(links == 1)
  }

  @Test func `a long series keeps every number in order`() throws {
    let run = Sample.run()
    try registry.begin(run)
    let values = (0..<200).map { "\(Double($0) / 8)" }.joined(separator: ",")
    let trial = try Sample.trial(outcome: "{\"curve\":[\(values)],\"last\":1}", in: run)
    try registry.record([trial], in: run.id)
    let rows = try outside().read { database in
      try Row.fetchAll(database, sql: "SELECT key, value FROM numbers ORDER BY position")
    }
    #expect(rows.count == 201)
    #expect(rows[199]["key"] == "curve[199]")
    #expect(rows[199]["value"] == 24.875)
    #expect(rows[200]["key"] == "last")
  }
}
