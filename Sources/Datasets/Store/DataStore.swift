public import Foundation

/// The folder that datasets lie in, one sub-folder each.
///
/// Every file is checked against its SHA-256 whenever it is loaded. What was loaded is kept as
/// long as any copy of the store lives, so that many trials of one process read a file once.
public struct DataStore: Sendable {
  /// The folder.
  public let root: URL

  let loaded = LoadedDatasets()

  /// The store in a folder, which need not exist.
  public init(root: URL) {
    self.root = root
  }

  /// The folder of a dataset.
  public func folder(of name: DatasetName) -> URL {
    root.appendingPathComponent(name.rawValue, isDirectory: true)
  }

  /// The place of a file of a dataset: where it lies, or where it belongs if it is absent.
  public func place(of file: DatasetFile, in name: DatasetName) -> URL {
    let own = folder(of: name).appendingPathComponent(file.name, isDirectory: false)
    let others = file.otherNames.map { folder(of: name).appendingPathComponent($0) }
    return ([own] + others).first { FileManager.default.fileExists(atPath: $0.path) } ?? own
  }
}

extension DataStore {
  /// The store a command uses: its option, else `$REPLICATE_DATA`, else the user's cache.
  ///
  /// The cache is `$XDG_CACHE_HOME/replicate/data`, where a relative `$XDG_CACHE_HOME` is ignored
  /// as its specification demands, else `~/.cache/replicate/data`. Empty values count as unset.
  ///
  /// - Parameters:
  ///   - option: The value of `--data`.
  ///   - environment: The process's environment.
  public init(option: String?, environment: [String: String]) {
    self.init(root: Self.root(option: option, environment: environment))
  }

  private static func root(option: String?, environment: [String: String]) -> URL {
    if let option, !option.isEmpty { return URL(fileURLWithPath: option, isDirectory: true) }
    if let given = environment["REPLICATE_DATA"], !given.isEmpty {
      return URL(fileURLWithPath: given, isDirectory: true)
    }
    let cache: URL
    if let given = environment["XDG_CACHE_HOME"], given.hasPrefix("/") {
      cache = URL(fileURLWithPath: given, isDirectory: true)
    } else {
      let home = environment["HOME"].flatMap { $0.hasPrefix("/") ? $0 : nil }
      cache = URL(fileURLWithPath: home ?? NSHomeDirectory(), isDirectory: true)
        .appendingPathComponent(".cache", isDirectory: true)
    }
    return cache.appendingPathComponent("replicate/data", isDirectory: true)
  }
}
