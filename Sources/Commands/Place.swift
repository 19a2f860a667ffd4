import ArgumentParser
import Datasets
import Diagnostics
import Foundation
import Provenance
import Registry

/// Options that say where results and data lie.
struct PlaceOptions: ParsableArguments {
  @Option(help: "The registry file; else $REPLICATE_REGISTRY, else the repository's own.")
  var registry: String?

  @Option(help: "The folder with data sets; else $REPLICATE_DATA, else the user's cache.")
  var data: String?

  var store: DataStore {
    DataStore(option: data, environment: ProcessInfo.processInfo.environment)
  }

  /// The repository that one stands in, by its `.git`.
  static var repository: URL? {
    var folder = URL(filePath: FileManager.default.currentDirectoryPath)
    while !FileManager.default.fileExists(atPath: folder.appending(path: ".git").path) {
      let parent = folder.deletingLastPathComponent()
      if parent.path == folder.path { return nil }
      folder = parent
    }
    return folder
  }

  /// The registry file.
  var registryFile: URL {
    let environment = ProcessInfo.processInfo.environment
    if let registry, !registry.isEmpty { return URL(filePath: registry) }
    if let path = environment["REPLICATE_REGISTRY"], !path.isEmpty { return URL(filePath: path) }
    if let file = Self.repositoryFile { return file }
    return Self.userFolder("XDG_DATA_HOME", else: ".local/share")
      .appending(path: "registry.sqlite")
  }

  /// The registry file of the repository one stands in.
  private static var repositoryFile: URL? {
    repository?.appending(path: "registry/registry.sqlite")
  }

  /// Whether the registry is the file of the repository one stands in, and a ledger lies beside it.
  var isRepositoryFile: Bool {
    registryFile == Self.repositoryFile
      && Self.ledger.map { FileManager.default.fileExists(atPath: $0.path) } == true
  }

  /// The folder of committed results: that of the repository one stands in.
  static var ledger: URL? { repository?.appending(path: "registry/ledger") }

  /// The folder for products shared between trials.
  static var stages: URL { userFolder("XDG_CACHE_HOME", else: ".cache").appending(path: "stages") }

  /// The folder of plans and fragments, beside the registry that they belong to.
  var spool: URL {
    let file = registryFile
    return file.deletingLastPathComponent().appending(path: file.lastPathComponent + "-spool")
  }

  /// Opens the registry; one that is written takes in what the ledger has and it has not.
  func open(_ access: ResultRegistry.Access = .readWrite) throws -> ResultRegistry {
    let registry = try ResultRegistry(at: registryFile, access: access)
    for warning in registry.warnings { Terminal.standardError.print("warning: \(warning)") }
    if access == .readWrite, let ledger = Self.ledger { try registry.fill(from: ledger) }
    return registry
  }

  private static func userFolder(_ variable: String, else fallback: String) -> URL {
    let environment = ProcessInfo.processInfo.environment
    // The base directory specification demands that a relative value is ignored.
    if let path = environment[variable], path.hasPrefix("/") {
      return URL(filePath: path).appending(path: "replicate")
    }
    let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
    return URL(filePath: home ?? NSHomeDirectory()).appending(path: fallback)
      .appending(path: "replicate")
  }
}
