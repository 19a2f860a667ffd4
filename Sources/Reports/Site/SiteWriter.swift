import Foundation
import Synchronization

/// Writes the files of a site into a folder, and only what changed of them.
///
/// A list in the folder names every file that a site wrote there. A file that is on it and not
/// written again is removed in the end; nothing else in the folder is touched. Each file appears
/// whole or not at all.
final class SiteWriter: Sendable {
  /// What a build did.
  struct Tally: Hashable, Sendable {
    var written = 0
    var unchanged = 0
    var removed = 0
  }

  static let manifestName = ".replicate-site"
  private static let heading = "replicate.site/1"

  private let root: String
  private let before: Set<String>
  private let state = Mutex(State())

  private struct State {
    var files: Set<String> = []
    var folders: Set<String> = []
    var tally = Tally()
    /// Numbers of temporary files that nobody writes now.
    var freeParts: [Int] = []
    var parts = 0
  }

  /// Opens a folder for a site: a missing or empty one, or one that a site wrote.
  init(folder: URL) throws(SiteError) {
    // A path without a link in it, so that later a link below it is known for one.
    let files = FileManager.default
    var path = folder.path(percentEncoded: false)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    do {
      try files.createDirectory(atPath: path, withIntermediateDirectories: true)
      root = URL(filePath: path).resolvingSymlinksInPath().path(percentEncoded: false)
    } catch {
      throw .unwritable(path: path, reason: "the folder cannot be made")
    }
    let manifest = "\(path)/\(Self.manifestName)"
    guard let names = try? files.contentsOfDirectory(atPath: path) else {
      throw .unwritable(path: path, reason: "the folder cannot be listed")
    }
    if names.contains(Self.manifestName) {
      guard let data = files.contents(atPath: manifest) else {
        throw .unwritable(path: manifest, reason: "the file cannot be read")
      }
      before = try Self.files(in: data, at: manifest)
    } else {
      guard names.isEmpty else { throw .foreignFolder(path: path) }
      before = []
      // Written first, so that the folder of a build that was killed is known for a site.
      try write(Array("\(Self.heading)\n".utf8), to: Self.manifestName)
    }
  }

  /// Puts a file into the site; one that has these bytes already is left as it is.
  func put(_ bytes: [UInt8], at location: SiteLocation) throws(SiteError) {
    let path = location.path
    let isSame = Self.holds(bytes, "\(root)/\(path)")
    if !isSame { try write(bytes, to: path) }
    state.withLock { state in
      state.files.insert(path)
      if isSame { state.tally.unchanged += 1 } else { state.tally.written += 1 }
    }
  }

  /// Removes the files of the build before that this one did not put, and writes the list.
  func finish() throws(SiteError) -> Tally {
    let files = state.withLock(\.files)
    for path in before.subtracting(files).sorted() { try remove(path) }
    let list = ([Self.heading] + files.sorted()).joined(separator: "\n") + "\n"
    let bytes = Array(list.utf8)
    if !Self.holds(bytes, "\(root)/\(Self.manifestName)") {
      try write(bytes, to: Self.manifestName)
    }
    return state.withLock(\.tally)
  }

  private func remove(_ path: String) throws(SiteError) {
    let full = "\(root)/\(path)"
    // A folder on the way that became a link leads out of the site: what lies there is not ours.
    let folder = URL(filePath: full).deletingLastPathComponent()
    guard folder.resolvingSymlinksInPath().path == folder.path else { return }
    guard unlink(full) == 0 || errno == ENOENT else {
      throw .unwritable(path: full, reason: String(cString: strerror(errno)))
    }
    state.withLock { $0.tally.removed += 1 }
    var parent = folder
    while parent.path.count > root.count, rmdir(parent.path) == 0 {
      parent = parent.deletingLastPathComponent()
    }
  }

  private static func files(in data: Data, at path: String) throws(SiteError) -> Set<String> {
    let lines = String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    guard lines.first == heading else {
      throw .badManifest(path: path, reason: "it begins with something else")
    }
    for line in lines.dropFirst() {
      let parts = line.split(separator: "/", omittingEmptySubsequences: false)
      let isHarmless = parts.allSatisfy { part in
        !part.isEmpty && !part.hasPrefix(".")
          && part.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && $0 != UInt8(ascii: "\\") }
      }
      guard isHarmless else {
        throw .badManifest(path: path, reason: "'\(line.inert.prefix(80))' is no path of a site")
      }
    }
    return Set(lines.dropFirst())
  }
}

extension SiteWriter {
  /// Whether a plain file has exactly these bytes.
  private static func holds(_ bytes: [UInt8], _ path: String) -> Bool {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard file >= 0 else { return false }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) == bytes.count
    else { return false }
    if bytes.isEmpty { return true }
    return [UInt8](unsafeUninitializedCapacity: bytes.count) { buffer, count in
      count = 0
      while count < bytes.count {
        let part = read(file, buffer.baseAddress.map { $0 + count }, bytes.count - count)
        guard part > 0 else { break }
        count += part
      }
    } == bytes
  }

  private func write(_ bytes: [UInt8], to path: String) throws(SiteError) {
    let full = "\(root)/\(path)"
    try makeFolder(of: path)
    let number = state.withLock { state in
      if let free = state.freeParts.popLast() { return free }
      state.parts += 1
      return state.parts
    }
    defer { state.withLock { $0.freeParts.append(number) } }
    let part = "\(root)/.part-\(number)"
    let file = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o644)
    guard file >= 0 else { throw Self.failure(full) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else {
        let failure = Self.failure(full)
        close(file)
        unlink(part)
        throw failure
      }
      rest = rest.dropFirst(count)
    }
    guard close(file) == 0, rename(part, full) == 0 else {
      let failure = Self.failure(full)
      unlink(part)
      throw failure
    }
  }

  private func makeFolder(of path: String) throws(SiteError) {
    guard let slash = path.lastIndex(of: "/") else { return }
    let folder = String(path[..<slash])
    if state.withLock({ $0.folders.contains(folder) }) { return }
    var made = root
    for part in folder.split(separator: "/") {
      made += "/\(part)"
      guard mkdir(made, 0o755) == 0 || errno == EEXIST else { throw Self.failure(made) }
      var status = stat()
      // A link where a folder of the site must be would lead the files out of it.
      guard lstat(made, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
        throw .unwritable(path: made, reason: "something that is no folder is in its place")
      }
    }
    state.withLock { _ = $0.folders.insert(folder) }
  }

  private static func failure(_ path: String) -> SiteError {
    .unwritable(path: path, reason: String(cString: strerror(errno)))
  }
}
