import Foundation
import GRDB
import Registry
import Testing

struct `Recorded facts` {
  static let tables = [
    "blobs", "environments", "sources", "claims", "runs", "run_ends", "trials", "run_trials",
    "numbers", "verdicts", "seed_values", "ledger_files", "rejudgements",
  ]

  /// A file that has at least one row in every table.
  private func full() throws -> (Sandbox, DatabaseQueue) {
    let sandbox = try Sandbox()
    let registry = try ResultRegistry(at: sandbox.file)
    let run = try Sample.finish(Sample.run(source: Sample.dirtySource), in: registry)
    try registry.export(run.id, to: sandbox.ledger)
    try registry.record([Sample.rejudgement(of: run)])
    return (sandbox, try DatabaseQueue(path: sandbox.file.path))
  }

  @Test func `the list of tables is complete`() throws {
    let (_, database) = try full()
    let tables = try database.read {
      try String.fetchSet($0, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    #expect(tables == Set(Self.tables))
  }

  @Test(arguments: tables) func `refuse update, delete and replace`(table: String) throws {
    let (_, database) = try full()
    func dump() throws -> [Row] {
      try database.read { try Row.fetchAll($0, sql: "SELECT * FROM \(table)") }
    }
    let before = try dump()
    #expect(!before.isEmpty)
    let column = try #require(before.first?.columnNames.first)
    #expect(throws: DatabaseError.self) {
      try database.write { try $0.execute(sql: "UPDATE \(table) SET \(column) = \(column)") }
    }
    #expect(throws: DatabaseError.self) {
      try database.write { try $0.execute(sql: "DELETE FROM \(table)") }
    }
    try database.write {
      try $0.execute(sql: "INSERT OR REPLACE INTO \(table) SELECT * FROM \(table)")
    }
    #expect(try dump() == before)
  }

  @Test func `cannot break the rules of their columns`() throws {
    let (_, database) = try full()
    let digest = String(repeating: "0", count: 64)
    let bad = [
      """
      INSERT INTO run_ends
      VALUES ('\(digest)', '2020-01-01T00:00:00.000Z', 'finished', 'pass', '\(digest)', 1, NULL)
      """,
      "INSERT INTO blobs VALUES ('short', 'x')",
      "INSERT INTO claims VALUES ('\(digest)', 'p', 'c', 't', 's', 'x', '', NULL)",
      "INSERT INTO numbers SELECT id, 99, 'k', NULL, NULL FROM trials LIMIT 1",
      "INSERT INTO numbers SELECT id, 99, 'k', 'word', NULL FROM trials LIMIT 1",
    ]
    for sql in bad {
      #expect(throws: DatabaseError.self, "\(sql)") {
        try database.write { try $0.execute(sql: sql) }
      }
    }
  }
}
