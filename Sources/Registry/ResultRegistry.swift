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

  init(path: String, warnings: [String], isNew: Bool, database: DatabaseQueue) {
    self.path = path
    self.warnings = warnings
    self.isNew = isNew
    self.database = database
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
  func write<Result>(
    _ body: (Database) throws -> Result
  ) throws(RegistryError) -> Result {
    do {
      return try database.write(body)
    } catch {
      throw RegistryError(error, path: path)
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
