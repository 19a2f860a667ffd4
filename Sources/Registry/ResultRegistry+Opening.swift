public import Foundation
internal import GRDB

extension ResultRegistry {
  /// Opens a registry, makes it when it is missing, and brings its schema up to date.
  ///
  /// - Parameters:
  ///   - file: where it is.
  ///   - access: whether it may be written.
  ///   - patience: how many seconds to wait for another writer.
  /// - Throws: when it cannot be opened, is damaged, foreign or newer.
  public convenience init(
    at file: URL, access: Access = .readWrite, patience: Double = 20
  ) throws(RegistryError) {
    try self.init(
      at: file, access: access, patience: patience,
      fileSystem: FileSystemKind(of: file.deletingLastPathComponent()))
  }

  /// A registry that lives as long as the process, for runs that nothing keeps.
  public convenience init() throws(RegistryError) {
    do {
      let database = try DatabaseQueue()
      try database.write { try Migrations.migrate($0, from: 0) }
      self.init(path: ":memory:", warnings: [], isNew: true, isLogged: false, database: database)
    } catch {
      throw RegistryError(error, path: ":memory:")
    }
  }

  /// Opens as if on a file system of a given type, so that tests can stand on a network.
  package convenience init(
    at file: URL, onFileSystem type: String
  ) throws(RegistryError) {
    try self.init(
      at: file, access: .readWrite, patience: 20, fileSystem: FileSystemKind(named: type))
  }

  private convenience init(
    at file: URL, access: Access, patience: Double, fileSystem: FileSystemKind
  ) throws(RegistryError) {
    let path = file.path(percentEncoded: false)
    let folder = file.deletingLastPathComponent().path(percentEncoded: false)
    if access == .readWrite { try Self.prepareFolder(folder, of: path) }
    var warnings: [String] = []
    let journal: Journal
    switch fileSystem {
    case .local: journal = .writeAheadLog
    case .network(let name):
      journal = .rollback
      warnings.append(
        "the registry lies on \(name): one process at a time, slower, and only as safe as its locks"
      )
    }
    let opened = try Self.open(path, access: access, patience: patience, journal: journal)
    self.init(
      path: path, warnings: warnings, isNew: opened.isNew,
      isLogged: access == .readWrite && journal == .writeAheadLog, database: opened.database)
  }

  /// Connects and settles; while others make or convert the file, tries again until patience ends.
  ///
  /// The change of the journal does not wait by itself: a lock that it meets is an error at once.
  private static func open(
    _ path: String, access: Access, patience: Double, journal: Journal
  ) throws(RegistryError) -> (database: DatabaseQueue, isNew: Bool) {
    let clock = ContinuousClock()
    let end = clock.now + .seconds(patience)
    while true {
      do {
        let database = try connect(path, access: access, patience: patience)
        return (database, try settle(database, path: path, access: access, journal: journal))
      } catch {
        let explained = explain(error, path: path, access: access)
        guard case .locked = explained, clock.now < end else { throw explained }
        Thread.sleep(forTimeInterval: Double.random(in: 0.005...0.05))
      }
    }
  }

  private enum Journal: String {
    case writeAheadLog = "wal"
    case rollback = "delete"
  }

  private static func prepareFolder(_ folder: String, of path: String) throws(RegistryError) {
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .unwritable(path: path, reason: "the folder \(folder) cannot be made")
    }
  }

  private static func connect(
    _ path: String, access: Access, patience: Double
  ) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.label = "registry"
    configuration.readonly = access == .readOnly
    configuration.busyMode = .timeout(patience)
    configuration.prepareDatabase { database in
      // An acknowledged result survives the loss of power, not only of the process.
      try database.execute(sql: "PRAGMA synchronous = FULL")
      try database.execute(sql: "PRAGMA trusted_schema = OFF")
    }
    guard access == .readOnly else {
      return try DatabaseQueue(path: path, configuration: configuration)
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw RegistryError.unavailable(path: path, reason: "there is no such file")
    }
    do {
      let database = try DatabaseQueue(path: path, configuration: configuration)
      _ = try database.read { try Int.fetchOne($0, sql: "PRAGMA user_version") }
      return database
    } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
    {
      // A log that nobody may write next to the file: read the file alone, as nobody changes it.
      guard !FileManager.default.fileExists(atPath: path + "-wal") else { throw error }
      var plain = URLComponents()
      plain.scheme = "file"
      plain.path = path
      plain.queryItems = [URLQueryItem(name: "immutable", value: "1")]
      return try DatabaseQueue(path: plain.string ?? path, configuration: configuration)
    }
  }

  /// Checks whose file it is, chooses the journal and migrates; tells whether it holds no runs.
  private static func settle(
    _ database: DatabaseQueue, path: String, access: Access, journal: Journal
  ) throws -> Bool {
    let known = Migrations.all.count
    func version(_ database: Database) throws -> Int {
      let version = try Int.fetchOne(database, sql: "PRAGMA user_version") ?? 0
      let application = try Int.fetchOne(database, sql: "PRAGMA application_id") ?? 0
      let tables = try Int.fetchOne(database, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      guard application == Migrations.applicationID || (application == 0 && tables == 0) else {
        throw RegistryError.foreign(path: path)
      }
      guard version <= known else {
        throw RegistryError.newer(path: path, version: version, known: known)
      }
      return version
    }
    if access == .readWrite {
      if try database.read(version) < known {
        try database.write { try Migrations.migrate($0, from: version($0)) }
      }
      try database.writeWithoutTransaction { database in
        let current = try String.fetchOne(database, sql: "PRAGMA journal_mode")
        guard current != journal.rawValue else { return }
        try database.execute(sql: "PRAGMA journal_mode = \(journal.rawValue)")
      }
    } else {
      let found = try database.read(version)
      guard found == known else {
        throw RegistryError.unavailable(
          path: path, reason: "its schema \(found) must be brought to \(known) by a writer first")
      }
    }
    return try database.read {
      try Bool.fetchOne($0, sql: "SELECT NOT EXISTS (SELECT 1 FROM runs)") ?? true
    }
  }

  /// Says what "unable to open" means here.
  private static func explain(
    _ error: any Error, path: String, access: Access
  ) -> RegistryError {
    let plain = RegistryError(error, path: path)
    guard case .unavailable(_, let reason) = plain, access == .readWrite,
      error is DatabaseError
    else { return plain }
    guard FileManager.default.fileExists(atPath: path) else {
      return .unwritable(path: path, reason: reason)
    }
    return FileManager.default.isWritableFile(atPath: path)
      ? plain : .unwritable(path: path, reason: reason)
  }
}
