public import Diagnostics

/// What keeps provenance from being taken.
public enum ProvenanceError: Diagnosable, Hashable {
  /// Git refuses the repository because someone else owns it.
  case foreignOwner(path: String)
  /// A file or folder of the sources could not be read.
  case unreadable(path: String, reason: String)
  /// A folder lies outside the root its digest is relative to.
  case outside(path: String, root: String)

  /// What is wrong, in one line.
  public var problem: String {
    switch self {
    case .foreignOwner(let path): "the repository \(path) belongs to another user"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .outside(let path, let root): "\(path) does not lie in \(root)"
    }
  }

  /// What the user can do about it.
  public var remedy: String {
    switch self {
    case .foreignOwner(let path):
      "If you trust it, run: git config --global --add safe.directory \(Self.quoted(path))"
    case .unreadable: "Check that it exists and that you may read it."
    case .outside: "Give a folder inside the root."
    }
  }

  /// The path as one word of a shell command.
  private static func quoted(_ path: String) -> String {
    let plain = path.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "@"):
        true
      default: false
      }
    }
    guard !plain else { return path }
    let parts = path.split(separator: "'", omittingEmptySubsequences: false)
    return "'" + parts.joined(separator: #"'\''"#) + "'"
  }
}
