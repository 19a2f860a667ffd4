internal import CGit

extension SourceState {
  /// Lists staged, modified, untracked and conflicted files; writes nothing, the index included.
  mutating func readChanges(_ repository: GitRepository) {
    // Without the commit's tree the library would call every file new.
    if !isUnborn {
      var tree: OpaquePointer?
      let code = git_revparse_single(&tree, repository.pointer, "HEAD^{tree}")
      git_object_free(tree)
      guard code == 0 else {
        miss("changes", because: GitFailure(code).message)
        return
      }
    }
    var options = git_status_options()
    git_status_options_init(&options, UInt32(GIT_STATUS_OPTIONS_VERSION))
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR
    options.flags =
      GIT_STATUS_OPT_INCLUDE_UNTRACKED.rawValue | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS.rawValue
      | GIT_STATUS_OPT_INCLUDE_UNREADABLE.rawValue
    var list: OpaquePointer?
    let code = git_status_list_new(&list, repository.pointer, &options)
    guard code == 0, let list else {
      miss("changes", because: GitFailure(code).message)
      return
    }
    defer { git_status_list_free(list) }
    changes = Self.changes(in: list)
  }

  private static func changes(in list: OpaquePointer) -> Changes {
    var staged: [String] = []
    var modified: [String] = []
    var untracked: [String] = []
    var conflicted: [String] = []
    let inIndex =
      GIT_STATUS_INDEX_NEW.rawValue | GIT_STATUS_INDEX_MODIFIED.rawValue
      | GIT_STATUS_INDEX_DELETED.rawValue | GIT_STATUS_INDEX_RENAMED.rawValue
      | GIT_STATUS_INDEX_TYPECHANGE.rawValue
    let inTree =
      GIT_STATUS_WT_MODIFIED.rawValue | GIT_STATUS_WT_DELETED.rawValue
      | GIT_STATUS_WT_TYPECHANGE.rawValue | GIT_STATUS_WT_RENAMED.rawValue
      | GIT_STATUS_WT_UNREADABLE.rawValue
    for index in 0..<git_status_list_entrycount(list) {
      guard let entry = git_status_byindex(list, index)?.pointee else { continue }
      let status = entry.status.rawValue
      let delta = entry.head_to_index ?? entry.index_to_workdir
      guard let file = delta?.pointee, let name = file.new_file.path ?? file.old_file.path
      else { continue }
      let path = String(cString: name)
      if status & inIndex != 0 { staged.append(path) }
      if status & inTree != 0 { modified.append(path) }
      if status & GIT_STATUS_WT_NEW.rawValue != 0 { untracked.append(path) }
      if status & GIT_STATUS_CONFLICTED.rawValue != 0 { conflicted.append(path) }
    }
    var changes = Changes()
    changes.staged = Paths(staged)
    changes.modified = Paths(modified)
    changes.untracked = Paths(untracked)
    changes.conflicted = Paths(conflicted)
    return changes
  }
}
