import Evidence
import FixturePapers
import Foundation
import Registry
import Replication
import Runner
import Testing

struct `A trial in trouble` {
  struct Trouble: Sendable, CustomTestStringConvertible {
    var paper: any Misbehaving.Type
    var status: TrialRecord.Status
    var message: String
    var testDescription: String { paper.paper.id }
  }

  static let troubles = [
    Trouble(
      paper: TrappingPaper.self, status: .crashed,
      message: "matmul: lhs [2, 3] and rhs [4, 5] differ on the inner dimension"),
    Trouble(paper: ThrowingPaper.self, status: .failed, message: "the solver gave up"),
    Trouble(
      paper: HangingPaper.self, status: .timedOut, message: "took longer than its limit of 3 s"),
    Trouble(paper: HoardingPaper.self, status: .crashed, message: "signal"),
    Trouble(paper: ExitingPaper.self, status: .crashed, message: "exited with code 0"),
    Trouble(paper: UndefinedPaper.self, status: .failed, message: "outcome share is nan"),
    Trouble(paper: UnboundedPaper.self, status: .failed, message: "outcome share is inf"),
    Trouble(
      paper: UndeclaredPaper.self, status: .failed,
      message: "reads mnist without declaring it. Add .mnist to the paper's `data`."),
    Trouble(
      paper: ReadingPaper.self, status: .failed, message: "Run `replicate data fetch mnist`"),
  ]

  @Test(arguments: troubles)
  func `is recorded and named, and the rest goes on`(trouble: Trouble) async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    var request = try bench.request(trouble.paper, in: registry)
    request.secondsPerTrial = trouble.status == .timedOut ? 3 : 60
    request.memory = 1 << 30
    let report = try await request.execute()

    let claims = Dictionary(uniqueKeysWithValues: report.claims.map { ($0.id, $0) })
    #expect(claims["unaffected"]?.verdict == .pass)
    #expect(claims["affected"]?.verdict == .error)
    #expect(claims["affected"]?.reason.contains(trouble.message) == true)
    #expect(report.verdict == .error)
    #expect(report.executed == 6)

    let trials = try registry.entry(of: report.run).trials
    #expect(trials.count == 6)
    let troubled = trials.filter { $0.status != .completed }
    #expect(troubled.map(\.status) == [trouble.status, trouble.status])
    #expect(troubled.allSatisfy { $0.message?.contains(trouble.message) == true })
    #expect(Set(troubled.map(\.seed)) == [0, 1])
    #expect(try registry.integrityProblems().isEmpty)
  }

  @Test func `is executed again by the next run, and what succeeded is not`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    _ = try await bench.request(ThrowingPaper.self, in: registry).execute()
    let again = try await bench.request(ThrowingPaper.self, in: registry).execute()
    #expect(again.executed == 2)
    #expect(again.reused == 4)
  }

  @Test func `that takes its worker down after its answer ends no run`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    let report = try await bench.request(LingeringPaper.self, in: registry).execute()
    #expect(try registry.entry(of: report.run).trials.count == 6)
    #expect(report.executed == 6)
  }

  @Test func `that prints what a worker answers confuses nobody`() async throws {
    let bench = try Workbench()
    let report = try await bench.request(PrintingPaper.self).execute()
    #expect(report.verdict == .pass)
    #expect(report.executed == 6)
  }

  @Test func `reports each end once and in order`() async throws {
    let bench = try Workbench()
    let seen = Events()
    _ = try await bench.request(TrappingPaper.self).execute { seen.append($0) }
    let ended = seen.all.compactMap { event -> Int? in
      if case .finished(let finished) = event { finished.done } else { nil }
    }
    #expect(ended == [1, 2, 3, 4, 5, 6])
    guard case .planned(trials: 6, recorded: 0)? = seen.all.first else {
      Issue.record("the first event is not the plan")
      return
    }
  }

  @Test func `without a program to run it in throws and records no verdict`() async throws {
    let bench = try Workbench()
    let registry = try bench.registry()
    var request = try bench.request(CoinPaper.self, in: registry)
    let text = bench.folder.appending(path: "not-executable")
    try "text".write(to: text, atomically: true, encoding: .utf8)
    request.program = WorkerProgram(path: text.path)
    await #expect(throws: (any Error).self) { try await request.execute() }
    #expect(try registry.latestVerdicts().isEmpty)
  }
}
