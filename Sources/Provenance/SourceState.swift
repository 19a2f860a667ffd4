public import Foundation

/// What git knows about the code that produced a result.
///
/// Reading it never fails: whatever could not be learnt is nil and listed, with the reason, under
/// `unknowns`. Paths of the machine are not part of the recorded form.
public struct SourceState: Hashable, Sendable {
  /// One thing that could not be learnt, and why.
  public struct Unknown: Hashable, Codable, Sendable {
    /// What is missing, such as `commit` or `diff`.
    public var what: String
    /// Why it is missing, with a remedy where there is one.
    public var why: String

    /// Names a missing fact and its reason.
    public init(_ what: String, because why: String) {
      self.what = what
      self.why = why
    }
  }

  /// Paths of one kind of change; a long list is cut, its count is not.
  public struct Paths: Hashable, Codable, Sendable {
    /// The longest list that is kept.
    public static let limit = 1000
    /// How many paths there are.
    public private(set) var count = 0
    /// The first of them in byte order, at most `limit`.
    public private(set) var listed: [String] = []

    /// Keeps the first paths in byte order and counts them all.
    public init(_ paths: [String] = []) {
      count = paths.count
      listed = Array(
        paths.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.prefix(Self.limit))
    }

    /// A list as it was recorded; nil when it lists more than it counts or is allowed.
    public init?(count: Int, listed: [String]) {
      guard listed.count <= Self.limit, listed.count == min(count, Self.limit) else { return nil }
      self.count = count
      self.listed = listed
    }
  }

  /// The files that differ from the commit.
  public struct Changes: Hashable, Codable, Sendable {
    /// Files whose staged content differs from the commit.
    public var staged = Paths()
    /// Tracked files whose content on disk differs from the staged one.
    public var modified = Paths()
    /// Files that git neither tracks nor ignores.
    public var untracked = Paths()
    /// Files left in conflict by a merge.
    public var conflicted = Paths()

    /// No changes.
    public init() {}

    /// Whether all of them lie under a folder, named by its path with a slash at the end.
    public func lie(under folder: String) -> Bool {
      [staged, modified, untracked, conflicted].allSatisfy { paths in
        paths.count == paths.listed.count && paths.listed.allSatisfy { $0.hasPrefix(folder) }
      }
    }

    /// Whether nothing differs.
    public var isEmpty: Bool {
      staged.count + modified.count + untracked.count + conflicted.count == 0
    }
  }

  /// The working tree's root, symbolic links resolved; not recorded.
  public var root: URL?
  /// The commit at HEAD; nil when there is none or it could not be read.
  public var commit: String?
  /// The branch checked out; nil when HEAD is detached or there is no repository.
  public var branch: String?
  /// The address of `origin`, without user name, password or query; nil for a folder.
  public var remote: String?
  /// Whether HEAD names a commit instead of a branch.
  public var isDetached = false
  /// Whether the branch has no commit yet.
  public var isUnborn = false
  /// Whether the history is cut off.
  public var isShallow = false
  /// Whether the repository has no working tree.
  public var isBare = false
  /// Whether the folder is a linked working tree.
  public var isLinkedWorktree = false
  /// What is under way, such as `rebase` or `merge`; nil when nothing is.
  public var operation: String?
  /// The files that differ from the commit; nil when that could not be learnt.
  public var changes: Changes?
  /// The difference from the commit as a patch; nil when clean or not readable.
  public var diff: String?
  /// Why git refused the repository, when someone else owns it; not recorded.
  public var foreignOwner: ProvenanceError?
  /// Everything that could not be learnt.
  public var unknowns: [Unknown] = []

  /// A state in which nothing is known yet.
  public init() {}

  /// Whether the tree equals its commit; nil when that could not be learnt.
  public var isClean: Bool? { changes.map(\.isEmpty) }
}

extension SourceState: Codable {
  private enum CodingKeys: String, CodingKey {
    case commit, branch, remote, isDetached, isUnborn, isShallow, isBare, isLinkedWorktree
    case operation, changes, diff, unknowns
  }
}
