import Datasets
import Digests
import Foundation
import Glibc
import Provenance
import Registry
import Replication
import Runner

/// A folder with a registry, a spool and stages, and the program that runs the fixture papers.
final class Workbench: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "runner-\(UUID().uuidString)", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// The fixture program, which is built beside the tests.
  static let program = URL(
    filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
  ).deletingLastPathComponent().appending(path: "replicate-fixtures")

  var registryFile: URL { folder.appending(path: "registry.sqlite") }
  /// Where the command line puts the spool of that registry.
  var spool: URL { folder.appending(path: "registry.sqlite-spool") }

  func registry(_ access: ResultRegistry.Access = .readWrite) throws -> ResultRegistry {
    try ResultRegistry(at: registryFile, access: access)
  }

  func request(
    _ paper: any Replication.Type, in registry: ResultRegistry? = nil, jobs: Int = 1
  ) throws -> RunRequest {
    var request = RunRequest(
      paper, at: .smoke, registry: try registry ?? self.registry(), spool: spool,
      stages: folder.appending(path: "stages"), source: SourceState())
    request.program = WorkerProgram(path: Self.program.path)
    request.jobs = jobs
    request.data = DataStore(root: folder.appending(path: "data"))
    request.secondsPerTrial = 60
    return request
  }

  /// Starts the fixture program, silent, in the folder of this bench.
  func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = Self.program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ["HOME": folder.path, "XDG_CACHE_HOME": folder.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  /// The arguments of a run of the slow paper into this bench's registry.
  var slowRun: [String] {
    ["run", slowPaper, "--tier", "smoke", "--jobs", "2", "--registry", registryFile.path]
  }

  /// The folders of runs in progress or killed.
  func spools() -> [URL] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: spool.path)) ?? []
    return names.filter { Digest($0) != nil }.sorted().map { spool.appending(path: $0) }
  }

  /// Starts the slow paper at its full tier and kills it once it has begun to record.
  ///
  /// - Returns: The folder that the killed run left.
  func killedRun() throws -> URL {
    let process = try start(
      ["run", slowPaper, "--tier", "full", "--jobs", "2", "--registry", registryFile.path])
    let deadline = ContinuousClock.now + .seconds(60)
    func hasFragment() -> Bool {
      spools().contains { spool in
        let names = (try? FileManager.default.contentsOfDirectory(atPath: spool.path)) ?? []
        return names.contains { $0.hasSuffix(".json") && !$0.hasPrefix(".") }
      }
    }
    while !hasFragment(), process.isRunning, ContinuousClock.now < deadline { usleep(2000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    guard let left = spools().first else { throw Missing(what: "the spool of a killed run") }
    return left
  }
}

struct Missing: Error {
  var what: String
}

/// The id of the slow paper on the command line.
let slowPaper = "nobody2021-slow"
