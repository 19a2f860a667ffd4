import Digests
import Foundation
import Registry
import Testing

struct `The ledger` {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  /// A run whose every part is awkward.
  private func awkward(in registry: ResultRegistry) throws -> RunRecord {
    let run = Sample.run(source: Sample.dirtySource)
    try registry.begin(run)
    let outcome = """
      {"a":-0.0,"b":1e308,"c":5e-324,"d":9007199254740993,"e":"inf","f":[[],{}],"g":"\\u0000é"}
      """
    let crash = TrialRecord(
      identity: Digest(of: "crash"), paper: run.paper, setup: try CanonicalJSON("{}"), seed: 3,
      failing: .timedOut, message: "after 60 s\nno \"outcome\"", seconds: 60, executedIn: run.id)
    let trials = try [
      Sample.trial(seed: 1, outcome: outcome, in: run), Sample.trial(seed: 0, in: run),
      Sample.trial(
        seed: 0, in: run, identity: "again", fresh: true, seconds: .leastNonzeroMagnitude),
      crash,
    ]
    try registry.record(trials, in: run.id)
    let claims = try [Sample.claim("b"), Sample.claim("a"), Sample.claim("c")]
    var odd = try Sample.verdict(
      claims[0], .error, estimate: .nan,
      values: [
        .number(.nan), .number(.infinity), .number(-.infinity), .number(-0.0),
        .number(.leastNonzeroMagnitude), .number(1e308), .number(9_007_199_254_740_994),
        .word("not reached"),
      ])
    odd.interval = .init(low: -0.0, high: .nan)
    odd.control = .init(verdict: .inconclusive, estimate: -0.0)
    var bare = try Sample.verdict(claims[1], .inconclusive, estimate: nil, values: [])
    (bare.interval, bare.band, bare.control, bare.file, bare.line) = (nil, nil, nil, nil, nil)
    try registry.finish(
      run.id, Sample.end(.error), claims: claims,
      verdicts: [odd, bare, Sample.verdict(claims[2], estimate: -0.0)])
    return run
  }

  @Test func `keeps every bit of a run on its way through files and registries`() throws {
    let first = try ResultRegistry(at: sandbox.file)
    let run = try awkward(in: first)
    try first.export(run.id, to: sandbox.ledger)
    let file = sandbox.ledger.file(of: run.id, paper: run.paper)
    let bytes = try Data(contentsOf: file)

    let second = try ResultRegistry(at: sandbox.folder.appending(path: "second.sqlite"))
    #expect(second.isNew)
    let result = try second.importLedger(sandbox.ledger)
    #expect(result.imported == [run.id])
    #expect(result.refused.isEmpty)
    let copy = Ledger(at: sandbox.folder.appending(path: "copy"))
    try second.export(run.id, to: copy)
    #expect(try Data(contentsOf: copy.file(of: run.id, paper: run.paper)) == bytes)

    let values = try second.entry(of: run.id).verdicts.flatMap(\.seedValues).map(\.value)
    #expect(values.contains(.word("not reached")))
    #expect(
      values.contains { value in
        if case .number(let number) = value { number == 0 && number.sign == .minus } else { false }
      })
  }

  @Test func `has one part a line, sorted names and a newline at the end`() throws {
    let registry = try ResultRegistry()
    let run = try Sample.finish(Sample.run(), in: registry)
    let text = try registry.entry(of: run.id).text
    #expect(text.hasSuffix("\n}\n"))
    let names = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }
      .compactMap { $0.split(separator: "\"").dropFirst().first }
    #expect(names == ["claims", "digest", "end", "id", "run", "schema", "trials", "verdicts"])
    #expect(text.contains(#""schema":"replicate.ledger/1""#))
    #expect(text.split(separator: "\n").count { $0.hasPrefix("    {\"executedIn\"") } == 2)
  }

  @Test func `imported twice is imported once`() throws {
    let registry = try ResultRegistry(at: sandbox.file)
    for index in 0..<3 {
      try registry.export(
        Sample.finish(Sample.run("\(index)", at: index), in: registry).id, to: sandbox.ledger)
    }
    let other = try ResultRegistry()
    #expect(try other.importLedger(sandbox.ledger).imported.count == 3)
    let again = try other.importLedger(sandbox.ledger)
    #expect(again.imported.isEmpty)
    #expect(again.present == 3)
    let verified = try other.importLedger(sandbox.ledger, verifying: true)
    #expect(verified.present == 3)
    #expect(verified.refused.isEmpty)
    #expect(try other.runs().count == 3)
    #expect(try registry.importLedger(sandbox.ledger).present == 3)
  }

  @Test func `a trial of another run is one row however it arrives`() throws {
    let registry = try ResultRegistry(at: sandbox.file)
    let first = Sample.run("1", at: 1)
    let second = Sample.run("2", at: 2)
    let trial = try Sample.trial(in: first)
    for run in [first, second] {
      try registry.begin(run)
      try registry.record([trial], in: run.id)
      try registry.finish(run.id, Sample.end())
      try registry.export(run.id, to: sandbox.ledger)
    }
    let other = try ResultRegistry()
    #expect(try other.importLedger(sandbox.ledger).refused.isEmpty)
    #expect(try other.entry(of: second.id).trials == [trial])
    #expect(
      try other.completedTrials([trial.identity])[trial.identity]?.record.executedIn == first.id)
  }

  @Test func `a missing folder holds nothing`() throws {
    #expect(try sandbox.ledger.files().isEmpty)
    #expect(try ResultRegistry().importLedger(sandbox.ledger) == LedgerImport())
  }

  @Test func `writing again is nothing, writing something else is refused`() throws {
    let registry = try ResultRegistry()
    let entry = try registry.entry(of: Sample.finish(Sample.run(), in: registry).id)
    let file = try sandbox.ledger.write(entry)
    #expect(try sandbox.ledger.write(entry) == file)
    try Data("{}".utf8).write(to: file)
    #expect(throws: RegistryError.self) { try sandbox.ledger.write(entry) }
    let left = try FileManager.default.contentsOfDirectory(
      atPath: file.deletingLastPathComponent().path)
    #expect(left == [file.lastPathComponent])
  }

  @Test(arguments: ["../evil", "a/b", "", ".hidden", "a\u{0}b", "naïve"])
  func `a paper id that is no plain name makes no folder`(paper: String) throws {
    let registry = try ResultRegistry()
    let run = Sample.run(paper: paper.isEmpty ? "x" : paper)
    guard !paper.isEmpty else { return }
    try registry.begin(run)
    try registry.finish(run.id, Sample.end())
    #expect(throws: RegistryError.self) { try registry.export(run.id, to: sandbox.ledger) }
    #expect(!FileManager.default.fileExists(atPath: sandbox.ledger.folder.path))
  }

  @Test func `a place that cannot be written names itself`() throws {
    let registry = try ResultRegistry()
    let entry = try registry.entry(of: Sample.finish(Sample.run(), in: registry).id)
    let blocked = sandbox.folder.appending(path: "file")
    try Data().write(to: blocked)
    let error = #expect(throws: RegistryError.self) { try Ledger(at: blocked).write(entry) }
    guard case .ledgerUnavailable? = error else {
      Issue.record("expected ledgerUnavailable, got \(String(describing: error))")
      return
    }
  }

  @Test func `does not depend on time zone, language or the order of what is given`() async throws {
    let registry = try ResultRegistry()
    let run = try Sample.finish(Sample.run(), in: registry)
    let entry = try registry.entry(of: run.id)
    let shuffled = try LedgerEntry(
      run: entry.run, end: entry.end, claims: entry.claims.reversed(),
      verdicts: entry.verdicts.reversed(), trials: entry.trials.reversed())
    #expect(shuffled.text == entry.text)
    // The child builds the same run under an extreme locale and prints its digest as exit code.
    let expected = entry.contentDigest.description
    await #expect(processExitsWith: .success) { [expected = expected as String] in
      setenv("TZ", "Pacific/Kiritimati", 1)
      setenv("LC_ALL", "de_DE.UTF-8", 1)
      setenv("LANG", "tr_TR.UTF-8", 1)
      tzset()
      setlocale(LC_ALL, "")
      let registry = try ResultRegistry()
      let run = try Sample.finish(Sample.run(), in: registry)
      let digest = try registry.entry(of: run.id).contentDigest.description
      precondition(digest == expected, "the ledger's bytes depend on the locale")
    }
  }
}
