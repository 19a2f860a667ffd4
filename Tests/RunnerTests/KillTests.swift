import Digests
import FixturePapers
import Foundation
import Glibc
import Registry
import Replication
import Runner
import Testing

@Suite(.serialized)
struct `A run killed at fifty random moments` {
  @Test func `keeps every acknowledged trial and ends with the undisturbed digest`() async throws {
    let undisturbed = try Workbench()
    let report = try await undisturbed.request(SlowPaper.self, jobs: 2).execute()
    let identities = try undisturbed.registry().entry(of: report.run).trials.map(\.identity)
    #expect(identities.count == 60)
    func completed(_ bench: Workbench, _ access: ResultRegistry.Access) throws -> Set<Digest> {
      Set(try bench.registry(access).completedTrials(identities).keys)
    }
    func finish(_ bench: Workbench, keeping acknowledged: Set<Digest>) async throws {
      let resumed = try await bench.request(SlowPaper.self, jobs: 2).execute()
      #expect(resumed.outcomeDigest == report.outcomeDigest)
      #expect(resumed.reused >= acknowledged.count)
      #expect(resumed.executed + resumed.reused == 60)
      let registry = try bench.registry()
      #expect(try registry.integrityProblems().isEmpty)
      #expect(try registry.irreproducibleIdentities().isEmpty)
      #expect(bench.spools().isEmpty)
    }

    var moments = Moments(state: 20_261_121)
    var bench = try Workbench()
    var acknowledged: Set<Digest> = []
    for _ in 0..<50 {
      let process = try bench.start(bench.slowRun)
      usleep(moments.next(below: 500_000))
      // Nothing is acknowledged while the registry is still being made.
      let seen = (try? completed(bench, .readOnly)) ?? []
      let ended = !process.isRunning
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let kept = try completed(bench, .readWrite)
      #expect(kept.isSuperset(of: acknowledged.union(seen)))
      #expect(try bench.registry().integrityProblems().isEmpty)
      acknowledged = kept
      if ended || kept.count == identities.count {
        try await finish(bench, keeping: acknowledged)
        (bench, acknowledged) = (try Workbench(), [])
      }
    }
    try await finish(bench, keeping: acknowledged)
  }

  /// The same moments in every test run: a linear congruential generator's upper bits.
  private struct Moments {
    var state: UInt64

    mutating func next(below limit: UInt32) -> UInt32 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt32(state >> 40) % limit
    }
  }
}
