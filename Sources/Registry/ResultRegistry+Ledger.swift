public import Digests
internal import Foundation
internal import GRDB
internal import Provenance

/// What an import of a ledger did.
public struct LedgerImport: Hashable, Sendable {
  /// Runs that were not there before.
  public var imported: [Digest] = []
  /// How many files held runs that were there already.
  public var present = 0
  /// Files that were left out, each with its reason.
  public var refused: [RegistryError] = []

  /// Nothing was done.
  public init() {}
}

extension ResultRegistry {
  /// Brings in every run of a ledger that is not there yet; doing it twice is doing it once.
  ///
  /// A file that was read before is known by its name and not read again unless verified. A file
  /// that is not valid keeps no other file out; all of them are in the result.
  ///
  /// - Parameters:
  ///   - ledger: the ledger.
  ///   - verifying: whether to read and compare the files known by name too.
  /// - Returns: what was brought in and what was left out.
  /// - Throws: when the registry or the folder itself is at fault.
  public func importLedger(
    _ ledger: Ledger, verifying: Bool = false
  ) throws(RegistryError) -> LedgerImport {
    var result = LedgerImport()
    let files = try ledger.files()
    let known = try read { database in
      try Set(String.fetchAll(database, sql: "SELECT run FROM ledger_files"))
    }
    for file in files {
      if !verifying, known.contains(file.deletingPathExtension().lastPathComponent) {
        result.present += 1
        continue
      }
      do throws(RegistryError) {
        let entry = try ledger.read(file)
        if try importEntry(entry, from: file.path(percentEncoded: false)) {
          result.imported.append(entry.run.id)
        } else {
          result.present += 1
        }
      } catch {
        guard error.isInputFault else { throw error }
        result.refused.append(error)
      }
    }
    return result
  }

  /// Brings in one run; false when it was there already.
  private func importEntry(
    _ entry: LedgerEntry, from path: String
  ) throws(RegistryError) -> Bool {
    let content = entry.contentDigest
    return try write { database in
      let run = entry.run.id
      let isNew = try !Self.hasEnded(run, in: database)
      if isNew {
        try Self.insert(entry.run, into: database)
        let rows = try entry.trials.map {
          try Self.insert($0, at: entry.end.endedAt, into: database)
        }
        try Self.link(rows, to: run, in: database)
        try Self.insert(entry.end, of: run, into: database)
        for claim in entry.claims { try Self.insert(claim, into: database) }
        for verdict in entry.verdicts { try Self.insert(verdict, in: run, into: database) }
      } else {
        let held = try self.entry(of: run, in: database)
        guard held.contentDigest == content else {
          throw RegistryError.badLedgerFile(
            path: path, reason: "it differs from the run \(run.short) in the registry")
        }
      }
      try database.execute(
        sql: "INSERT OR IGNORE INTO ledger_files (run, content_digest) VALUES (?, ?)",
        arguments: [run.description, content.description])
      return isNew
    }
  }

  /// A finished run with everything it used, as the ledger keeps it.
  public func entry(of run: Digest) throws(RegistryError) -> LedgerEntry {
    try read { try self.entry(of: run, in: $0) }
  }

  /// How a run was begun.
  public func record(of run: Digest) throws(RegistryError) -> RunRecord {
    try read { try self.record(of: run.description, in: $0) }
  }

  /// The verdicts of a run, as it gave them.
  public func verdicts(of run: Digest) throws(RegistryError) -> [VerdictRecord] {
    try read { try self.verdicts(of: run.description, in: $0) }
  }

  /// Writes a finished run to a ledger and notes that its file is known.
  ///
  /// - Parameters:
  ///   - run: the run's id.
  ///   - ledger: the ledger.
  /// - Throws: when the run did not finish or the file cannot be written.
  public func export(_ run: Digest, to ledger: Ledger) throws(RegistryError) {
    let entry = try entry(of: run)
    try ledger.write(entry)
    try write { database in
      try database.execute(
        sql: "INSERT OR IGNORE INTO ledger_files (run, content_digest) VALUES (?, ?)",
        arguments: [run.description, entry.contentDigest.description])
    }
  }

  static func hasEnded(_ run: Digest, in database: Database) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM run_ends WHERE run = ?)",
      arguments: [run.description]) ?? false
  }
}
