public import Digests
public import Foundation

/// The digest of the source files in folders: their relative paths and contents.
///
/// Taken: every regular file, and a symbolic link's target text. Left out: names that start with a
/// dot or end with `~`, and Markdown, which no result depends on. Times, permissions and the order
/// of the folders do not matter; a file counts once however often it is reached.
///
/// - Parameters:
///   - folders: folders or single files inside the root.
///   - root: the folder that the paths are relative to.
/// - Returns: the digest over the sorted files.
/// - Throws: when a place is missing, unreadable or outside the root.
public func treeDigest(
  of folders: [URL], relativeTo root: URL
) throws(ProvenanceError) -> Digest {
  let walk = try FileWalk(folders, relativeTo: root)
  var builder = DigestBuilder()
  builder.update("replicate.tree/1\n")
  for entry in walk.entries {
    let content = try entry.content()
    // Lengths first, so that no two trees spell the same bytes.
    builder.update("\(entry.isLink ? "link" : "file") \(entry.name.utf8.count) \(content.count)\n")
    builder.update(entry.name)
    builder.update(content)
  }
  return builder.finish()
}

/// When the youngest source file in folders was modified; nil when there is none.
///
/// - Parameters:
///   - folders: folders or single files inside the root, chosen as for `treeDigest`.
///   - root: the folder that contains them.
/// - Returns: the latest modification time.
/// - Throws: when a place is missing, unreadable or outside the root.
public func newestModification(
  of folders: [URL], relativeTo root: URL
) throws(ProvenanceError) -> Date? {
  let times = try FileWalk(folders, relativeTo: root).entries.map(\.modified)
  let newest = times.max { ($0.tv_sec, $0.tv_nsec) < ($1.tv_sec, $1.tv_nsec) }
  return newest.map {
    Date(timeIntervalSince1970: Double($0.tv_sec) + Double($0.tv_nsec) / 1e9)
  }
}

extension FileWalk.Entry {
  /// The file's bytes, or the target text of a link.
  func content() throws(ProvenanceError) -> [UInt8] {
    if isLink { return try linkTarget() }
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure() }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: size + 1)
    var filled = 0
    while true {
      if filled == bytes.count { bytes.append(contentsOf: repeatElement(0, count: bytes.count)) }
      let got = bytes.withUnsafeMutableBytes { buffer in
        read(file, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      }
      if got < 0, errno == EINTR { continue }
      guard got >= 0 else { throw failure() }
      if got == 0 { break }
      filled += got
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  private func linkTarget() throws(ProvenanceError) -> [UInt8] {
    var bytes = [CChar](repeating: 0, count: 4096)
    let length = readlink(path, &bytes, bytes.count)
    guard length >= 0 else { throw failure() }
    return bytes.prefix(length).map(UInt8.init(bitPattern:))
  }

  private func failure() -> ProvenanceError {
    .unreadable(path: path, reason: String(cString: strerror(errno)))
  }
}
