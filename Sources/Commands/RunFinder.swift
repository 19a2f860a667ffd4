import Digests
import Foundation
import Provenance
import Registry

/// Finds the runs that the command line means by commits and ids.
final class RunFinder {
  private let registry: ResultRegistry
  private let history: Result<GitHistory, ProvenanceError>
  private var ancestries: [String: Ancestry] = [:]

  /// A finder in the repository that one stands in.
  init(_ registry: ResultRegistry) {
    self.registry = registry
    let folder = URL(filePath: FileManager.default.currentDirectoryPath)
    history = Result { () throws(ProvenanceError) in try GitHistory(containing: folder) }
  }

  /// What a word of the command line means.
  enum Point {
    /// One run.
    case run(RunDetail)
    /// A commit, and the word for it.
    case commit(String, asked: String)

    var run: RunDetail? {
      if case .run(let detail) = self { detail } else { nil }
    }
  }

  /// A run, and how it was found; or why there is none.
  struct Found {
    var run: RunDetail?
    /// What a reader should know; empty where the run is just what was asked for.
    var note: String
  }

  /// The run or the commit that is meant.
  func point(_ text: String) throws -> Point {
    let run: Digest?
    do throws(RegistryError) {
      run = try registry.run(startingWith: text)
    } catch .unknownRun {
      run = nil
    }
    var commit: String?
    var gitProblem: ProvenanceError?
    do throws(ProvenanceError) {
      commit = try history.get().commit(text)
    } catch {
      gitProblem = error
    }
    switch (run, commit) {
    case (let run?, nil):
      guard let detail = try registry.details(of: [run]).first else {
        throw RegistryError.unknownRun(text)
      }
      return .run(detail)
    case (nil, let commit?): return .commit(commit, asked: text)
    case (_?, _?): throw CompareError.ambiguous(text)
    case (nil, nil): throw CompareError.unknown(text, gitProblem: gitProblem?.problem)
    }
  }

  /// The run of a paper at a point.
  func find(
    _ point: Point, of paper: String, among recorded: [RunSummary]
  ) throws -> Found {
    switch point {
    case .run(let detail):
      let isFinished = detail.end?.verdict != nil
      return Found(run: detail, note: isFinished ? "" : "the run did not finish")
    case .commit(let commit, let asked):
      return try find(commit, asked, among: recorded.filter { $0.paper == paper })
    }
  }

  private func find(
    _ commit: String, _ asked: String, among runs: [RunSummary]
  ) throws -> Found {
    let exact = runs.filter { $0.commit == commit }
    let short = commit.prefix(8)
    let name = commit.hasPrefix(asked) ? "\(short)" : "\(asked) (\(short))"
    if let run = exact.first(where: { $0.isClean == true }) { return try found(run, "") }
    if let run = exact.first { return try found(run, "run at \(name) with uncommitted changes") }
    let clean = runs.filter { $0.isClean == true }
    switch try ancestry(of: commit).last(of: Set(clean.compactMap(\.commit))) {
    case .one(let earlier):
      guard let run = clean.first(where: { $0.commit == earlier }) else { break }
      return try found(
        run, "no run at \(name); the last before it, at \(earlier.prefix(8))")
    case .several(let commits):
      let names = commits.map { String($0.prefix(8)) }.joined(separator: " and ")
      return Found(
        run: nil, note: "no run at \(name), and those before it, at \(names), are on two branches")
    case .none: break
    }
    return Found(run: nil, note: "no run at \(name) or before it")
  }

  private func found(_ run: RunSummary, _ note: String) throws -> Found {
    Found(run: try registry.details(of: [run.id]).first, note: note)
  }

  private func ancestry(of commit: String) throws -> Ancestry {
    if let known = ancestries[commit] { return known }
    let ancestry = try Ancestry(of: commit, in: history.get())
    ancestries[commit] = ancestry
    return ancestry
  }
}
