public import Digests
public import Foundation

/// The folder of committed results: one file a run, under the paper's id.
public struct Ledger: Hashable, Sendable {
  /// The folder, such as `registry/ledger`.
  public let folder: URL

  /// The largest file that is read.
  public static let largestFile = 256 << 20

  /// A ledger in a folder, which need not exist yet.
  public init(at folder: URL) { self.folder = folder }

  /// Where the file of a run of a paper belongs.
  public func file(of run: Digest, paper: String) -> URL {
    folder.appending(path: paper, directoryHint: .isDirectory)
      .appending(path: "\(run).json", directoryHint: .notDirectory)
  }

  /// Writes a run's file at once or not at all; writing it again changes nothing.
  ///
  /// - Parameter entry: the finished run.
  /// - Returns: the file.
  /// - Throws: when the file cannot be written or holds something else.
  @discardableResult
  public func write(_ entry: LedgerEntry) throws(RegistryError) -> URL {
    guard Self.isPlainName(entry.run.paper) else {
      throw .invalidRecord("the paper id '\(entry.run.paper)' cannot name a folder")
    }
    let file = file(of: entry.run.id, paper: entry.run.paper)
    let path = file.path(percentEncoded: false)
    let bytes = Array(entry.text.utf8)
    if FileManager.default.fileExists(atPath: path) {
      guard try WholeFile.read(path, limit: Self.largestFile) == bytes else {
        throw .badLedgerFile(path: path, reason: "it differs from the run of the same id")
      }
      return file
    }
    try WholeFile.write(bytes, to: path)
    return file
  }

  /// Reads a run's file and checks all of it.
  ///
  /// - Parameter file: a file of this or any other ledger, named by its run's id.
  /// - Returns: the run.
  /// - Throws: when the file cannot be read or is not valid.
  public func read(_ file: URL) throws(RegistryError) -> LedgerEntry {
    let path = file.path(percentEncoded: false)
    let entry: LedgerEntry
    do throws(RegistryError) {
      entry = try LedgerEntry(parsing: try WholeFile.read(path, limit: Self.largestFile))
    } catch {
      guard case .invalidRecord(let reason) = error else { throw error }
      throw .badLedgerFile(path: path, reason: reason)
    }
    guard file.lastPathComponent == "\(entry.run.id).json" else {
      throw .badLedgerFile(path: path, reason: "it holds the run \(entry.run.id)")
    }
    guard file.deletingLastPathComponent().lastPathComponent == entry.run.paper else {
      throw .badLedgerFile(path: path, reason: "it holds a run of \(entry.run.paper)")
    }
    return entry
  }

  /// Every file in the ledger, in the order of their paths; none when the folder is missing.
  public func files() throws(RegistryError) -> [URL] {
    var files: [URL] = []
    for paper in try Self.names(in: folder) {
      let inner = folder.appending(path: paper, directoryHint: .isDirectory)
      for name in try Self.names(in: inner) where name.hasSuffix(".json") {
        files.append(inner.appending(path: name, directoryHint: .notDirectory))
      }
    }
    return files
  }

  /// The visible names in a folder in byte order; a missing folder or a plain file has none.
  private static func names(in folder: URL) throws(RegistryError) -> [String] {
    let path = folder.path(percentEncoded: false)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { return [] }
    do {
      return try FileManager.default.contentsOfDirectory(atPath: path)
        .filter { !$0.hasPrefix(".") }
        .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    } catch {
      throw .ledgerUnavailable(path: path, reason: "the folder cannot be listed")
    }
  }

  /// Whether a text is one harmless path component.
  private static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.hasPrefix(".") && name.utf8.count <= 200
      && name.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
        default: false
        }
      }
  }
}
