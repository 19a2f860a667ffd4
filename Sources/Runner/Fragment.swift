public import Digests
public import Foundation
import Replication

/// What a worker leaves of a trial: one file, complete or not there.
///
/// Written to a temporary file, synchronised and renamed; its last line is the SHA-256 of what
/// stands before. Workers never open the registry; one importer reads fragments.
public struct Fragment: Codable, Hashable, Sendable {
  /// The version of the file's form.
  public static let schema = "replicate.fragment/1"

  /// The version of the file's form, as read.
  public var schema = Fragment.schema
  /// The run that executed the trial.
  public var run: Digest
  /// The paper's id.
  public var paper: String
  /// The trial.
  public var trial: PlannedTrial
  /// The canonical text of the outcome, where the trial completed.
  public var outcome: String?
  /// Why there is no outcome.
  public var failure: Failure?
  /// Wall-clock seconds.
  public var seconds: Double

  /// Why a trial has no outcome.
  public struct Failure: Codable, Hashable, Sendable {
    /// How it ended.
    public var kind: Kind
    /// What it said, and what to do.
    public var message: String

    /// How a trial without outcome ended.
    public enum Kind: String, Codable, Sendable {
      /// It threw an error.
      case failed
      /// It took its process down.
      case crashed
      /// It took longer than its limit.
      case timedOut
    }
  }

  /// The name of the file in the fragments folder.
  static func name(of trial: PlannedTrial) -> String { "\(trial.identity).json" }

  /// Writes the fragment with its digest.
  ///
  /// - Throws: when the file system does.
  public func write(into folder: URL) throws {
    var data = try Canonical.data(self)
    data.append(contentsOf: "\n\(Digest(of: data))\n".utf8)
    try DurableFile.write(data, to: folder.appending(path: Self.name(of: trial)))
  }

  /// Reads a fragment, or nil where there is none.
  ///
  /// - Throws: when the file is not what its worker wrote.
  public static func read(_ trial: PlannedTrial, from folder: URL) throws -> Fragment? {
    let file = folder.appending(path: name(of: trial))
    return FileManager.default.fileExists(atPath: file.path) ? try read(file) : nil
  }

  /// All complete fragments of a folder, in the order of their names.
  ///
  /// After a loss of power a file may have its bytes and not yet its name: one that is whole counts.
  static func all(in folder: URL) throws -> [Fragment] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.compactMap { name in
      let file = folder.appending(path: name)
      if DurableFile.isTemporary(name), name.contains(".json.") { return try? read(file) }
      return name.hasSuffix(".json") && !name.hasPrefix(".") ? try read(file) : nil
    }
  }

  private static func read(_ file: URL) throws -> Fragment {
    let bytes = try Data(contentsOf: file)
    // A line feed, 64 digits and another line feed.
    let data = bytes.dropLast(66)
    guard bytes.count > 66, bytes.suffix(66).elementsEqual("\n\(Digest(of: data))\n".utf8) else {
      throw PlanError.fragment(file.path, "its content does not match its SHA-256")
    }
    let fragment = try Canonical.decode(Fragment.self, from: data)
    guard fragment.schema == schema else {
      throw PlanError.fragment(file.path, "has the form \(fragment.schema), not \(schema)")
    }
    return fragment
  }
}
