import Evidence
import FixturePapers
import Foundation
import Registry
import Replication
import Runner
import Testing

struct `A recorded trial` {
  @Test func `is not executed again, and again when asked for afresh`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    let first = try await bench.request(CoinPaper.self, in: registry).execute()
    #expect(first.reused == 0)
    #expect(first.executed == Set(try CoinPaper.trials(at: .smoke)).count)

    let second = try await bench.request(CoinPaper.self, in: registry).execute()
    #expect(second.executed == 0)
    #expect(second.reused == first.executed)
    #expect(second.outcomeDigest == first.outcomeDigest)
    #expect(second.claims == first.claims)

    var afresh = try bench.request(CoinPaper.self, in: registry)
    afresh.fresh = true
    let third = try await afresh.execute()
    #expect(third.executed == first.executed)
    #expect(third.outcomeDigest == first.outcomeDigest)
    #expect(try registry.irreproducibleIdentities().isEmpty)
    #expect(try registry.integrityProblems().isEmpty)
  }

  @Test func `serves a claim that another selection ran`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    var one = try bench.request(CoinPaper.self, in: registry)
    one.claims = ["raisesShare"]
    let partial = try await one.execute()
    #expect(partial.claims.map(\.id) == ["raisesShare"])
    let all = try await bench.request(CoinPaper.self, in: registry).execute()
    #expect(all.reused == partial.executed)
  }

  @Test func `is followed by others until the claims are decided, as many with any workers`()
    async throws
  {
    var reports: [RunReport] = []
    for jobs in [1, 2] {
      let bench = try Workbench()
      let registry = try bench.registry()
      var request = try bench.request(CoinPaper.self, in: registry, jobs: jobs)
      request.tier = .standard
      request.seeding = .untilDecided
      let report = try await request.execute()
      #expect(report.claims.first { $0.id == "raisesShare" }?.verdict == .pass)
      #expect(try registry.entry(of: report.run).trials.count == report.executed)
      // What was decided is not run again.
      let again = try await request.execute()
      #expect(again.executed == 0 && again.reused == report.executed)
      #expect(again.outcomeDigest == report.outcomeDigest)
      reports.append(report)
    }
    #expect(reports[0].outcomeDigest == reports[1].outcomeDigest)
  }

  @Test func `that gives other bits when repeated is told`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    var request = try bench.request(StagedPaper.self, in: registry)
    _ = try await request.execute()
    request.fresh = true
    request.stages = bench.folder.appending(path: "other-stages")
    _ = try await request.execute()
    #expect(try registry.irreproducibleIdentities().count == 8)
  }

  @Test(arguments: [(1, 1), (2, 1), (1, 2), (2, 2)])
  func `has the same bits in any number of processes and threads`(
    jobs: Int, threads: Int
  ) async throws {
    let bench = try Workbench()
    var plain = try bench.request(CoinPaper.self, in: ResultRegistry())
    plain.program = WorkerProgram(path: Workbench.program.path)
    let expected = try await plain.execute().outcomeDigest
    var request = try bench.request(CoinPaper.self, in: ResultRegistry(), jobs: jobs)
    request.threads = threads
    #expect(try await request.execute().outcomeDigest == expected)
  }

  @Test func `is shared by two runners on one registry, and nothing is lost`() async throws {
    let bench = try Workbench()
    async let first = try bench.request(SlowPaper.self).execute()
    async let second = try bench.request(SlowPaper.self).execute()
    async let third = try bench.request(CoinPaper.self).execute()
    let reports = try await [first, second, third]
    let registry = try bench.registry()
    #expect(reports[0].verdict == .pass && reports[1].verdict == .pass)
    #expect(reports[0].outcomeDigest == reports[1].outcomeDigest)
    for report in reports {
      let entry = try registry.entry(of: report.run)
      #expect(entry.trials.count == report.executed + report.reused)
      #expect(entry.verdicts.count == report.claims.count)
    }
    #expect(try registry.integrityProblems().isEmpty)
    #expect(try registry.irreproducibleIdentities().isEmpty)
    #expect(bench.spools().isEmpty)
  }
}

struct `A stage` {
  @Test func `is built once for all trials of a seed, whichever process needs it`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    let report = try await bench.request(StagedPaper.self, in: registry, jobs: 4).execute()
    #expect(report.verdict == .pass)
    let trials = try registry.entry(of: report.run).trials
    for seed: UInt64 in [0, 1] {
      let outcomes = trials.filter { $0.seed == seed && $0.setup.text.contains("token") }
        .compactMap(\.outcome?.text)
      #expect(outcomes.count == 4)
      #expect(Set(outcomes).count == 1)
    }
    let tokens = Set(trials.compactMap(\.outcome?.text))
    #expect(tokens.count == 3, "two seeds' products and the arm without one")
  }

  @Test func `is kept for the next run`() async throws {
    let bench = try Workbench()
    let first = try await bench.request(StagedPaper.self, in: ResultRegistry()).execute()
    let second = try await bench.request(StagedPaper.self, in: ResultRegistry()).execute()
    #expect(second.executed == first.executed)
    #expect(second.outcomeDigest == first.outcomeDigest)
  }
}
