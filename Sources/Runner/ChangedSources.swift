import Foundation
public import Provenance
public import Replication

/// The sources that outcomes depend on, as far as they differ between a commit and the working tree.
///
/// A paper's own folder and the training core count, file by file as the identity of a trial takes
/// them; nothing else does.
public struct ChangedSources {
  private let history: GitHistory
  private let commit: String
  /// Files of the core that differ; nil where the core does not lie in the repository.
  public let core: [String]?

  /// Compares the core.
  ///
  /// - Parameters:
  ///   - commit: the commit's id in full.
  ///   - history: the repository.
  /// - Throws: when either state cannot be read.
  public init(since commit: String, in history: GitHistory) throws {
    self.history = history
    self.commit = commit
    let folders = SourceIdentity.coreFolders
    let paths = folders.compactMap { Self.path(of: $0, in: history.root) }
    let isThere = FileManager.default.fileExists(atPath: SourceIdentity.coreRoot.path)
    core =
      isThere && paths.count == folders.count
      ? try Self.changes(in: folders, paths, since: commit, in: history) : nil
  }

  /// The files of a paper's folder that differ; nil where it does not lie in the repository.
  ///
  /// - Parameter paper: the paper.
  /// - Returns: their paths in the repository, in byte order.
  /// - Throws: when either state cannot be read.
  public func files(of paper: any Replication.Type) throws -> [String]? {
    let folder = URL(filePath: paper.paper.folder, directoryHint: .isDirectory)
    guard FileManager.default.fileExists(atPath: folder.path),
      let path = Self.path(of: folder, in: history.root)
    else { return nil }
    return try Self.changes(in: [folder], [path], since: commit, in: history)
  }

  private static func changes(
    in folders: [URL], _ paths: [String], since commit: String, in history: GitHistory
  ) throws -> [String] {
    let now = try SourceFiles(
      in: folders.map { $0.resolvingSymlinksInPath() }, relativeTo: history.root)
    return now.changes(from: try SourceFiles(in: paths, at: commit, of: history))
  }

  /// A folder's path inside a repository; nil where it lies outside, or among what was built there.
  private static func path(of folder: URL, in root: URL) -> String? {
    let path = folder.resolvingSymlinksInPath().path
    let base = root.path.hasSuffix("/") ? root.path : root.path + "/"
    guard path.hasPrefix(base) else { return nil }
    let name = String(path.dropFirst(base.count))
    return name.hasPrefix(".build/") || name.isEmpty ? nil : name
  }
}
