import Evidence
import FixturePapers
import Replication
import Testing

/// The coin paper's outcomes, executed in this process.
private func coinResults(
  changing change: (TrialKey, String) -> TrialResult? = { .outcome($1) }
) throws -> [TrialKey: TrialResult] {
  var results: [TrialKey: TrialResult] = [:]
  for key in try CoinPaper.trials(at: .smoke) {
    let outcome = try CoinPaper.execute(
      setup: key.setup, in: Trial(paper: CoinPaper.paper.id, seed: key.seed))
    if let result = change(key, outcome) { results[key] = result }
  }
  return results
}

private func verdicts(
  _ results: [TrialKey: TrialResult], seeds: Int? = nil
) throws -> [String: ClaimResult] {
  let judged = try CoinPaper.judge(
    at: .smoke, seeding: seeds.map { .count($0) } ?? .declared, from: results)
  return Dictionary(uniqueKeysWithValues: judged.map { ($0.id, $0) })
}

struct `Judging` {
  @Test func `gives each claim of a known paper the verdict it deserves`() throws {
    let verdicts = try verdicts(coinResults()).mapValues(\.verdict)
    #expect(
      verdicts == [
        "raisesShare": .pass, "exactIdentity": .pass, "growsWithWeight": .pass,
        "vacuous": .error, "needsPremise": .inconclusive, "powerLaw": .pass, "levels": .pass,
      ])
  }

  @Test func `calls a claim vacuous with both numbers when its control passes too`() throws {
    let claim = try #require(try verdicts(coinResults())["vacuous"])
    #expect(claim.control?.verdict == .pass)
    #expect(claim.reason.hasPrefix("vacuous: under its control (fair for treated)"))
    #expect(claim.reason.contains(" there, ") && claim.reason.hasSuffix(" here"))
  }

  @Test func `names the premise that is not met`() throws {
    let claim = try #require(try verdicts(coinResults())["needsPremise"])
    #expect(claim.reason.hasPrefix("premise not met: share of fair"))
  }

  @Test func `makes a missing trial an error that names the seed`() throws {
    let results = try coinResults { key, outcome in
      key.seed == 1 && key.setup.contains(#""effect":0.2"#) ? nil : .outcome(outcome)
    }
    let claim = try #require(try verdicts(results)["raisesShare"])
    #expect(claim.verdict == .error)
    #expect(claim.reason == "seed 1: its trial was not run")
  }

  @Test func `makes a crashed trial an error, never a failure`() throws {
    let results = try coinResults { key, outcome in
      key.seed == 2 ? .failed("out of memory") : .outcome(outcome)
    }
    let verdicts = try verdicts(results)
    #expect(verdicts["raisesShare"]?.verdict == .error)
    #expect(verdicts["raisesShare"]?.reason == "seed 2: its trial failed: out of memory")
    // Claims that need fewer seeds do not read that trial.
    #expect(verdicts["growsWithWeight"]?.verdict == .pass)
  }

  @Test(arguments: [#""nan""#, #""inf""#, #""-inf""#])
  func `makes a number that is not finite an error`(number: String) throws {
    let results = try coinResults { _, outcome in
      .outcome(outcome.replacing(/"share":[-0-9.e]+/, with: #""share":\#(number)"#))
    }
    #expect(try verdicts(results)["raisesShare"]?.verdict == .error)
    #expect(try verdicts(results)["exactIdentity"]?.verdict == .error)
  }

  @Test func `makes an outcome without the quantity an error`() throws {
    let results = try coinResults { _, outcome in
      .outcome(outcome.replacing(#""share""#, with: #""shore""#))
    }
    #expect(try verdicts(results)["raisesShare"]?.verdict == .error)
  }

  @Test func `turns when an outcome moves out of its band`() throws {
    let results = try coinResults { key, outcome in
      let moved = outcome.replacing(/"share":[-0-9.e]+/, with: #""share":0"#)
      return .outcome(key.setup.contains(#""effect":0.2"#) ? moved : outcome)
    }
    #expect(try verdicts(results)["raisesShare"]?.verdict == .fail)
  }

  @Test func `turns when one seed of an exact claim is outside`() throws {
    let results = try coinResults { key, outcome in
      key.seed == 2
        ? .outcome(outcome.replacing(/"share":[-0-9.e]+/, with: #""share":9"#))
        : .outcome(outcome)
    }
    #expect(try verdicts(results)["exactIdentity"]?.verdict == .fail)
  }

  @Test func `judges every cell of the axes left over`() throws {
    let claim = try #require(try verdicts(coinResults())["growsWithWeight"])
    #expect(claim.conditions.first?.cells.map(\.label) == ["weight=1→2", "weight=2→4"])
  }

  @Test func `takes a curve that never reaches its level as a result outside the band`() throws {
    let claim = try #require(try verdicts(coinResults())["levels"])
    let readings = claim.control?.conditions.first?.cells.flatMap(\.readings).map(\.reading)
    #expect(readings == [.notReached(by: 10), .notReached(by: 10), .notReached(by: 10)])
    #expect(claim.verdict == .pass)
  }

  @Test func `cannot pass on fewer seeds than declared`() throws {
    let claim = try #require(try verdicts(coinResults(), seeds: 2)["raisesShare"])
    #expect(claim.verdict == .inconclusive)
    #expect(claim.reason == "2 of the declared 3 seeds were run")
  }

  @Test func `leaves a mean of one seed undecided, and a missing one an error`() throws {
    func judged(_ results: [TrialKey: TrialResult]) throws -> ClaimResult? {
      try CoinPaper.judge(at: .standard, claims: ["raisesShare"], seeding: .count(1), from: results)
        .first
    }
    let results = try coinResults()
    #expect(try judged(results)?.verdict == .inconclusive)
    #expect(try judged(results)?.reason == "1 of the declared 8 seeds were run")
    #expect(try judged([:])?.verdict == .error)
  }

  @Test func `is the same from stored outcomes as from fresh ones`() throws {
    let first = try CoinPaper.judge(at: .smoke, from: coinResults())
    let second = try CoinPaper.judge(at: .smoke, from: coinResults())
    #expect(try Canonical.text(first) == Canonical.text(second))
  }
}

struct `Planning` {
  @Test func `needs each setup and seed once, arms of controls included`() throws {
    let trials = try CoinPaper.trials(at: .smoke)
    #expect(trials.count == 27)
    #expect(Set(trials).count == 27)
    #expect(trials.map(\.seed) == trials.map(\.seed).sorted())
  }

  @Test func `runs only what the selected claims read`() throws {
    // One seed of the treated arm; its control relabels and needs no other arm.
    #expect(try CoinPaper.trials(at: .smoke, claims: ["powerLaw"]).count == 3)
    #expect(try CoinPaper.trials(at: .smoke, claims: ["levels"]).count == 6)
  }

  @Test func `executes a trial to the same text every time`() throws {
    let key = try #require(try CoinPaper.trials(at: .smoke).last)
    let trial = Trial(paper: CoinPaper.paper.id, seed: key.seed)
    #expect(
      try CoinPaper.execute(setup: key.setup, in: trial)
        == CoinPaper.execute(setup: key.setup, in: trial))
  }
}

struct `A claim's version` {
  @Test func `moves with its band and stays otherwise`() throws {
    let smoke = try #require(CoinPaper.declarations(at: .smoke).first)
    var edited = smoke
    #expect(try edited.version() == smoke.version())
    edited.conditions[0].band = .atLeast(0.05)
    #expect(try edited.version() != smoke.version())
  }

  @Test func `states its measure in words that do not depend on the build`() {
    let measures = CoinPaper.declarations(at: .standard).flatMap(\.conditions).map(\.measure)
    #expect(
      measures == [
        "value at 1(share of treated − share of fair, over weight)",
        "formula of treated − share of treated", "steps(formula of treated, over weight)",
        "share of treated", "share of treated", "slope logLog(formula of treated, over weight)",
        "straightness logLog(formula of treated, over weight)",
        "crossing of 0.5(curve of treated, over step)",
      ])
  }
}
