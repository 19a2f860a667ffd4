public import Diagnostics

/// What keeps provenance from being taken.
public enum ProvenanceError: Diagnosable, Hashable {
  /// Git refuses the repository because someone else owns it.
  case foreignOwner(path: String)
  /// A file or folder of the sources could not be read.
  case unreadable(path: String, reason: String)
  /// A folder lies outside the root its digest is relative to.
  case outside(path: String, root: String)
  /// A folder lies in no repository.
  case noRepository(path: String)
  /// The repository is bare.
  case noWorkingTree(path: String)
  /// The branch has no commit yet.
  case noCommit
  /// HEAD is the first commit.
  case noEarlierCommit
  /// HEAD names a commit that is on no known branch.
  case detached
  /// The history that is needed was not fetched.
  case shallow
  /// The digits of a revision begin the ids of several objects.
  case ambiguousRevision(String)
  /// Git could not read its own files.
  case unreadableHistory(reason: String)

  /// What is wrong, in one line.
  public var problem: String {
    switch self {
    case .foreignOwner(let path): "the repository \(path) belongs to another user"
    case .unreadable(let path, let reason): "\(path) cannot be read: \(reason)"
    case .outside(let path, let root): "\(path) does not lie in \(root)"
    case .noRepository(let path): "\(path) lies in no git repository"
    case .noWorkingTree(let path): "the repository \(path) is bare: it has no working tree"
    case .noCommit: "the branch has no commit yet"
    case .noEarlierCommit: "HEAD has no commit before it"
    case .detached: "HEAD is detached, and there is no other branch that it left"
    case .shallow: "the history is cut off: this is a shallow clone"
    case .ambiguousRevision(let revision): "'\(revision)' begins the ids of several objects"
    case .unreadableHistory(let reason): "the history cannot be read: \(reason)"
    }
  }

  /// What the user can do about it.
  public var remedy: String {
    switch self {
    case .foreignOwner(let path):
      "If you trust it, run: git config --global --add safe.directory \(Self.quoted(path))"
    case .unreadable: "Check that it exists and that you may read it."
    case .outside: "Give a folder inside the root."
    case .noRepository: "Stand in the repository that has the sources."
    case .noWorkingTree: "Stand in a checkout of it."
    case .noCommit: "Commit first, or name what to run."
    case .noEarlierCommit, .detached: "Name a revision with --since, or what to run."
    case .shallow: "Run `git fetch --unshallow`, or name a commit that is there."
    case .ambiguousRevision: "Give more digits."
    case .unreadableHistory: "Run `git fsck` and see what it says."
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
