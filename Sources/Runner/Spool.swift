import Digests
import Foundation
import Glibc
import Registry
import Replication

/// The folder of one run in progress: its plan, its fragments, and a lock that says it is alive.
///
/// A folder whose lock can be taken belongs to a run that was killed: its finished trials are
/// imported by the next run, whichever paper that is for.
final class Spool {
  let folder: URL
  private let lock: Int32

  /// Makes the folder of a new run.
  ///
  /// It gets its name once it is locked, so that no other run takes it for an abandoned one.
  init(of run: RunRecord, in root: URL) throws {
    let folder = root.appending(path: run.id.description)
    let nameless = root.appending(path: ".\(run.id)\(Self.unnamed)")
    do {
      try FileManager.default.createDirectory(at: nameless, withIntermediateDirectories: true)
    } catch {
      throw POSIXFailure(error, path: nameless.path)
    }
    guard let lock = try Self.locked(nameless, creating: true) else {
      throw PlanError.unreadable(folder.path, "another process holds it")
    }
    self.folder = folder
    self.lock = lock
    try DurableFile.write(Canonical.data(run), to: nameless.appending(path: Self.record))
    guard rename(nameless.path, folder.path) == 0 else {
      throw POSIXFailure(path: folder.path, code: errno)
    }
  }

  /// Takes over the folder of a run that was killed; nil where the run is alive or has ended.
  private init?(abandoned folder: URL) throws {
    guard let lock = try Self.locked(folder, creating: false) else { return nil }
    self.folder = folder
    self.lock = lock
    // Its owner may have removed it between the listing and the lock.
    guard FileManager.default.fileExists(atPath: folder.appending(path: Self.record).path) else {
      return nil
    }
  }

  deinit { close(lock) }

  /// The folder of all runs' trials that were interrupted, beside the folders of the runs: what a
  /// trial has done is of use to whichever run executes it next.
  static let states = ".states"

  /// Removes what trials saved a month ago: their sources have changed, or nobody wants them.
  static func discardStates(in root: URL) {
    let folder = root.appending(path: states)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    for file in names.map({ folder.appending(path: $0) }) {
      let values = try? file.resourceValues(forKeys: [.contentModificationDateKey])
      guard let saved = values?.contentModificationDate else { continue }
      if saved.timeIntervalSinceNow < -30 * 86400 { try? FileManager.default.removeItem(at: file) }
    }
  }

  private static let record = ".run.json"
  private static let unnamed = ".new"
  private static let removed = ".removed"

  /// Whether a folder is what a run left that was killed while it made or removed its own.
  private static func isLitter(_ folder: URL) -> Bool {
    if folder.lastPathComponent.hasSuffix(removed) { return true }
    guard folder.lastPathComponent.hasSuffix(unnamed),
      let made = try? FileManager.default.attributesOfItem(atPath: folder.path)[.modificationDate]
        as? Date
    else { return false }
    // Made in milliseconds; a minute old, nobody is making it any more.
    return made.timeIntervalSinceNow < -60
  }

  /// The locked file of a folder; nil where another process has it, or there is none to open.
  private static func locked(_ folder: URL, creating: Bool) throws -> Int32? {
    let path = folder.appending(path: ".lock").path
    let lock = open(path, (creating ? O_CREAT : 0) | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0 else {
      if !creating && errno == ENOENT { return nil }
      throw POSIXFailure(path: path, code: errno)
    }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      return nil
    }
    return lock
  }

  /// The spools of runs that died, each with its run and what that had finished.
  static func abandoned(
    in root: URL
  ) throws -> [(spool: Spool, run: RunRecord, fragments: [Fragment])] {
    guard FileManager.default.fileExists(atPath: root.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().compactMap {
      let folder = root.appending(path: $0)
      if isLitter(folder) { try? FileManager.default.removeItem(at: folder) }
      guard Digest($0) != nil, let spool = try Spool(abandoned: folder) else { return nil }
      let file = spool.folder.appending(path: record)
      let run = try Canonical.decode(RunRecord.self, from: Data(contentsOf: file))
      let fragments = try Fragment.all(in: spool.folder)
      if let stray = fragments.first(where: { $0.run != run.id }) {
        throw PlanError.fragment(
          spool.folder.appending(path: Fragment.name(of: stray.trial)).path,
          "belongs to the run \(stray.run.short), not \(run.id.short)")
      }
      return (spool, run, fragments)
    }
  }

  /// Removes the folder; all that it held is recorded elsewhere.
  ///
  /// A worker that outlived its run may still write into it: the folder loses its name first, and
  /// what cannot be removed then is nobody's.
  func remove() throws {
    let nameless = folder.deletingLastPathComponent()
      .appending(path: ".\(folder.lastPathComponent)\(Self.removed)")
    guard rename(folder.path, nameless.path) == 0 else {
      throw POSIXFailure(path: folder.path, code: errno)
    }
    try? FileManager.default.removeItem(at: nameless)
  }
}
