import Digests
import Foundation
import Provenance
import Registry

/// Records that the tests share.
enum Sample {
  static let paper = "doe2020-sample"

  static let environment = ExecutionEnvironment(
    processor: "Test CPU", architecture: "x86_64", simdLevel: "avx2",
    simdLevels: ["scalar", "avx2"], cores: 2, memoryBytes: 1 << 30, system: "Test OS 1",
    kernel: "Linux 6.0", toolchain: "Swift 6.3.1")

  static var source: SourceState {
    var source = SourceState()
    source.commit = "0123456789abcdef0123456789abcdef01234567"
    source.branch = "main"
    source.remote = "https://example.org/replicate.git"
    source.changes = SourceState.Changes()
    return source
  }

  static var dirtySource: SourceState {
    var source = source
    source.changes?.modified = SourceState.Paths(["a.swift", "ä \"quoted\".swift"])
    source.diff = "--- a\n+++ b\n+\u{1}\u{2028}</script>\n"
    source.unknowns = [SourceState.Unknown("binary changes", because: "left out")]
    return source
  }

  static func run(
    _ nonce: String = "1", at milliseconds: Int = 1_700_000_000_000, tier: String = "smoke",
    paper: String = paper, source: SourceState = source, selecting: [String] = []
  ) -> RunRecord {
    RunRecord(
      paper: paper, tier: tier, startedAt: Timestamp(milliseconds: milliseconds), source: source,
      paperTree: Digest(of: "paper"), coreTree: Digest(of: "core"), environment: environment,
      arguments: ["--tier", tier] + selecting, seeds: [0, 1], nonce: nonce)
  }

  static func trial(
    seed: UInt64 = 0, outcome: String = #"{"loss":0.5,"curve":[1,2.5]}"#,
    setup: String = #"{"width":16}"#, in run: RunRecord, identity: String? = nil,
    fresh: Bool = false, seconds: Double = 0.25
  ) throws -> TrialRecord {
    TrialRecord(
      identity: Digest(of: identity ?? "\(setup) \(seed)"), paper: run.paper,
      setup: try CanonicalJSON(setup), seed: seed, outcome: try CanonicalJSON(outcome),
      seconds: seconds, fresh: fresh, executedIn: run.id)
  }

  static func claim(
    _ name: String = "lowers-loss", tier: String = "smoke", band: String = "0.4",
    paper: String = paper
  ) throws -> ClaimRecord {
    ClaimRecord(
      paper: paper, claim: name, tier: tier, statement: "Lowers the loss.", place: "Table 1",
      declaration: try CanonicalJSON(#"{"atLeast":\#(band)}"#))
  }

  static func verdict(
    _ claim: ClaimRecord, _ verdict: RecordedVerdict = .pass, estimate: Double? = 0.5,
    values: [RecordedValue] = [.number(0.5), .number(0.5)]
  ) throws -> VerdictRecord {
    VerdictRecord(
      claim: claim.digest, verdict: verdict, estimate: estimate,
      interval: .init(low: 0.45, high: 0.55), band: .init(low: 0.4, high: .infinity),
      unit: "nats", n: values.count, reason: "The 90 % interval lies inside the band.",
      control: .init(verdict: .fail, estimate: -0.25),
      conditions: try CanonicalJSON(#"[{"verdict":"pass"}]"#),
      file: "papers/Doe.swift", line: 12,
      seedValues: zip(0..., values).map {
        SeedValue(condition: 0, cell: "", seed: $0, value: $1)
      })
  }

  static func rejudgement(
    of run: RunRecord, band: String = "0.3", edition: Int = 2,
    at milliseconds: Int = 1_700_000_002_000
  ) throws -> Rejudgement {
    let claim = try claim(band: band)
    var verdict = try verdict(claim, .inconclusive)
    verdict.edition = edition
    return Rejudgement(
      run: run.id, judgedAt: Timestamp(milliseconds: milliseconds), commit: source.commit,
      isClean: true, claim: claim, verdict: verdict)
  }

  static func end(
    _ verdict: RecordedVerdict = .pass, at milliseconds: Int = 1_700_000_001_000
  ) -> RunEnd {
    RunEnd(
      finishedAt: Timestamp(milliseconds: milliseconds), verdict: verdict,
      outcomeDigest: Digest(of: "outcome"), seconds: 1.5)
  }

  /// A finished run with one claim and two trials, recorded.
  @discardableResult
  static func finish(_ run: RunRecord, in registry: ResultRegistry) throws -> RunRecord {
    try registry.begin(run)
    let trials = try [trial(seed: 0, in: run), trial(seed: 1, in: run)]
    try registry.record(trials, in: run.id, at: Timestamp(milliseconds: 1_700_000_000_500))
    let claim = try claim(tier: run.tier, paper: run.paper)
    try registry.finish(run.id, end(), claims: [claim], verdicts: [verdict(claim)])
    return run
  }
}

/// A folder that is removed when the test is done with it.
final class Sandbox: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "registry-\(UInt64.random(in: 0...UInt64.max))", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  var file: URL { folder.appending(path: "registry.sqlite") }
  var ledger: Ledger { Ledger(at: folder.appending(path: "ledger")) }
}
