import Digests
import Foundation
import Glibc
import Registry

/// The folder of one run in progress: its plan, its fragments, and a lock that says it is alive.
///
/// A folder whose lock can be taken belongs to a run that was killed: its finished trials are
/// imported by the next run, whichever paper that is for.
final class Spool {
  let folder: URL
  private let lock: Int32

  /// Opens the folder of a new run, or takes over that of a dead one; nil where the run is alive.
  init?(folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let path = folder.appending(path: ".lock").path
    let lock = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o644)
    guard lock >= 0 else { throw POSIXFailure(path: path, code: errno) }
    guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
      close(lock)
      return nil
    }
    self.folder = folder
    self.lock = lock
  }

  deinit { close(lock) }

  /// The folders of runs that died.
  static func abandoned(in root: URL) throws -> [Spool] {
    guard FileManager.default.fileExists(atPath: root.path) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: root.path).sorted().compactMap {
      Digest($0) == nil ? nil : try Spool(folder: root.appending(path: $0))
    }
  }

  private var runFile: URL { folder.appending(path: ".run.json") }

  /// Keeps what the registry knows of the run, for a registry that does not.
  func keep(_ run: RunRecord) throws {
    try DurableFile.write(try JSONEncoder().encode(run), to: runFile)
  }

  /// The run that the folder belongs to; nil where it had not begun to execute.
  func run() throws -> RunRecord? {
    guard FileManager.default.fileExists(atPath: runFile.path) else { return nil }
    return try JSONDecoder().decode(RunRecord.self, from: Data(contentsOf: runFile))
  }

  /// The finished trials.
  func fragments() throws -> [Fragment] { try Fragment.all(in: folder) }

  /// Removes the folder; all that it held is recorded elsewhere.
  func remove() throws { try FileManager.default.removeItem(at: folder) }
}
