import Digests
import Foundation
import GRDB
import Registry
import Testing

struct `Opening a registry` {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func `marks the file and migrates it from nothing`() throws {
    let nested = sandbox.folder.appending(path: "a/b/registry.sqlite")
    _ = try ResultRegistry(at: nested)
    let database = try DatabaseQueue(path: nested.path)
    let facts = try database.read { database in
      try ["application_id", "user_version", "journal_mode"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)")
      }
    }
    #expect(facts == ["1380994115", "3", "wal"])
    let views = try database.read {
      try String.fetchSet($0, sql: "SELECT name FROM sqlite_master WHERE type = 'view'")
    }
    #expect(
      views == ["v_runs", "v_claim_history", "v_latest_verdicts", "v_irreproducible"])
  }

  @Test func `an older file is brought up to date with all that it holds`() throws {
    var registry = try ResultRegistry(at: sandbox.file)
    let run = try Sample.finish(Sample.run(), in: registry)
    let before = try registry.history(of: Sample.paper)
    try registry.close()
    let database = try DatabaseQueue(path: sandbox.file.path)
    try database.write {
      try $0.execute(sql: "DROP INDEX verdicts_in_brief; PRAGMA user_version = 2")
    }
    try database.close()
    #expect(throws: RegistryError.self) {
      try ResultRegistry(at: sandbox.file, access: .readOnly)
    }
    registry = try ResultRegistry(at: sandbox.file)
    #expect(try registry.history(of: Sample.paper) == before)
    #expect(try registry.details(of: [run.id])[0].judgements == before)
    #expect(try registry.integrityProblems().isEmpty)
  }

  @Test func `the views answer in plain SQL`() throws {
    let registry = try ResultRegistry(at: sandbox.file)
    let run = try Sample.finish(Sample.run(), in: registry)
    try DatabaseQueue(path: sandbox.file.path).read { database in
      let row = try #require(try Row.fetchOne(database, sql: "SELECT * FROM v_runs"))
      #expect(row["run"] == run.id.description)
      #expect(row["status"] == "finished")
      #expect(row["trials"] == 2)
      let verdict = try #require(
        try Row.fetchOne(database, sql: "SELECT * FROM v_latest_verdicts"))
      #expect(verdict["claim"] == "lowers-loss")
      #expect(verdict["band_high"] == Double.infinity)
    }
  }

  @Test func `a newer file is refused and left alone`() throws {
    _ = try ResultRegistry(at: sandbox.file)
    try DatabaseQueue(path: sandbox.file.path).write {
      try $0.execute(sql: "PRAGMA user_version = 7")
    }
    for access in [ResultRegistry.Access.readWrite, .readOnly] {
      let error = #expect(throws: RegistryError.self) {
        try ResultRegistry(at: sandbox.file, access: access)
      }
      #expect(error == .newer(path: sandbox.file.path, version: 7, known: 3))
      #expect(error?.problem.contains("newer version") == true)
    }
  }

  @Test func `another program's database is refused and left alone`() throws {
    let database = try DatabaseQueue(path: sandbox.file.path)
    try database.write { try $0.execute(sql: "CREATE TABLE notes (text)") }
    try database.close()
    let before = try Data(contentsOf: sandbox.file)
    #expect(throws: RegistryError.foreign(path: sandbox.file.path)) {
      try ResultRegistry(at: sandbox.file)
    }
    #expect(try Data(contentsOf: sandbox.file) == before)
  }

  @Test func `a file that is no database names itself and the way out`() throws {
    try Data(repeating: 0x41, count: 8192).write(to: sandbox.file)
    let error = #expect(throws: RegistryError.self) { try ResultRegistry(at: sandbox.file) }
    guard case .corrupt(let path, _)? = error else {
      Issue.record("expected corrupt, got \(String(describing: error))")
      return
    }
    #expect(path == sandbox.file.path)
    #expect(error?.remedy.contains("fills itself from the ledger") == true)
  }

  @Test func `a damaged page is found`() throws {
    let registry = try ResultRegistry(at: sandbox.file)
    for index in 0..<20 { try Sample.finish(Sample.run("\(index)", at: index), in: registry) }
    #expect(try registry.integrityProblems().isEmpty)
    let database = try DatabaseQueue(path: sandbox.file.path)
    _ = try database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try database.close()
    let size = try #require(
      try FileManager.default.attributesOfItem(atPath: sandbox.file.path)[.size] as? Int)
    let handle = try FileHandle(forUpdating: sandbox.file)
    for page in 1..<(size / 4096) {
      try handle.seek(toOffset: UInt64(page * 4096))
      try handle.write(contentsOf: Data(repeating: 0xFF, count: 64))
    }
    try handle.close()
    let fresh = Result { () throws(RegistryError) in
      try ResultRegistry(at: sandbox.file).integrityProblems()
    }
    switch fresh {
    case .success(let problems): #expect(!problems.isEmpty)
    case .failure(let error):
      guard case .corrupt = error else {
        Issue.record("expected corrupt, got \(error)")
        return
      }
    }
  }

  @Test func `a missing file cannot be read only`() throws {
    #expect(
      throws: RegistryError.unavailable(
        path: sandbox.file.path, reason: "there is no such file")
    ) { try ResultRegistry(at: sandbox.file, access: .readOnly) }
  }

  @Test func `a place where nothing can be made is unwritable`() throws {
    let file = sandbox.folder.appending(path: "file")
    try Data().write(to: file)
    let below = file.appending(path: "registry.sqlite")
    for place in [below, URL(filePath: "/proc/registry.sqlite")] {
      let error = #expect(throws: RegistryError.self) { try ResultRegistry(at: place) }
      guard case .unwritable(let path, _)? = error else {
        Issue.record("expected unwritable, got \(String(describing: error))")
        return
      }
      #expect(path == place.path)
    }
  }

  @Test func `a folder in the file's place is unavailable`() throws {
    #expect(throws: RegistryError.self) { try ResultRegistry(at: sandbox.folder) }
  }

  @Test func `a held lock is told apart and nothing is recorded`() throws {
    let registry = try ResultRegistry(at: sandbox.file, patience: 0.05)
    let other = try DatabaseQueue(path: sandbox.file.path)
    try other.writeWithoutTransaction { database in
      try database.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: RegistryError.locked(path: sandbox.file.path)) {
        try registry.begin(Sample.run())
      }
      #expect(try registry.runs().isEmpty)
      try database.execute(sql: "ROLLBACK")
    }
    try registry.begin(Sample.run())
    #expect(try registry.runs().count == 1)
  }

  @Test func `read only writes nothing`() throws {
    try Sample.finish(Sample.run(), in: ResultRegistry(at: sandbox.file))
    let reader = try ResultRegistry(at: sandbox.file, access: .readOnly)
    #expect(try reader.runs().count == 1)
    #expect(throws: RegistryError.self) { try reader.begin(Sample.run("2")) }
  }

  @Test(arguments: ["nfs4", "lustre", "fuse.sshfs", "9p", "cifs"])
  func `a network file system gets no write-ahead log and a warning`(type: String) throws {
    let local = try ResultRegistry(at: sandbox.file)
    #expect(local.warnings.isEmpty)
    let registry = try ResultRegistry(
      at: sandbox.folder.appending(path: "\(type).sqlite"), onFileSystem: type)
    try Sample.finish(Sample.run(), in: registry)
    #expect(registry.warnings.count == 1)
    #expect(registry.warnings.first?.contains(type) == true)
    let mode = try DatabaseQueue(path: registry.path).read {
      try String.fetchOne($0, sql: "PRAGMA journal_mode")
    }
    #expect(mode == "delete")
  }

  @Test(.enabled(if: geteuid() == 0, "only root can become another user for one thread"))
  func `a folder that may only be read can be read and not written`() async throws {
    let registry = try ResultRegistry(at: sandbox.file)
    try Sample.finish(Sample.run(), in: registry)
    let path = sandbox.file.path
    let database = try DatabaseQueue(path: path)
    _ = try await database.writeWithoutTransaction { try $0.checkpoint(.truncate) }
    try database.close()
    try registry.close()
    #expect(chmod(path, 0o444) == 0)
    #expect(chmod(sandbox.folder.path, 0o555) == 0)
    await #expect(processExitsWith: .success) { [path = path as String] in
      setgid(65534)
      setuid(65534)
      let file = URL(filePath: path)
      let reader = try ResultRegistry(at: file, access: .readOnly)
      let count = try reader.runs().count
      precondition(count == 1)
      do throws(RegistryError) {
        try ResultRegistry(at: file).begin(Sample.run("2"))
        preconditionFailure("a file without permission was written")
      } catch {
        guard case .unwritable(path, _) = error else { preconditionFailure("\(error)") }
      }
      let other = file.deletingLastPathComponent().appending(path: "other.sqlite")
      do throws(RegistryError) {
        _ = try ResultRegistry(at: other)
        preconditionFailure("a file was made without permission")
      } catch {
        guard case .unwritable(other.path, _) = error else { preconditionFailure("\(error)") }
      }
    }
    #expect(chmod(sandbox.folder.path, 0o755) == 0)
  }

  @Test(.enabled(if: SmallDisk.isPossible, "a full disk needs root and mount(8)"))
  func `a full disk is told apart and what was acknowledged stays`() throws {
    let disk = try SmallDisk(kibibytes: 1024)
    let file = disk.folder.appending(path: "registry.sqlite")
    let registry = try ResultRegistry(at: file)
    let run = try Sample.finish(Sample.run("kept"), in: registry)
    let filler = try CanonicalJSON("[\"" + String(repeating: "x", count: 50_000) + "\"]")
    let error = #expect(throws: RegistryError.self) {
      for seed in 0..<100 {
        try registry.record(
          [
            TrialRecord(
              identity: Digest(of: "\(seed)"), paper: run.paper, setup: filler, seed: UInt64(seed),
              outcome: filler, seconds: 1, executedIn: run.id)
          ], in: run.id)
      }
    }
    #expect(error == .full(path: file.path))
    let again = try ResultRegistry(at: file, access: .readOnly)
    #expect(try again.entry(of: run.id).verdicts.count == 1)
    #expect(try again.integrityProblems().isEmpty)
    let ledger = Ledger(at: disk.folder.appending(path: "ledger"))
    try disk.fill()
    let full = #expect(throws: RegistryError.self) { try ledger.write(again.entry(of: run.id)) }
    guard case .ledgerUnavailable(_, let reason)? = full else {
      Issue.record("expected ledgerUnavailable, got \(String(describing: full))")
      return
    }
    #expect(reason.contains("No space left") || reason.contains("cannot be made"))
    #expect(try ledger.files().isEmpty)
  }

  @Test func `the table of mounts tells what holds a path`() {
    let table = """
      27 1 254:0 / / rw,relatime - ext4 /dev/vda rw
      40 27 0:50 / /home rw - nfs4 server:/home rw
      41 40 0:51 / /home/me/local\\040disk rw shared:1 - xfs /dev/vdb rw
      42 27 0:52 / /data rw - ext4 /dev/vdc rw
      43 42 0:53 / /data rw - fuse.sshfs host:/ rw
      malformed
      44 27 0:54
      """
    func kind(_ path: String) -> FileSystemKind { FileSystemKind(of: path, mounts: table) }
    #expect(kind("/var/lib") == .local)
    #expect(kind("/home") == .network("nfs4"))
    #expect(kind("/home/me") == .network("nfs4"))
    #expect(kind("/homestead") == .local)
    #expect(kind("/home/me/local disk/x") == .local)
    #expect(kind("/data/x") == .network("fuse.sshfs"))
    #expect(FileSystemKind(of: "/x", mounts: "") == .local)
  }
}
