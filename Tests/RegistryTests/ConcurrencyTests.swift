import Digests
import Foundation
import GRDB
import Registry
import Testing

struct `Several writers` {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func `in one process lose nothing`() async throws {
    let file = sandbox.file
    _ = try ResultRegistry(at: file)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for writer in 0..<8 {
        group.addTask {
          let registry = try ResultRegistry(at: file)
          for index in 0..<10 {
            try Sample.finish(Sample.run("\(writer).\(index)", at: index), in: registry)
          }
        }
      }
      try await group.waitForAll()
    }
    let registry = try ResultRegistry(at: file)
    #expect(try registry.runs().count == 80)
    #expect(try registry.integrityProblems().isEmpty)
  }

  @Test func `in several processes make one new file and lose nothing`() async throws {
    let path = sandbox.file.path
    async let first: Void = write("a", to: path)
    async let second: Void = write("b", to: path)
    async let third: Void = write("c", to: path)
    _ = await (first, second, third)
    let registry = try ResultRegistry(at: sandbox.file)
    #expect(try registry.runs().count == 60)
    #expect(try registry.integrityProblems().isEmpty)
  }

  private func write(_ name: String, to path: String) async {
    await #expect(processExitsWith: .success) { [name = name as String, path = path as String] in
      let registry = try ResultRegistry(at: URL(filePath: path))
      for index in 0..<20 {
        try Sample.finish(Sample.run("\(name).\(index)", at: index), in: registry)
      }
    }
  }

  @Test func `importing one ledger at once bring in each run once`() async throws {
    let source = try ResultRegistry()
    for index in 0..<12 {
      try source.export(
        Sample.finish(Sample.run("\(index)", at: index), in: source).id, to: sandbox.ledger)
    }
    let (file, ledger) = (sandbox.file, sandbox.ledger)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<4 {
        group.addTask {
          let result = try ResultRegistry(at: file).importLedger(ledger)
          #expect(result.refused.isEmpty)
          return result.imported.count
        }
      }
      let total = try await group.reduce(0, +)
      #expect(total == 12)
    }
    #expect(try ResultRegistry(at: file).runs().count == 12)
  }

  @Test func `that are killed leave what was acknowledged and nothing half`() async throws {
    let path = sandbox.file.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let registry = try ResultRegistry(at: URL(filePath: path))
      try Sample.finish(Sample.run("whole"), in: registry)
      let database = try DatabaseQueue(path: path)
      try database.unsafeReentrantWrite { database in
        try database.inTransaction {
          try database.execute(
            sql: "INSERT INTO blobs VALUES (?, 'half')",
            arguments: [String(repeating: "0", count: 64)])
          kill(getpid(), SIGKILL)
          return .commit
        }
      }
    }
    let registry = try ResultRegistry(at: sandbox.file)
    #expect(try registry.integrityProblems().isEmpty)
    let run = Sample.run("whole")
    #expect(try registry.entry(of: run.id).trials.count == 2)
    let halves = try await DatabaseQueue(path: path).read {
      try Int.fetchOne($0, sql: "SELECT count(*) FROM blobs")
    }
    #expect(halves == 0)
  }

  @Test func `readers see one state while a writer goes on`() async throws {
    let file = sandbox.file
    _ = try ResultRegistry(at: file)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        let registry = try ResultRegistry(at: file)
        for index in 0..<40 { try Sample.finish(Sample.run("\(index)", at: index), in: registry) }
      }
      group.addTask {
        let reader = try ResultRegistry(at: file, access: .readOnly)
        for _ in 0..<40 {
          for line in try reader.latestRuns() {
            #expect(try reader.entry(of: line.id).verdicts.count == 1)
          }
        }
      }
      try await group.waitForAll()
    }
  }
}
