public import Digests
public import Foundation
import Replication

/// What a worker leaves of a trial: one file, complete or not there.
///
/// Written to a temporary file, synchronised and renamed; then a second file with its SHA-256
/// marks it as done. Workers never open the registry; one importer reads fragments.
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

  /// Writes the fragment and then its mark.
  public func write(into folder: URL) throws {
    let data = try Canonical.data(self)
    let file = folder.appending(path: Self.name(of: trial))
    try DurableFile.write(data, to: file)
    try DurableFile.write(
      Data("\(Digest(of: data))\n".utf8), to: file.appendingPathExtension("sha256"))
  }

  /// Reads a fragment, or nil where it is not complete.
  public static func read(_ trial: PlannedTrial, from folder: URL) throws -> Fragment? {
    try read(folder.appending(path: name(of: trial)))
  }

  /// All complete fragments of a folder, in the order of their names.
  static func all(in folder: URL) throws -> [Fragment] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
      .compactMap { try read(folder.appending(path: $0)) }
  }

  private static func read(_ file: URL) throws -> Fragment? {
    let mark = file.appendingPathExtension("sha256")
    guard FileManager.default.fileExists(atPath: mark.path) else { return nil }
    let data = try Data(contentsOf: file)
    let expected = try String(contentsOf: mark, encoding: .utf8)
    guard "\(Digest(of: data))\n" == expected else {
      throw PlanError.fragment(file.path, "its content does not match its SHA-256")
    }
    let fragment = try Canonical.decode(Fragment.self, from: data)
    guard fragment.schema == schema else {
      throw PlanError.fragment(file.path, "has the form \(fragment.schema), not \(schema)")
    }
    return fragment
  }
}
