internal import Foundation
internal import GRDB

/// The SQLite file of all results: an index over local runs and the ledger.
///
/// Recorded facts are append-only. Several processes may use one file; writers wait for each other.
/// A method that returns has its facts on disk.
public final class ResultRegistry: Sendable {
  /// How a file is opened.
  public enum Access: Hashable, Sendable {
    /// Read and write; the file and its folder are made when they are missing.
    case readWrite
    /// Read only; the file must exist.
    case readOnly
  }

  /// Where the file is; `:memory:` for a registry that nothing keeps.
  public let path: String
  /// What a user should know, such as a file system without safe locks.
  public let warnings: [String]
  /// Whether the file held no runs when it was opened, so that the ledger should fill it.
  public let isNew: Bool

  let database: DatabaseQueue
  /// Whether commits go to a write-ahead log beside the file.
  private let isLogged: Bool

  init(
    path: String, warnings: [String], isNew: Bool, isLogged: Bool, database: DatabaseQueue
  ) {
    self.isLogged = isLogged
    self.path = path
    self.warnings = warnings
    self.isNew = isNew
    self.database = database
  }

  /// Closes the file; every later call fails.
  public func close() throws(RegistryError) {
    do {
      try database.close()
    } catch {
      throw RegistryError(error, path: path)
    }
  }

  /// Reads inside one snapshot.
  func read<Result>(
    _ body: (Database) throws -> Result
  ) throws(RegistryError) -> Result {
    do {
      return try database.read(body)
    } catch {
      throw RegistryError(error, path: path)
    }
  }

  /// Writes inside one transaction that takes its lock at the start: all of it or nothing.
  ///
  /// Unless told otherwise it returns when the disk has everything.
  func write<Result>(
    waiting: Bool = true, _ body: (Database) throws -> Result
  ) throws(RegistryError) -> Result {
    do {
      guard !waiting, isLogged else { return try database.write(body) }
      return try database.writeWithoutTransaction { database in
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
        let outcome = Swift.Result {
          var results: [Result] = []
          try database.inTransaction(.immediate) {
            results.append(try body(database))
            return .commit
          }
          return results[0]
        }
        try database.execute(sql: "PRAGMA synchronous = FULL")
        return try outcome.get()
      }
    } catch {
      throw RegistryError(error, path: path)
    }
  }

  /// Waits until the disk has everything that was recorded.
  public func flush() throws(RegistryError) {
    guard isLogged else { return }
    // Every commit is in the log or was copied out of it after the log had reached the disk.
    let log = open(path + "-wal", O_RDONLY | O_CLOEXEC)
    guard log >= 0 else {
      if errno == ENOENT { return }
      throw .unavailable(path: path, reason: String(cString: strerror(errno)))
    }
    defer { Foundation.close(log) }
    guard fdatasync(log) == 0 else {
      throw .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
  }
}

extension RegistryError {
  /// Translates what the database library throws.
  init(_ error: any Error, path: String) {
    if let error = error as? RegistryError {
      self = error
      return
    }
    guard let error = error as? DatabaseError else {
      self = .refused(path: path, reason: String(describing: error))
      return
    }
    let reason = error.message ?? "code \(error.extendedResultCode.rawValue)"
    switch error.resultCode {
    case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked(path: path)
    case .SQLITE_FULL: self = .full(path: path)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: self = .corrupt(path: path, reason: reason)
    case .SQLITE_READONLY, .SQLITE_PERM: self = .unwritable(path: path, reason: reason)
    case .SQLITE_CANTOPEN, .SQLITE_IOERR: self = .unavailable(path: path, reason: reason)
    default: self = .refused(path: path, reason: reason)
    }
  }
}
