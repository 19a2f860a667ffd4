import Digests
import Foundation
import Registry
import Testing

struct `Judging again` {
  let registry: ResultRegistry
  let run: RunRecord

  init() throws {
    registry = try ResultRegistry()
    run = try Sample.finish(Sample.run(), in: registry)
  }

  @Test func `is kept beside what the run judged`() throws {
    let later = try Sample.rejudgement(of: run)
    #expect(try registry.record([later]) == 1)
    let history = try registry.history(of: Sample.paper)
    #expect(history.map(\.verdict) == [.pass, .inconclusive])
    #expect(history.map(\.judgedAt) == [nil, later.judgedAt])
    #expect(history.map(\.edition) == [1, 2])
    #expect(history.map(\.version) == [try Sample.claim().digest, later.claim.digest])
    #expect(try registry.rejudgements(of: Sample.paper).count == 1)
    // The run's own verdict stays the last one of a run, and its entry what it was.
    #expect(try registry.latestVerdicts(of: Sample.paper).map(\.verdict) == [.pass])
    #expect(try registry.entry(of: run.id).verdicts.count == 1)
  }

  @Test func `a second time changes nothing`() throws {
    let first = try Sample.rejudgement(of: run)
    let second = try Sample.rejudgement(of: run, at: 1_800_000_000_000)
    #expect(try registry.record([first, second]) == 1)
    #expect(try registry.record([second]) == 0)
    #expect(try registry.rejudgements(of: Sample.paper).map(\.judgedAt) == [first.judgedAt])
  }

  @Test func `by the claim and edition of the run itself is nothing new`() throws {
    #expect(try registry.record([Sample.rejudgement(of: run, band: "0.4", edition: 1)]) == 0)
    #expect(try registry.record([Sample.rejudgement(of: run, band: "0.4", edition: 2)]) == 1)
  }

  @Test func `of a run that is not there is refused, all of it`() throws {
    let stranger = Sample.run("another")
    #expect(throws: RegistryError.self) {
      try registry.record([Sample.rejudgement(of: run), Sample.rejudgement(of: stranger)])
    }
    #expect(try registry.rejudgements(of: Sample.paper).isEmpty)
  }

  @Test func `names the version that it judged`() throws {
    let later = try Sample.rejudgement(of: run)
    var verdict = later.verdict
    verdict.claim = Digest(of: "another")
    #expect(throws: RegistryError.self) {
      try registry.record([
        Rejudgement(
          run: run.id, judgedAt: later.judgedAt, commit: nil, isClean: nil, claim: later.claim,
          verdict: verdict)
      ])
    }
  }

  @Test func `gives every judgement in full`() throws {
    let later = try Sample.rejudgement(of: run)
    try registry.record([later])
    let full = try registry.judgement(of: run.id, claim: later.claim.digest, edition: 2)
    #expect(full == later.verdict.conditions)
    #expect(try registry.judgement(of: run.id, claim: later.claim.digest, edition: 1) == nil)
    #expect(
      try registry.judgement(of: run.id, claim: Sample.claim().digest, edition: 1) != nil)
    #expect(try registry.claimVersions(of: Sample.paper).count == 2)
  }

  @Test func `an edition survives the ledger, and the first is not named there`() throws {
    let sandbox = try Sandbox()
    let ledger = sandbox.ledger
    try registry.export(run.id, to: ledger)
    let text = try String(
      contentsOf: ledger.file(of: run.id, paper: run.paper), encoding: .utf8)
    #expect(!text.contains("\"edition\""))
    let second = Sample.run("second")
    let claim = try Sample.claim()
    var verdict = try Sample.verdict(claim)
    verdict.edition = 2
    try registry.begin(second)
    try registry.finish(second.id, Sample.end(), claims: [claim], verdicts: [verdict])
    try registry.export(second.id, to: ledger)
    let other = try ResultRegistry()
    _ = try other.importLedger(ledger)
    #expect(try other.verdicts(of: second.id).map(\.edition) == [2])
    #expect(try other.verdicts(of: run.id).map(\.edition) == [1])
  }
}
