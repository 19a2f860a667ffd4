import Foundation
import Glibc
import Subprocess
import Synchronization
import SystemPackage

/// Runs a plan's trials in worker processes on this machine.
///
/// Each worker is fed one index at a time. One that dies takes down its trial only: the death is
/// recorded as that trial's fragment, and a new worker goes on with the rest.
struct WorkerPool: Sendable {
  /// The program to start as a worker, with the arguments that come before `--plan`.
  var program: WorkerProgram
  var planFile: URL
  var plan: Plan
  var jobs: Int

  /// Executes all trials; `finished` is called with each index once its fragment is written.
  func run(finished: @escaping @Sendable (Int) -> Void) async throws {
    let next = Mutex(0)
    let take: @Sendable () -> Int? = {
      next.withLock { index in
        guard index < plan.trials.count else { return nil }
        defer { index += 1 }
        return index
      }
    }
    try await withThrowingTaskGroup { group in
      for number in 0..<min(jobs, plan.trials.count) {
        group.addTask {
          var pending = take()
          while let index = pending {
            pending = try await feed(number, from: index, take: take, finished: finished)
          }
        }
      }
      try await group.waitForAll()
    }
  }

  /// Feeds one worker until the trials or the worker end; returns the index to go on with.
  private func feed(
    _ number: Int, from first: Int, take: @escaping @Sendable () -> Int?,
    finished: @escaping @Sendable (Int) -> Void
  ) async throws -> Int? {
    let log = URL(filePath: plan.fragments).appending(path: ".worker-\(number).log")

    let descriptor = try FileDescriptor.open(
      FilePath(log.path), .writeOnly, options: [.create, .truncate, .closeOnExec],
      permissions: .ownerReadWrite)
    let clock = ContinuousClock()
    let result = try await Subprocess.run(
      .path(FilePath(program.path)),
      arguments: Arguments(program.arguments + ["--plan", planFile.path]),
      // A crash is told from the log; symbolising it would take longer than most trials.
      environment: .inherit.updating(["SWIFT_BACKTRACE": "enable=no"]),
      input: .inputWriter, output: .sequence,
      error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
    ) { execution -> (current: Int, since: ContinuousClock.Instant)? in
      var current = first
      var since = clock.now
      _ = try? await execution.standardInputWriter.write("\(current)\n")
      for try await line in execution.standardOutput.strings() {
        guard Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) == current else { continue }
        finished(current)
        guard let index = take() else {
          try await execution.standardInputWriter.finish()
          return nil
        }
        current = index
        since = clock.now
        // A worker that died between two trials is noticed by the end of its output.
        _ = try? await execution.standardInputWriter.write("\(current)\n")
      }
      return (current, since)
    }
    guard let lost = result.closureResult else { return nil }
    let seconds = Double((clock.now - lost.since).components.seconds)
    try record(lost.current, status: result.terminationStatus, log: log, seconds: seconds)
    finished(lost.current)
    return take()
  }

  /// Leaves the fragment that a dead worker could not write.
  private func record(
    _ index: Int, status: TerminationStatus, log: URL, seconds: Double
  ) throws {
    let said = Self.lastWords(of: log)
    let failure: Fragment.Failure
    switch status {
    case .signaled(SIGALRM):
      failure = Fragment.Failure(
        kind: .timedOut, message: "took longer than its limit of \(plan.limits.seconds) s")
    case .signaled(SIGKILL):
      failure = Fragment.Failure(
        kind: .crashed, message: "killed, as the system does when memory runs out\(said)")
    case .signaled(let signal):
      let name = String(cString: strsignal(signal))
      failure = Fragment.Failure(kind: .crashed, message: "\(name) (signal \(signal))\(said)")
    case .exited(let code):
      failure = Fragment.Failure(kind: .crashed, message: "exited with code \(code)\(said)")
    }
    let fragment = Fragment(
      run: plan.run, paper: plan.paper, trial: plan.trials[index], outcome: nil, failure: failure,
      seconds: seconds)
    try fragment.write(into: URL(filePath: plan.fragments))
  }

  /// The last line that a worker wrote to its log, where there is one.
  private static func lastWords(of log: URL) -> String {
    guard let data = FileManager.default.contents(atPath: log.path) else { return "" }
    let lines = String(decoding: data.suffix(4096), as: UTF8.self)
      .split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
      .filter { !$0.isEmpty }
    let telling = lines.last { $0.contains("Fatal error") } ?? lines.last
    return telling.map { ": \($0)" } ?? ""
  }
}

/// The program that workers are started from.
public struct WorkerProgram: Sendable {
  /// The path of the executable.
  public var path: String
  /// The arguments before `--plan`.
  public var arguments: [String]

  /// A program and its first arguments.
  public init(path: String, arguments: [String] = ["worker"]) {
    self.path = path
    self.arguments = arguments
  }

  /// The running program itself.
  public static var current: WorkerProgram {
    WorkerProgram(path: (try? FileManager.default.destinationOfSymbolicLink(
      atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
  }
}
