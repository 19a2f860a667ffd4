import FixturePapers
import Foundation
import Registry
import Replication
import Runner
import Testing

struct `A trial that is killed in the middle` {
  private func states(_ bench: Workbench) -> [String] {
    let folder = bench.spool.appending(path: ".states")
    return (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
  }

  @Test func `goes on when it is run again, and ends with the undisturbed outcome`() async throws {
    let bench = try Workbench()
    let first = try await bench.request(ResumingPaper.self).execute()
    #expect(first.verdict == .error)
    #expect(states(bench).count == 2)
    // Another start would be killed again: that it ends shows that it went on.
    let second = try await bench.request(ResumingPaper.self).execute()
    #expect(second.verdict == .pass)
    #expect(second.executed == 2 && second.reused == first.executed - 2)
    #expect(states(bench).isEmpty)

    let trials = try bench.registry().entry(of: second.run).trials
    #expect(trials.count == first.executed)
    for trial in trials {
      let alone = try ResumingPaper.execute(
        setup: trial.setup.text, in: Trial(paper: ResumingPaper.paper.id, seed: Int(trial.seed)))
      #expect(trial.outcome?.text == alone)
    }
  }

  @Test func `begins anew in a fresh run`() async throws {
    let bench = try Workbench()
    _ = try await bench.request(ResumingPaper.self).execute()
    var request = try bench.request(ResumingPaper.self)
    request.fresh = true
    #expect(try await request.execute().verdict == .error)
  }

  @Test func `begins anew where what it saved is not whole`() async throws {
    let bench = try Workbench()
    _ = try await bench.request(ResumingPaper.self).execute()
    for name in states(bench) {
      let file = bench.spool.appending(path: ".states/\(name)")
      try Data(contentsOf: file).dropLast().write(to: file)
    }
    #expect(try await bench.request(ResumingPaper.self).execute().verdict == .error)
    #expect(try await bench.request(ResumingPaper.self).execute().verdict == .pass)
  }

  @Test func `leaves what it saved for a month`() async throws {
    let bench = try Workbench()
    _ = try await bench.request(ResumingPaper.self).execute()
    let names = states(bench)
    for (name, days) in zip(names, [29.0, 31]) {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -days * 86400)],
        ofItemAtPath: bench.spool.appending(path: ".states/\(name)").path)
    }
    _ = try await bench.request(SlowPaper.self).execute()
    #expect(states(bench) == [names[0]])
  }
}
