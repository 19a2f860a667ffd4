import Foundation
import Registry
import Replication
import Reports
import SyntheticRegistry

/// A folder that is removed when a test is done with it.
final class Workplace: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "reports-\(UUID().uuidString)", directoryHint: .isDirectory
    ).resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the site is built.
  var site: URL { folder.appending(path: "site", directoryHint: .isDirectory) }

  /// A registry in memory with what is described.
  static func registry(_ synthetic: SyntheticRegistry = SyntheticRegistry()) throws
    -> ResultRegistry
  {
    let registry = try ResultRegistry()
    try synthetic.write(to: registry)
    return registry
  }

  /// Builds the site of a registry.
  @discardableResult
  func build(
    _ registry: ResultRegistry, catalogue: [any Replication.Type] = [], in folder: String = "site"
  ) throws -> Site.Summary {
    try Site(of: registry, catalogue: catalogue).build(
      in: self.folder.appending(path: folder, directoryHint: .isDirectory))
  }

  /// Every file of a folder, by its path below it.
  func files(in name: String = "site") throws -> [String: Data] {
    let root = folder.appending(path: name).path(percentEncoded: false)
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: root) {
      var isFolder: ObjCBool = false
      let full = "\(root)/\(path)"
      guard FileManager.default.fileExists(atPath: full, isDirectory: &isFolder),
        !isFolder.boolValue
      else { continue }
      files[path] = FileManager.default.contents(atPath: full)
    }
    return files
  }
}
