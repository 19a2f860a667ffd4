internal import CGit

/// A commit and everything before it.
public struct Ancestry: Sendable {
  /// The parents of each commit.
  private let parents: [String: [String]]
  /// The commit itself.
  public let commit: String

  /// Which of some commits was the last before another.
  public enum Last: Hashable, Sendable {
    /// None of them came before it.
    case none
    /// This one: all others that came before came before it, too.
    case one(String)
    /// Several, on branches that were merged later.
    case several([String])
  }

  /// Reads the history of a commit.
  ///
  /// - Parameters:
  ///   - commit: the id in full.
  ///   - history: the repository.
  /// - Throws: where the history cannot be read to its beginning.
  public init(of commit: String, in history: GitHistory) throws(ProvenanceError) {
    self.commit = commit
    var walk: OpaquePointer?
    defer { git_revwalk_free(walk) }
    var id = git_oid()
    let repository = history.repository.pointer
    guard git_revwalk_new(&walk, repository) == 0, let walk, git_oid_fromstr(&id, commit) == 0,
      git_revwalk_push(walk, &id) == 0
    else { throw .unreadableHistory(reason: GitFailure(-1).message) }
    var parents: [String: [String]] = [:]
    while true {
      let code = git_revwalk_next(&id, walk)
      if code == GIT_ITEROVER.rawValue { break }
      guard code == 0 else { throw Self.cutOff(history, code) }
      var object: OpaquePointer?
      let found = git_commit_lookup(&object, repository, &id)
      defer { git_commit_free(object) }
      guard found == 0, let object else { throw Self.cutOff(history, found) }
      parents[GitHistory.text(of: &id)] = (0..<git_commit_parentcount(object)).compactMap {
        git_commit_parent_id(object, $0).map { GitHistory.text(of: $0) }
      }
    }
    self.parents = parents
  }

  private static func cutOff(_ history: GitHistory, _ code: Int32) -> ProvenanceError {
    history.isShallow ? .shallow : .unreadableHistory(reason: GitFailure(code).message)
  }

  /// The last of some commits at or before this one.
  ///
  /// - Parameter commits: ids in full.
  /// - Returns: it, or why there is not one.
  public func last(of commits: Set<String>) -> Last {
    var (open, seen, found) = ([commit], Set([commit]), [String]())
    while let next = open.popLast() {
      if commits.contains(next) {
        // What lies behind a hit came before it.
        found.append(next)
        continue
      }
      for parent in parents[next] ?? [] where seen.insert(parent).inserted { open.append(parent) }
    }
    guard found.count > 1 else { return found.first.map { .one($0) } ?? .none }
    // A hit may lie behind another one that was reached by another way.
    let latest = found.filter { hit in
      !found.contains { $0 != hit && isBefore(hit, $0) }
    }
    return latest.count == 1 ? .one(latest[0]) : .several(latest.sorted())
  }

  private func isBefore(_ one: String, _ other: String) -> Bool {
    var (open, seen) = ([other], Set([other]))
    while let next = open.popLast() {
      if next == one { return true }
      for parent in parents[next] ?? [] where seen.insert(parent).inserted { open.append(parent) }
    }
    return false
  }
}
