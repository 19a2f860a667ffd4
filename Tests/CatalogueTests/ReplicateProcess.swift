import Foundation

/// The program that was built beside the tests, run as a user runs it.
struct ReplicateProcess {
  /// What a run printed and how it ended.
  struct Result {
    var output: String
    var errors: String
    var code: Int32
  }

  /// Runs the program and waits for it.
  ///
  /// - Parameters:
  ///   - arguments: the command line.
  ///   - environment: variables set besides those of this process.
  /// - Returns: what it printed and its exit code.
  /// - Throws: when it cannot be started.
  static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Result {
    let process = Process()
    process.executableURL = Bundle.main.executableURL?.resolvingSymlinksInPath()
      .deletingLastPathComponent().appending(path: "replicate")
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let output = Pipe()
    let errors = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).log")
    _ = FileManager.default.createFile(atPath: errors.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: errors) }
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(
      output: String(decoding: printed, as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self),
      code: process.terminationStatus)
  }
}

/// What the tests read of the object that `run --json` prints.
struct PrintedRun: Decodable {
  struct Claim: Decodable {
    var id: String
    var verdict: String
    var reason: String
    var standing: String
  }

  var outcomeDigest: String
  var verdict: String
  var claims: [Claim]
}
