import Foundation

/// A file that is being downloaded: locked, appended to, and renamed when it is whole.
struct PartialFile: ~Copyable {
  /// Where it lies until it is whole.
  let path: String

  /// How many bytes it holds.
  private(set) var size: Int

  private let descriptor: Int32

  /// Opens what an earlier download left, or an empty file, and locks it.
  init(path: String) throws(DataError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else { throw Self.fault(errno, at: path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let reason = errno
      close(descriptor)
      throw reason == EWOULDBLOCK ? .busy(path: path) : Self.fault(reason, at: path)
    }
    var facts = stat()
    guard fstat(descriptor, &facts) == 0 else {
      let reason = errno
      close(descriptor)
      throw Self.fault(reason, at: path)
    }
    // Between opening and locking another fetch may have published or removed this very file.
    var named = stat()
    guard stat(path, &named) == 0, named.st_ino == facts.st_ino, named.st_dev == facts.st_dev
    else {
      close(descriptor)
      throw .busy(path: path)
    }
    self.path = path
    self.descriptor = descriptor
    size = Int(facts.st_size)
  }

  deinit { close(descriptor) }

  /// Appends bytes.
  mutating func append(_ bytes: some DataProtocol) -> DataError? {
    for region in bytes.regions {
      var written = 0
      while written < region.count {
        let count = region.withUnsafeBytes { buffer in
          write(descriptor, buffer.baseAddress.map { $0 + written }, buffer.count - written)
        }
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return Self.fault(errno, at: path) }
        written += count
        size += count
      }
    }
    return nil
  }

  /// Drops everything.
  mutating func empty() -> DataError? {
    guard size > 0 else { return nil }
    guard ftruncate(descriptor, 0) == 0 else { return Self.fault(errno, at: path) }
    size = 0
    return nil
  }

  /// Removes the file where a failed download left nothing in it.
  func discardIfEmpty() {
    if size == 0 { unlink(path) }
  }

  /// Makes the bytes durable and gives the file its final name, replacing what had it.
  func publish(as final: String) throws(DataError) {
    guard fsync(descriptor) == 0, rename(path, final) == 0 else {
      throw Self.fault(errno, at: final)
    }
    let folder = open((final as NSString).deletingLastPathComponent, O_RDONLY | O_CLOEXEC)
    guard folder >= 0 else { throw Self.fault(errno, at: final) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw Self.fault(errno, at: final) }
  }

  /// The fault behind an error number of the system.
  static func fault(_ number: Int32, at path: String) -> DataError {
    switch number {
    case ENOSPC, EDQUOT, EFBIG: .diskFull(path: path)
    default: .unwritable(path: path, reason: String(cString: strerror(number)))
    }
  }
}
