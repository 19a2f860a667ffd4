import Foundation

/// A folder to run the programs in, with a home of its own.
final class Shell: Sendable {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appending(path: "command-\(UUID().uuidString)", directoryHint: .isDirectory)
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Where the programs are built: beside the tests.
  static let products = URL(
    filePath: (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "."
  ).deletingLastPathComponent()

  struct Output {
    var status: Int32
    var text: String
    var errors: String
  }

  /// Runs the fixture program.
  func run(
    _ arguments: [String], in place: String = "", environment: [String: String] = [:]
  ) throws -> Output {
    try start(
      Self.products.appending(path: "replicate-fixtures").path, arguments, in: place,
      environment: environment)
  }

  /// Runs the program itself.
  func replicate(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Output {
    try start(Self.products.appending(path: "replicate").path, arguments, environment: environment)
  }

  /// Runs a line of shell, with `$fixtures` for the fixture program.
  func line(_ line: String, environment: [String: String] = [:]) throws -> Output {
    let program = Self.products.appending(path: "replicate-fixtures").path
    return try start(
      "/bin/sh", ["-c", line], environment: environment.merging(["fixtures": program]) { $1 })
  }

  private func start(
    _ program: String, _ arguments: [String], in place: String = "",
    environment: [String: String] = [:]
  ) throws -> Output {
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder.appending(path: place)
    var variables = ["HOME": folder.path, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]
    variables.merge(environment) { _, new in new }
    process.environment = variables
    // Files rather than pipes: nothing has to read while the program runs.
    let output = folder.appending(path: ".out-\(UUID().uuidString)")
    let errors = folder.appending(path: ".err-\(UUID().uuidString)")
    for file in [output, errors] { try Data().write(to: file) }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    defer { for file in [output, errors] { try? FileManager.default.removeItem(at: file) } }
    return Output(
      status: process.terminationReason == .uncaughtSignal
        ? 128 + process.terminationStatus : process.terminationStatus,
      text: try String(contentsOf: output, encoding: .utf8),
      errors: try String(contentsOf: errors, encoding: .utf8))
  }

  /// Writes a file below the folder.
  func write(_ text: String, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

/// Whether the tests may do what only the superuser may.
let isSuperuser = getuid() == 0

/// Whether a small disk can be mounted, to fill it.
let canMount: Bool = {
  guard isSuperuser, let shell = try? Shell() else { return false }
  let line = "mkdir small && mount -t tmpfs -o size=1m tmpfs small && umount small"
  return (try? shell.line(line))?.status == 0
}()

/// Whether a process can be started without a network.
let canIsolate: Bool = {
  guard let shell = try? Shell() else { return false }
  return (try? shell.line("unshare -n true"))?.status == 0
}()
