internal import Foundation

/// Whether several machines may share the file system that holds a registry.
package enum FileSystemKind: Hashable, Sendable {
  /// All users are on this machine: shared memory and locks work.
  case local
  /// A network file system, by name: write-ahead logging would corrupt the file.
  case network(String)

  /// Types whose files other machines may open.
  private static let networks: Set<String> = [
    "nfs", "nfs4", "lustre", "cifs", "smb3", "smbfs", "afs", "9p", "gpfs", "beegfs", "ceph",
    "ocfs2", "gfs2", "coda", "ncpfs", "panfs", "pvfs2", "orangefs", "glusterfs", "fuse",
  ]

  /// Classifies a type as the kernel names it.
  package init(named type: String) {
    let isNetwork = Self.networks.contains(type) || type.hasPrefix("fuse.")
    self = isNetwork ? .network(type) : .local
  }

  /// Finds the file system that holds a path in the kernel's table of mounts; unknown counts as
  /// local.
  ///
  /// - Parameters:
  ///   - path: an absolute path without symbolic links.
  ///   - table: the text of `/proc/self/mountinfo`.
  package init(of path: String, mounts table: String) {
    var best: (length: Int, type: String)?
    for line in table.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 6, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count
      else { continue }
      let point = Self.unescaped(fields[4])
      let prefix = point == "/" ? "/" : point + "/"
      guard path == point || path.hasPrefix(prefix) else { continue }
      // Of two mounts on one point the later one covers the earlier.
      if point.utf8.count >= best?.length ?? 0 {
        best = (point.utf8.count, String(fields[dash + 1]))
      }
    }
    self = best.map { Self(named: $0.type) } ?? .local
  }

  /// Asks the kernel about a folder.
  init(of folder: URL) {
    let path = folder.resolvingSymlinksInPath().path(percentEncoded: false)
    let table = FileManager.default.contents(atPath: "/proc/self/mountinfo") ?? Data()
    self.init(
      of: path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path,
      mounts: String(decoding: table, as: UTF8.self))
  }

  /// A mount point with its `\040`-style escapes resolved.
  private static func unescaped(_ field: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(field.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = rest.prefix(3)
      guard byte == UInt8(ascii: "\\"), digits.count == 3,
        let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
      else {
        bytes.append(byte)
        continue
      }
      bytes.append(code)
      rest = rest.dropFirst(3)
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
