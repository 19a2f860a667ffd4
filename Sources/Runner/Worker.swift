import Datasets
import Diagnostics
public import Foundation
import Glibc
public import Replication
import Tensors

/// The executing side of a plan: takes trials by index and leaves a fragment of each.
///
/// The same for a local process that is fed indices and for a Slurm task that is given one. A
/// verdict is not its business, and neither is the registry.
public struct Worker {
  private let plan: Plan
  private let paper: any Replication.Type
  // Kept from trial to trial, so that data sets and products are read once a process.
  private let store: DataStore?
  private let stages: StageStore

  /// A worker for a plan.
  ///
  /// - Parameters:
  ///   - plan: The plan file.
  ///   - catalogue: The papers that this program has.
  /// - Throws: ``PlanError`` where the plan cannot be read or names no paper of the catalogue.
  public init(plan: URL, catalogue: [any Replication.Type]) throws {
    self.plan = try Plan(from: plan)
    let id = self.plan.paper
    guard let paper = catalogue.first(where: { $0.paper.id == id }) else {
      throw PlanError.unknownPaper(id)
    }
    self.paper = paper
    store = self.plan.data.map { DataStore(root: URL(filePath: $0)) }
    stages = StageStore(folder: URL(filePath: self.plan.stages), scope: self.plan.scope)
  }

  /// Executes one trial and writes its fragment.
  ///
  /// An error that the trial throws becomes a fragment too; a trap or an exceeded limit ends the
  /// process, and whoever started it says so.
  public func execute(_ index: Int) throws {
    guard plan.trials.indices.contains(index) else {
      throw PlanError.index(index, count: plan.trials.count)
    }
    limit()
    let trial = plan.trials[index]
    let saved = SavedState(
      file: plan.states.map { URL(filePath: $0).appending(path: "\(trial.identity).state") })
    let clock = ContinuousClock()
    let start = clock.now
    var fragment = Fragment(
      run: plan.run, paper: plan.paper, trial: trial, outcome: nil, failure: nil, seconds: 0)
    do {
      fragment.outcome = try paper.execute(
        setup: trial.key.setup,
        in: Trial(
          paper: plan.paper, seed: trial.key.seed, data: store, declared: paper.data,
          stages: stages, saved: saved))
    } catch {
      let known = error as? any Diagnosable
      fragment.failure = Fragment.Failure(
        kind: .failed, message: known.map { "\($0.problem). \($0.remedy)" } ?? "\(error)")
    }
    alarm(0)
    fragment.seconds = (clock.now - start).inSeconds
    try fragment.write(into: URL(filePath: plan.fragments))
    saved.remove()
  }

  /// Executes the trials whose indices arrive on standard input, a line each, until it ends.
  ///
  /// Each finished trial is answered with its index on standard output, which is kept free of
  /// anything that a paper prints.
  public func serve() throws {
    let answers = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    Self.endWithRunner()
    while let line = readLine() {
      guard let index = Int(line) else { throw PlanError.index(-1, count: plan.trials.count) }
      try execute(index)
      let answer = "\(index)\n"
      guard answer.withCString({ write(answers, $0, strlen($0)) }) == answer.utf8.count else {
        return  // Whoever started this worker is gone; the fragments stay for the next run.
      }
    }
  }

  /// Ends the process in the middle of a trial when whoever feeds it is gone, so that a run that was
  /// killed leaves nothing behind that works for nobody.
  private static func endWithRunner() {
    Thread.detachNewThread {
      // Without events to ask for, only the end of the pipe is reported.
      var input = pollfd(fd: STDIN_FILENO, events: 0, revents: 0)
      while poll(&input, 1, -1) < 1 {}
      _exit(EXIT_SUCCESS)
    }
  }

  /// Arms the limits: the alarm ends the process at its time, the address space makes an
  /// allocation fail instead of the machine.
  private func limit() {
    Kernels.threads = plan.threads
    if plan.limits.bytes > 0 {
      var limit = rlimit(rlim_cur: rlim_t(plan.limits.bytes), rlim_max: rlim_t(plan.limits.bytes))
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
    }
    alarm(UInt32(max(1, plan.limits.seconds)))
  }
}
