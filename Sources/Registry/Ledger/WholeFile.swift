internal import Foundation

/// Files that are read and written as a whole, with the system's own reason when that fails.
enum WholeFile {
  /// Reads a regular file; refuses links, devices and anything larger than the limit.
  static func read(_ path: String, limit: Int) throws(RegistryError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, "cannot be opened") }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw failure(path, "cannot be examined") }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .badLedgerFile(path: path, reason: "it is not a regular file")
    }
    guard Int(status.st_size) <= limit else {
      throw .badLedgerFile(path: path, reason: "it is larger than \(limit) bytes")
    }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    var filled = 0
    while filled < bytes.count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        Foundation.read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure(path, "cannot be read") }
      guard got > 0 else { break }
      filled += got
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes a file at once: into a neighbour, to the disk, then under its name.
  static func write(_ bytes: [UInt8], to path: String) throws(RegistryError) {
    let target = URL(filePath: path)
    let folder = target.deletingLastPathComponent().path(percentEncoded: false)
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw .ledgerUnavailable(path: folder, reason: "the folder cannot be made")
    }
    let name = ".\(target.lastPathComponent).\(getpid()).\(UInt32.random(in: 0...UInt32.max))"
    let draft = folder + "/" + name
    var isKept = false
    defer { if !isKept { unlink(draft) } }
    try fill(draft, with: bytes)
    guard rename(draft, path) == 0 else { throw failure(path, "cannot be renamed") }
    isKept = true
    // The name itself must survive a loss of power as well.
    let parent = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard parent >= 0 else { throw failure(folder, "cannot be opened") }
    defer { close(parent) }
    guard fsync(parent) == 0 else { throw failure(folder, "cannot be brought to the disk") }
  }

  /// Makes a file and brings its bytes to the disk.
  private static func fill(_ path: String, with bytes: [UInt8]) throws(RegistryError) {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path, "cannot be made") }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let put = bytes.withUnsafeBytes { buffer in
        Foundation.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if put < 0, errno == EINTR { continue }
      guard put > 0 else { throw failure(path, "cannot be written") }
      written += put
    }
    guard fsync(file) == 0 else { throw failure(path, "cannot be brought to the disk") }
  }

  private static func failure(_ path: String, _ what: String) -> RegistryError {
    .ledgerUnavailable(path: path, reason: "\(what): \(String(cString: strerror(errno)))")
  }
}
