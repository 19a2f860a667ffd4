internal import CGit
internal import Foundation

/// An open repository, closed when the last reference goes.
final class GitRepository {
  let pointer: OpaquePointer

  /// Opens the repository that contains the folder, ownership check on.
  ///
  /// Nothing is run: the library knows neither hooks nor external filters.
  init(containing folder: URL) throws(GitFailure) {
    git_libgit2_init()
    var opened: OpaquePointer?
    let code = git_repository_open_ext(&opened, folder.path(percentEncoded: false), 0, nil)
    guard code == 0, let opened else {
      let failure = GitFailure(code)
      git_libgit2_shutdown()
      throw failure
    }
    pointer = opened
  }

  deinit {
    git_repository_free(pointer)
    git_libgit2_shutdown()
  }

  /// Where a repository is, found without opening it.
  struct Place {
    /// The folder that must be trusted: the working tree, or the repository itself when bare.
    let path: String
    /// Whether it or its `.git` belongs to neither the user nor the user behind `sudo`.
    let isForeign: Bool
  }

  /// The nearest repository at or above a folder; nil when there is none.
  static func place(near folder: URL) -> Place? {
    var candidate = folder.resolvingSymlinksInPath().standardizedFileURL
    while true {
      let path = candidate.path(percentEncoded: false)
      let trimmed = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
      let inner = trimmed == "/" ? "/.git" : trimmed + "/.git"
      if FileManager.default.fileExists(atPath: inner) {
        return Place(path: trimmed, isForeign: isForeign(trimmed) || isForeign(inner))
      }
      if ["HEAD", "objects", "refs"].allSatisfy({
        FileManager.default.fileExists(atPath: trimmed + "/" + $0)
      }) {
        return Place(path: trimmed, isForeign: isForeign(trimmed))
      }
      guard trimmed != "/" else { return nil }
      candidate.deleteLastPathComponent()
    }
  }

  private static func isForeign(_ path: String) -> Bool {
    var status = stat()
    guard lstat(path, &status) == 0, status.st_uid != geteuid() else { return false }
    let behind = ProcessInfo.processInfo.environment["SUDO_UID"].flatMap { UInt32($0) }
    return !(geteuid() == 0 && behind == status.st_uid)
  }

  /// A text that the library owns, copied.
  func text(_ read: (OpaquePointer) -> UnsafePointer<CChar>?) -> String? {
    read(pointer).map { String(cString: $0) }
  }
}

/// A call of libgit2 that failed.
struct GitFailure: Error {
  let code: Int32
  let message: String

  /// Takes the message of the call that just returned the code.
  init(_ code: Int32) {
    self.code = code
    let last = git_error_last()
    message = last?.pointee.message.map { String(cString: $0) } ?? "error \(code)"
  }

  var isMissing: Bool { code == GIT_ENOTFOUND.rawValue }
  var isForeignOwner: Bool { code == GIT_EOWNER.rawValue }
  var isUnborn: Bool { code == GIT_EUNBORNBRANCH.rawValue }
}
