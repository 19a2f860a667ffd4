import Evidence
import Replication
import Testing

struct `A run until decided` {
  /// Executes what the run asks for until it asks for nothing more; so many trials come back between
  /// two looks.
  private func run(atOnce: Int, claims: Set<String> = ["mean"]) throws -> (
    claim: ClaimResult?, results: [TrialKey: TrialResult]
  ) {
    var results: [TrialKey: TrialResult] = [:]
    while true {
      let missing = try NoisyPaper.trials(
        at: .standard, claims: claims, seeding: .untilDecided, given: results
      ).filter { results[$0] == nil }
      if missing.isEmpty { break }
      for key in missing.prefix(atOnce) {
        results[key] = .outcome(
          try NoisyPaper.execute(
            setup: key.setup, in: Trial(paper: NoisyPaper.paper.id, seed: key.seed)))
      }
    }
    let judged = try NoisyPaper.judge(
      at: .standard, claims: claims, seeding: .untilDecided, from: results)
    return (judged.first, results)
  }

  private func seeds(_ results: [TrialKey: TrialResult]) -> Int {
    Set(results.keys.map(\.seed)).count
  }

  @Test func `stops early where the effect is clear, before the declared number`() throws {
    let (claim, results) = try run(atOnce: 1000)
    #expect(claim?.verdict == .pass)
    #expect(seeds(results) < 8)
    #expect(claim?.control?.verdict != .pass)
  }

  @Test func `goes on where it is not, and stops at the same seed however trials come back`() throws
  {
    try NoisyPaper.$least.withValue(0) {
      let (claim, results) = try run(atOnce: 1000)
      #expect(claim?.verdict == .pass)
      #expect(seeds(results) > 8 && seeds(results) < 64)
      for atOnce in [1, 3, 7] {
        let other = try run(atOnce: atOnce)
        #expect(other.claim == claim && other.results == results, "\(atOnce)")
      }
    }
  }

  @Test func `is undecided at its cap, never failed`() throws {
    try NoisyPaper.$least.withValue(0.5) {
      let (claim, results) = try run(atOnce: 1000)
      #expect(claim?.verdict == .inconclusive)
      #expect(seeds(results) == 64)
      #expect(claim?.reason.hasSuffix("the cap of 64 seeds is reached") == true)
    }
  }

  @Test func `fails a claim that is wrong`() throws {
    let claim = try NoisyPaper.$least.withValue(2.5) { try run(atOnce: 1000).claim }
    #expect(claim?.verdict == .fail)
  }

  @Test func `leaves claims about every seed as they are`() throws {
    let (claim, results) = try run(atOnce: 1000, claims: ["everySeed"])
    #expect(claim?.verdict == .pass && seeds(results) == 3)
  }

  @Test func `does not wait for trials that failed`() throws {
    var results: [TrialKey: TrialResult] = [:]
    let first = try NoisyPaper.trials(at: .standard, claims: ["mean"], seeding: .untilDecided)
    for key in first { results[key] = .failed("out of memory") }
    let next = try NoisyPaper.trials(
      at: .standard, claims: ["mean"], seeding: .untilDecided, given: results)
    #expect(next == first)
  }
}
