import Datasets
import Digests
import Foundation
import Provenance
import Replication

/// What a paper's outcomes depend on besides setup and seed.
struct SourceIdentity {
  /// The digest of the paper's folder; nil where its sources are not on this machine.
  var paperTree: Digest?
  /// The digest of the training core's sources; nil where they are not on this machine.
  var coreTree: Digest?
  /// Both, the data and the toolchain in one digest.
  var scope: Digest

  /// Reads the sources that the program was built from.
  ///
  /// Without them the program's own digest stands in, so that nothing is reused across programs.
  init(
    of paper: any Replication.Type, program: WorkerProgram, toolchain: String
  ) throws {
    let folder = URL(filePath: paper.paper.folder)
    let data = paper.data.map { "\($0.rawValue) \($0.digest)" }
    let program = URL(filePath: program.path)
    if FileManager.default.fileExists(atPath: folder.path),
      FileManager.default.fileExists(atPath: Self.coreRoot.path)
    {
      let core = Self.coreFolders
      try Self.requireFresh(program, than: [folder], root: folder)
      try Self.requireFresh(program, than: core, root: Self.coreRoot)
      paperTree = try treeDigest(of: [folder], relativeTo: folder)
      coreTree = try treeDigest(of: core, relativeTo: Self.coreRoot)
    }
    let sources =
      if let paperTree, let coreTree {
        "paper \(paperTree)\ncore \(coreTree)"
      } else {
        "program \(Digest(of: try Data(contentsOf: program)))"
      }
    scope = Digest(
      of: (["paper \(paper.paper.id)", sources, "toolchain \(toolchain)"] + data)
        .joined(separator: "\n"))
  }

  /// The identity of one trial.
  func trial(_ key: TrialKey) -> PlannedTrial {
    PlannedTrial(key: key, identity: Digest(of: "\(scope)\n\(key.seed)\n\(key.setup)"))
  }

  /// The folder `Sources` of this package, as the compiler saw it.
  static let coreRoot = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent()

  /// The code that computes outcomes.
  ///
  /// The training core, the names of random streams, and how a trial is declared and executed.
  /// Judging is not part of it.
  static let coreFolders = [
    "Digests", "CKernels", "Tensors", "LinearAlgebra", "Neural", "Datasets", "TrainingCore",
    "Replication/Declaration",
  ].map { coreRoot.appending(path: $0) }

  /// Refuses a program that was built before its sources were last edited: it would record results
  /// under the identity of code that did not make them.
  private static func requireFresh(_ program: URL, than folders: [URL], root: URL) throws {
    let attributes = try FileManager.default.attributesOfItem(atPath: program.path)
    guard let edited = try newestModification(of: folders, relativeTo: root) else { return }
    guard let built = attributes[.modificationDate] as? Date, edited <= built else {
      throw PlanError.stale(root.path)
    }
  }
}
