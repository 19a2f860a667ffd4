internal import CGit
public import Foundation

/// The commits of a repository: what a revision means and what came before it.
public struct GitHistory {
  let repository: GitRepository
  /// The root of the working tree, symbolic links resolved.
  public let root: URL
  /// Whether the history is cut off.
  public let isShallow: Bool

  /// Opens the repository that contains a folder.
  ///
  /// - Parameter folder: any folder of the working tree.
  /// - Throws: where there is no repository, none of the user's, or none with a working tree.
  public init(containing folder: URL) throws(ProvenanceError) {
    do throws(GitFailure) {
      repository = try GitRepository(containing: folder)
    } catch {
      guard let place = GitRepository.place(near: folder) else {
        throw .noRepository(path: folder.path(percentEncoded: false))
      }
      if error.isForeignOwner || (error.isMissing && place.isForeign) {
        throw .foreignOwner(path: place.path)
      }
      throw .unreadableHistory(reason: error.message)
    }
    isShallow = git_repository_is_shallow(repository.pointer) == 1
    guard let path = repository.text(git_repository_workdir) else {
      throw .noWorkingTree(path: folder.path(percentEncoded: false))
    }
    root = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath()
  }

  /// The commit that a revision names, such as a branch, a tag, `HEAD~2` or some digits of its id.
  ///
  /// - Parameter revision: the revision.
  /// - Returns: the commit's id in full; nil where the revision names no commit.
  /// - Throws: where several commits are meant, or the branch has no commit yet.
  public func commit(_ revision: String) throws(ProvenanceError) -> String? {
    guard !revision.isEmpty, !revision.utf8.contains(0) else { return nil }
    var object: OpaquePointer?
    defer { git_object_free(object) }
    let code = git_revparse_single(&object, repository.pointer, revision + "^{commit}")
    if code == 0, let object, let id = git_object_id(object) { return Self.text(of: id) }
    if code == GIT_EAMBIGUOUS.rawValue { throw .ambiguousRevision(revision) }
    if isUnborn, revision == "HEAD" { throw .noCommit }
    return nil
  }

  /// Where changes are counted from when nothing is named.
  public struct Base: Hashable, Sendable {
    /// The commit's id in full.
    public let commit: String
    /// What the commit is, in words.
    public let meaning: String

    /// A commit that was named.
    public init(commit: String, meaning: String) {
      self.commit = commit
      self.meaning = meaning
    }
  }

  /// The merge base of HEAD with the default branch, else the commit before HEAD.
  ///
  /// The default branch is that of `origin`, else the upstream of the branch checked out, else a
  /// local `main` or `master`. Where HEAD is on it, the commit before HEAD is taken.
  ///
  /// - Throws: where HEAD has no commit, none before it, or stands on no branch and there is no
  ///   default branch; and where the history is cut off.
  public func base() throws(ProvenanceError) -> Base {
    if isUnborn { throw .noCommit }
    guard !isShallow else { throw .shallow }
    guard let head = try commit("HEAD") else { throw .noCommit }
    if let other = try defaultBranch(), let found = try mergeBase(head, other.commit),
      found != head
    {
      return Base(commit: found, meaning: "where HEAD left \(other.name)")
    }
    guard git_repository_head_detached(repository.pointer) == 0 else { throw .detached }
    guard let parent = try commit("HEAD~1") else { throw .noEarlierCommit }
    return Base(commit: parent, meaning: "the commit before HEAD")
  }

  private var isUnborn: Bool { git_repository_head_unborn(repository.pointer) == 1 }

  private func defaultBranch() throws(ProvenanceError) -> (name: String, commit: String)? {
    let branch = try branchName()
    let local: [String] = ["main", "master"].filter { branch != $0 }
    let remote = ["origin/HEAD", "origin/main", "origin/master"]
    var names = remote.map { name in (name, "refs/remotes/\(name)") }
    if let branch { names.append(("its upstream", "refs/heads/\(branch)@{upstream}")) }
    names += local.map { name in (name, "refs/heads/\(name)") }
    for (name, reference) in names {
      if let commit = try commit(reference) { return (name, commit) }
    }
    return nil
  }

  private func branchName() throws(ProvenanceError) -> String? {
    var head: OpaquePointer?
    defer { git_reference_free(head) }
    guard git_repository_head(&head, repository.pointer) == 0, let head,
      git_reference_is_branch(head) == 1, let name = git_reference_shorthand(head)
    else { return nil }
    return String(cString: name)
  }

  private func mergeBase(_ one: String, _ other: String) throws(ProvenanceError) -> String? {
    var (a, b, found) = (git_oid(), git_oid(), git_oid())
    guard git_oid_fromstr(&a, one) == 0, git_oid_fromstr(&b, other) == 0 else { return nil }
    let code = git_merge_base(&found, repository.pointer, &a, &b)
    if code == GIT_ENOTFOUND.rawValue { return nil }
    guard code == 0 else { throw .unreadableHistory(reason: GitFailure(code).message) }
    return Self.text(of: &found)
  }

  /// An object's id in full.
  static func text(of id: UnsafePointer<git_oid>) -> String {
    var text = [CChar](repeating: 0, count: Int(GIT_OID_HEXSZ) + 1)
    git_oid_tostr(&text, text.count, id)
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
