public import Digests
public import Foundation
public import Replication

/// One trial of a plan.
public struct PlannedTrial: Codable, Hashable, Sendable {
  /// Its setup and seed.
  public var key: TrialKey
  /// The digest of everything the outcome depends on.
  public var identity: Digest
}

/// The frozen list of what a run executes: written once, read by every worker.
///
/// A file of JSON lines: what all trials share, then a line a trial. A later edit of the sources
/// cannot change queued work, because a line holds the setup itself.
public struct Plan: Codable, Hashable, Sendable {
  /// The version of the file's form.
  public static let schema = "replicate.plan/1"

  /// The version of the file's form, as read.
  public var schema = Plan.schema
  /// The run that the trials belong to.
  public var run: Digest
  /// The paper's id.
  public var paper: String
  /// The tier.
  public var tier: Tier
  /// The folder that receives a fragment for each finished trial.
  public var fragments: String
  /// The folder with the data sets; nil where there is none.
  public var data: String?
  /// The folder that keeps products shared between trials.
  public var stages: String
  /// The folder in which trials keep what they have done so far; nil where nothing is kept.
  public var states: String?
  /// The digest of sources and data that those products depend on.
  public var scope: String
  /// Threads inside one trial.
  public var threads: Int
  /// What a trial may take.
  public var limits: Limits
  /// The trials, in the order in which to run them; not part of the first line.
  public var trials: [PlannedTrial] = []

  private enum CodingKeys: String, CodingKey {
    case schema, run, paper, tier, fragments, data, stages, states, scope, threads, limits
  }

  /// What a trial may take before it is ended.
  public struct Limits: Codable, Hashable, Sendable {
    /// Wall-clock seconds, whole.
    public var seconds: Int
    /// Bytes of address space; 0 sets no limit.
    public var bytes: Int

    /// Limits of time and memory.
    public init(seconds: Int, bytes: Int) {
      self.seconds = seconds
      self.bytes = bytes
    }
  }

  /// Writes the plan, all of it or nothing.
  public func write(to file: URL) throws {
    var lines = [try Canonical.text(self)]
    for trial in trials { lines.append(try Canonical.text(trial)) }
    try DurableFile.write(Data((lines.joined(separator: "\n") + "\n").utf8), to: file)
  }

  /// Reads a plan.
  public init(from file: URL) throws {
    let text = try String(contentsOf: file, encoding: .utf8)
    let lines = text.split(separator: "\n").map(String.init)
    guard let first = lines.first else { throw PlanError.unreadable(file.path, "it is empty") }
    do {
      self = try Canonical.decode(Plan.self, from: first)
      trials = try lines.dropFirst().map { try Canonical.decode(PlannedTrial.self, from: $0) }
    } catch {
      throw PlanError.unreadable(file.path, "\(error)")
    }
    guard schema == Plan.schema else { throw PlanError.schema(file.path, schema) }
  }
}

extension Plan {
  init(
    run: Digest, paper: String, tier: Tier, fragments: URL, data: URL?, stages: URL, states: URL,
    scope: Digest, threads: Int, limits: Limits, trials: [PlannedTrial]
  ) {
    self.run = run
    self.paper = paper
    self.tier = tier
    self.fragments = fragments.path
    self.data = data?.path
    self.stages = stages.path
    self.states = states.path
    self.scope = scope.description
    self.threads = threads
    self.limits = limits
    self.trials = trials
  }
}
