import Foundation
import Glibc

/// Files that are there in full or not at all, also after a loss of power.
///
/// A name that such a loss undoes costs an execution, not a result: the folder is not synchronised.
enum DurableFile {
  /// Whether a name is that of a file on its way to another name.
  static func isTemporary(_ name: String) -> Bool { name.hasPrefix(".") && name.hasSuffix(".tmp") }

  /// Writes a temporary file beside the target, synchronises it and renames it.
  static func write(_ data: Data, to file: URL) throws {
    let temporary = file.deletingLastPathComponent()
      .appending(path: ".\(file.lastPathComponent).\(getpid()).tmp")
    let descriptor = open(temporary.path, O_CREAT | O_WRONLY | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw failure(file) }
    var written = 0
    let complete = data.withUnsafeBytes { bytes in
      while written < bytes.count {
        let count = Glibc.write(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return fsync(descriptor) == 0
    }
    let code = errno
    guard close(descriptor) == 0, complete, rename(temporary.path, file.path) == 0 else {
      unlink(temporary.path)
      throw failure(file, code: complete ? errno : code)
    }
  }

  private static func failure(_ file: URL, code: Int32 = errno) -> any Error {
    POSIXFailure(path: file.path, code: code)
  }
}
