internal import CGit
internal import Digests
public import Foundation

/// What source files hold, by their paths: the files that `treeDigest` takes.
public struct SourceFiles: Hashable, Sendable {
  private let contents: [String: Digest]

  /// Whether there is none.
  public var isEmpty: Bool { contents.isEmpty }

  /// The files in folders of the working tree.
  ///
  /// - Parameters:
  ///   - folders: folders or single files inside the root.
  ///   - root: the folder that the paths are relative to.
  /// - Throws: when a place is missing, unreadable or outside the root.
  public init(in folders: [URL], relativeTo root: URL) throws(ProvenanceError) {
    var contents: [String: Digest] = [:]
    for entry in try FileWalk(folders, relativeTo: root).entries {
      contents[entry.name] = Self.digest(try entry.content(), isLink: entry.isLink)
    }
    self.contents = contents
  }

  /// The files in folders of a commit.
  ///
  /// - Parameters:
  ///   - folders: paths of folders, relative to the repository's root.
  ///   - commit: the commit's id in full.
  ///   - history: the repository.
  /// - Throws: when the commit or one of its files cannot be read.
  public init(
    in folders: [String], at commit: String, of history: GitHistory
  ) throws(ProvenanceError) {
    let repository = history.repository.pointer
    var tree: OpaquePointer?
    defer { git_object_free(tree) }
    let code = git_revparse_single(&tree, repository, commit + "^{tree}")
    guard code == 0, let tree else {
      throw .unreadableHistory(reason: GitFailure(code).message)
    }
    var reader = TreeReader(repository: repository)
    for folder in folders {
      var entry: OpaquePointer?
      defer { git_tree_entry_free(entry) }
      let found = git_tree_entry_bypath(&entry, tree, folder)
      if found == GIT_ENOTFOUND.rawValue { continue }
      guard found == 0, let entry else {
        throw .unreadableHistory(reason: GitFailure(found).message)
      }
      try reader.read(entry, named: folder)
    }
    contents = reader.contents
  }

  /// The paths of files that differ from an earlier state, in byte order.
  ///
  /// - Parameter earlier: the earlier state.
  /// - Returns: files that are new, gone or of other content.
  public func changes(from earlier: SourceFiles) -> [String] {
    Set(contents.keys).union(earlier.contents.keys)
      .filter { contents[$0] != earlier.contents[$0] }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  fileprivate static func digest(_ content: some Sequence<UInt8>, isLink: Bool) -> Digest {
    Digest(of: (isLink ? "link\n" : "file\n").utf8 + Array(content))
  }
}

/// Reads the files of a commit's tree.
private struct TreeReader {
  let repository: OpaquePointer
  var contents: [String: Digest] = [:]

  mutating func read(_ entry: OpaquePointer, named name: String) throws(ProvenanceError) {
    switch git_tree_entry_filemode(entry) {
    case GIT_FILEMODE_TREE:
      var tree: OpaquePointer?
      defer { git_tree_free(tree) }
      let code = git_tree_lookup(&tree, repository, git_tree_entry_id(entry))
      guard code == 0, let tree else {
        throw .unreadableHistory(reason: GitFailure(code).message)
      }
      for index in 0..<git_tree_entrycount(tree) {
        guard let child = git_tree_entry_byindex(tree, index),
          let part = git_tree_entry_name(child).map({ String(cString: $0) }),
          FileWalk.takes(part)
        else { continue }
        try read(child, named: "\(name)/\(part)")
      }
    case GIT_FILEMODE_COMMIT:
      // The files of a submodule are not in this repository: on disk they count as new.
      break
    default:
      var blob: OpaquePointer?
      defer { git_blob_free(blob) }
      let code = git_blob_lookup(&blob, repository, git_tree_entry_id(entry))
      guard code == 0, let blob else {
        throw .unreadableHistory(reason: GitFailure(code).message)
      }
      let bytes = UnsafeRawBufferPointer(
        start: git_blob_rawcontent(blob), count: Int(git_blob_rawsize(blob)))
      contents[name] = SourceFiles.digest(
        bytes, isLink: git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK)
    }
  }
}
