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
    // A worker that died has closed its pipe; writing to it must not end the run.
    signal(SIGPIPE, SIG_IGN)
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
      // A crash is told from the log; symbolising it would take longer than most trials. No order
      // of a hash table may differ from one process to the next.
      environment: .inherit.updating([
        "SWIFT_BACKTRACE": "enable=no", "SWIFT_DETERMINISTIC_HASHING": "1",
      ]),
      input: .inputWriter, output: .sequence,
      error: .fileDescriptor(descriptor, closeAfterSpawningProcess: true)
    ) { execution -> Lost? in
      var current = Lost(index: first, since: clock.now, logged: 0)
      _ = try? await execution.standardInputWriter.write("\(current.index)\n")
      for try await line in execution.standardOutput.strings() {
        guard Int(line.trimmingCharacters(in: .whitespacesAndNewlines)) == current.index else {
          continue
        }
        finished(current.index)
        guard let index = take() else {
          try await execution.standardInputWriter.finish()
          return nil
        }
        current = Lost(index: index, since: clock.now, logged: Self.size(of: log))
        // A worker that died between two trials is noticed by the end of its output.
        _ = try? await execution.standardInputWriter.write("\(index)\n")
      }
      return current
    }
    guard let lost = result.closureResult else { return nil }
    let elapsed = (clock.now - lost.since).components
    try record(
      lost.index, status: result.terminationStatus,
      said: Self.lastWords(of: log, from: lost.logged),
      seconds: Double(elapsed.seconds) + Double(elapsed.attoseconds) * 1e-18)
    finished(lost.index)
    return take()
  }

  /// The trial that a worker was at when it died.
  private struct Lost {
    var index: Int
    var since: ContinuousClock.Instant
    /// The size of the worker's log when the trial began.
    var logged: Int
  }

  /// Leaves the fragment that a dead worker could not write.
  private func record(
    _ index: Int, status: TerminationStatus, said: String, seconds: Double
  ) throws {
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

  private static func size(of log: URL) -> Int {
    let attributes = try? FileManager.default.attributesOfItem(atPath: log.path)
    return attributes?[.size] as? Int ?? 0
  }

  /// The last line that a trial wrote to its worker's log, where there is one.
  private static func lastWords(of log: URL, from start: Int) -> String {
    guard let data = FileManager.default.contents(atPath: log.path) else { return "" }
    let lines = String(decoding: data.dropFirst(start).suffix(4096), as: UTF8.self)
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
    WorkerProgram(
      path: (try? FileManager.default.destinationOfSymbolicLink(
        atPath: "/proc/self/exe")) ?? CommandLine.arguments[0])
  }
}
