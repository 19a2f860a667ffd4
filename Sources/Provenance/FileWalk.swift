internal import Foundation

/// The source files under folders, in an order that no file system decides.
///
/// Taken: every regular file and symbolic link. Left out: names that start with a dot or end with
/// `~`, and Markdown (`.md`), which no result depends on.
struct FileWalk {
  /// One file: where it is and what it is called.
  struct Entry {
    let path: String
    let name: String
    let isLink: Bool
    let modified: timespec
    let size: Int
  }

  private(set) var entries: [Entry] = []

  /// Walks folders or single files; fails on what is missing, outside the root or unreadable.
  init(_ places: [URL], relativeTo root: URL) throws(ProvenanceError) {
    let base = Self.plain(root)
    for place in places {
      let path = Self.plain(place)
      guard path == base || path.hasPrefix(base == "/" ? base : base + "/") else {
        throw .outside(path: path, root: base)
      }
      let name = String(path.dropFirst(base.count).drop { $0 == "/" })
      try visit(path, named: name)
    }
    entries.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    // A file reached twice, through nested folders, counts once.
    var last: String?
    entries.removeAll { entry in
      defer { last = entry.name }
      return entry.name == last
    }
  }

  /// Whether results may depend on a file or folder of that name.
  static func takes(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasSuffix("~") && !name.hasSuffix(".md")
  }

  private static func plain(_ url: URL) -> String {
    var path = url.standardizedFileURL.path(percentEncoded: false)
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  private mutating func visit(_ path: String, named name: String) throws(ProvenanceError) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw .unreadable(path: path, reason: reason()) }
    switch status.st_mode & S_IFMT {
    case S_IFDIR:
      for child in try children(of: path) {
        try visit(path + "/" + child, named: name.isEmpty ? child : name + "/" + child)
      }
    case S_IFREG, S_IFLNK:
      entries.append(
        Entry(
          path: path, name: name, isLink: status.st_mode & S_IFMT == S_IFLNK,
          modified: status.st_mtim, size: Int(status.st_size)))
    default:
      break
    }
  }

  private func children(of path: String) throws(ProvenanceError) -> [String] {
    guard let folder = opendir(path) else { throw .unreadable(path: path, reason: reason()) }
    defer { closedir(folder) }
    var names: [String] = []
    while let item = readdir(folder) {
      let name = withUnsafePointer(to: &item.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if Self.takes(name) { names.append(name) }
    }
    return names
  }

  private func reason() -> String { String(cString: strerror(errno)) }
}
