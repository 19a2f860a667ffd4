import Digests
import Provenance
package import Registry
import Replication

/// A registry of any size whose content is a function of its numbers.
package struct SyntheticRegistry {
  /// How many papers there are.
  package var papers = 3
  /// How many claims each paper has.
  package var claims = 6
  /// How many runs there are in all, dealt to the papers in turn.
  package var runs = 30
  /// How many commits the runs are spread over.
  package var commits = 5
  /// What every free text is made of; nil gives plain words.
  package var text: String?
  /// How every declaration says that its verdict counts.
  package var standing = "judged"
  /// How the declaration that is amended half way says it, where that is another way.
  package var amendedStanding: String?
  /// The verdict of every claim; nil varies them.
  package var verdict: RecordedVerdict?
  /// The share of seeds that the rule of every claim asks for; nil asks for the mean.
  package var share: Double?
  /// Whether it is known of the runs whether their trees were clean.
  package var knowsState = true

  /// A registry of the default size.
  package init() {}

  /// Records everything.
  package func write(to registry: ResultRegistry) throws {
    var records: [Key: Record] = [:]
    for index in 0..<runs {
      let run = run(index)
      try registry.begin(run)
      try registry.record(
        (0..<4).map { try trial($0, in: run, index) }, in: run.id, at: moment(index, plus: 500),
        waiting: false)
      let keys = (0..<claims).map { claim in
        Key(
          paper: index % papers, claim: claim, verdict: verdict(of: claim, in: index),
          isAmended: index * 2 > runs && claim == 1)
      }
      for key in keys where records[key] == nil { records[key] = try Record(key, self) }
      let known = keys.compactMap { records[$0] }
      try registry.finish(
        run.id,
        RunEnd(
          finishedAt: moment(index, plus: 900),
          verdict: known.contains { $0.verdict.verdict == .fail } ? .fail : .pass,
          outcomeDigest: Digest(of: "outcome \(index / 7)"), seconds: 2.5 + Double(index % 13),
          note: text),
        claims: known.map(\.claim), verdicts: known.map(\.verdict))
    }
  }

  /// What tells apart the judgements that are recorded.
  struct Key: Hashable {
    var paper: Int
    var claim: Int
    var verdict: RecordedVerdict
    var isAmended: Bool
  }

  struct Record {
    var claim: ClaimRecord
    var verdict: VerdictRecord

    init(_ key: Key, _ registry: SyntheticRegistry) throws {
      (claim, verdict) = try registry.judgement(key)
    }
  }

  /// A free text: plain words, or the hostile ones.
  func words(_ plain: String) -> String { text.map { "\($0) \(plain) \($0)" } ?? plain }

  func paperID(_ index: Int) -> String {
    text.map { "\($0)-\(index)" } ?? "doe\(2000 + index % 25)-synthetic-\(index)"
  }

  private func moment(_ index: Int, plus milliseconds: Int = 0) -> Timestamp {
    Timestamp(milliseconds: 1_700_000_000_000 + index * 61_000 + milliseconds)
  }

  /// Mostly passes; the second claim fails over some stretches, the third is undecided at times.
  private func verdict(of claim: Int, in index: Int) -> RecordedVerdict {
    if let verdict { return verdict }
    let age = index * 40 / max(1, runs)
    switch claim {
    case 1: return age % 9 == 3 ? .fail : .pass
    case 2: return age % 13 < 2 ? .inconclusive : .pass
    case 3: return age == 17 ? .error : .pass
    default: return .pass
    }
  }

  package func run(_ index: Int) -> RunRecord {
    var source = SourceState()
    let commit = index * commits / max(1, runs)
    source.commit =
      text.map { "\($0)\(commit)" } ?? String(Digest(of: "\(commit)").description.prefix(40))
    source.branch = words("main")
    source.remote = words("origin")
    source.changes = knowsState ? SourceState.Changes() : nil
    if index % 11 == 3 {
      source.changes?.modified = SourceState.Paths([words("a.swift")])
      source.diff = words("--- a\n+++ b\n")
      source.unknowns = [SourceState.Unknown(words("diff"), because: words("binary"))]
    }
    let tier = index % 5 == 4 ? "smoke" : "standard"
    return RunRecord(
      paper: paperID(index % papers), tier: text.map { index % 7 == 6 ? $0 : tier } ?? tier,
      startedAt: moment(index), source: source, paperTree: Digest(of: "paper \(commit)"),
      coreTree: Digest(of: "core"), environment: environment,
      arguments: ["--tier", tier] + (text.map { [$0] } ?? []), seeds: [0, 1, 2],
      nonce: "\(index)")
  }

  private var environment: ExecutionEnvironment {
    ExecutionEnvironment(
      processor: words("A processor"), architecture: words("x86_64"), simdLevel: words("avx2"),
      simdLevels: [words("avx2")], cores: 2, memoryBytes: 1 << 34, system: words("A system"),
      kernel: words("6.0"), toolchain: words("Swift 6.3"))
  }

  private func trial(_ number: Int, in run: RunRecord, _ index: Int) throws -> TrialRecord {
    let setup = try CanonicalJSON(
      Canonical.text(["width": words("\(16 << (number / 2))"), "rule": words("plain")]))
    let identity = Digest(of: "\(run.paper) \(index) \(number)")
    if number == 3, index % 17 == 5 {
      return TrialRecord(
        identity: identity, paper: run.paper, setup: setup, seed: UInt64(number % 2),
        failing: .crashed, message: words("out of memory"), seconds: 0.5, executedIn: run.id)
    }
    let outcome = try CanonicalJSON(Canonical.text(["loss": words("\(Double(index) / 7)")]))
    return TrialRecord(
      identity: identity, paper: run.paper, setup: setup, seed: UInt64(number % 2),
      outcome: outcome, seconds: 0.5, executedIn: run.id)
  }
}
