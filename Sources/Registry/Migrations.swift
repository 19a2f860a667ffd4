internal import GRDB

/// The schema's history: each SQL file in `registry/schema` brings the version before it one up.
enum Migrations {
  /// Marks the file as a registry in its header; the letters RPLC.
  static let applicationID = 0x5250_4C43
  /// The migrations in order, compiled into the program from the same files people read.
  static let all: [[UInt8]] = [
    PackageResources._001_foundation_sql, PackageResources._002_rejudgements_sql,
    PackageResources._003_judgements_in_brief_sql,
  ]

  /// Brings a database to the newest version inside the caller's transaction.
  static func migrate(_ database: Database, from version: Int) throws {
    for migration in all.dropFirst(version) {
      try database.execute(sql: String(decoding: migration, as: UTF8.self))
    }
    try database.execute(sql: "PRAGMA application_id = \(applicationID)")
    try database.execute(sql: "PRAGMA user_version = \(all.count)")
  }
}
