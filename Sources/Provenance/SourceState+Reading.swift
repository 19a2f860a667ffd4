internal import CGit
public import Foundation

extension SourceState {
  /// Reads the state of the repository that contains a folder.
  ///
  /// - Parameters:
  ///   - folder: any folder of the working tree.
  ///   - diffLimit: the most bytes of patch that are kept.
  public init(of folder: URL, diffLimit: Int = 1 << 20) {
    self.init()
    do throws(GitFailure) {
      let repository = try GitRepository(containing: folder)
      readPlace(repository)
      readHead(repository)
      readRemote(repository)
      guard !isBare else {
        miss("changes", because: "the repository is bare: it has no working tree")
        return
      }
      readChanges(repository)
      if let changes, !changes.isEmpty { readDiff(repository, limit: diffLimit) }
    } catch {
      explain(error, at: folder)
    }
  }

  mutating func miss(_ what: String, because why: String) {
    unknowns.append(Unknown(what, because: why))
  }

  /// Tells "refused" from "not there".
  private mutating func explain(_ failure: GitFailure, at folder: URL) {
    guard let place = GitRepository.place(near: folder) else {
      let path = folder.path(percentEncoded: false)
      miss("repository", because: "\(path) lies in no git repository")
      return
    }
    // Some versions of the library answer "not found" where they mean "not yours".
    guard failure.isForeignOwner || (failure.isMissing && place.isForeign) else {
      miss("repository", because: failure.message)
      return
    }
    let refused = ProvenanceError.foreignOwner(path: place.path)
    foreignOwner = refused
    miss("repository", because: refused.problem + ". " + refused.remedy)
  }

  private mutating func readPlace(_ repository: GitRepository) {
    isBare = git_repository_is_bare(repository.pointer) == 1
    isShallow = git_repository_is_shallow(repository.pointer) == 1
    isLinkedWorktree = git_repository_is_worktree(repository.pointer) == 1
    if let path = repository.text(git_repository_workdir) {
      root = URL(filePath: path, directoryHint: .isDirectory).resolvingSymlinksInPath()
    }
    let names: [UInt32: String] = [
      GIT_REPOSITORY_STATE_MERGE.rawValue: "merge",
      GIT_REPOSITORY_STATE_REVERT.rawValue: "revert",
      GIT_REPOSITORY_STATE_REVERT_SEQUENCE.rawValue: "revert",
      GIT_REPOSITORY_STATE_CHERRYPICK.rawValue: "cherry-pick",
      GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE.rawValue: "cherry-pick",
      GIT_REPOSITORY_STATE_BISECT.rawValue: "bisect",
      GIT_REPOSITORY_STATE_REBASE.rawValue: "rebase",
      GIT_REPOSITORY_STATE_REBASE_INTERACTIVE.rawValue: "rebase",
      GIT_REPOSITORY_STATE_REBASE_MERGE.rawValue: "rebase",
      GIT_REPOSITORY_STATE_APPLY_MAILBOX.rawValue: "am",
      GIT_REPOSITORY_STATE_APPLY_MAILBOX_OR_REBASE.rawValue: "am or rebase",
    ]
    operation = names[UInt32(bitPattern: git_repository_state(repository.pointer))]
  }

  private mutating func readHead(_ repository: GitRepository) {
    isDetached = git_repository_head_detached(repository.pointer) == 1
    var head: OpaquePointer?
    let code = git_repository_head(&head, repository.pointer)
    defer { git_reference_free(head) }
    guard code == 0, let head else {
      let failure = GitFailure(code)
      isUnborn = failure.isUnborn
      if isUnborn {
        branch = unbornBranch(repository)
        miss("commit", because: "the branch has no commit yet")
      } else {
        miss("commit", because: failure.message)
      }
      return
    }
    if !isDetached, let name = git_reference_shorthand(head) { branch = String(cString: name) }
    guard let target = git_reference_target(head) else {
      miss("commit", because: "HEAD names no object")
      return
    }
    var text = [CChar](repeating: 0, count: Int(GIT_OID_HEXSZ) + 1)
    git_oid_tostr(&text, text.count, target)
    commit = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    var object: OpaquePointer?
    let found = git_commit_lookup(&object, repository.pointer, target)
    if found == 0 {
      git_commit_free(object)
    } else {
      miss("commit object", because: GitFailure(found).message)
    }
  }

  private func unbornBranch(_ repository: GitRepository) -> String? {
    var head: OpaquePointer?
    defer { git_reference_free(head) }
    guard git_reference_lookup(&head, repository.pointer, "HEAD") == 0, let head,
      let target = git_reference_symbolic_target(head)
    else { return nil }
    let name = String(cString: target)
    let prefix = "refs/heads/"
    return name.hasPrefix(prefix) ? String(name.dropFirst(prefix.count)) : name
  }

  private mutating func readRemote(_ repository: GitRepository) {
    var origin: OpaquePointer?
    defer { git_remote_free(origin) }
    guard git_remote_lookup(&origin, repository.pointer, "origin") == 0, let origin,
      let address = git_remote_url(origin)
    else { return }
    remote = RemoteAddress(String(cString: address))?.description
  }
}
