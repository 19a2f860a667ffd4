import Catalogue
import Datasets
import Digests
import Evidence
import Foundation
import Registry
import Replication
import Runner
import Tensors
import Testing

private let store = DataStore(option: nil, environment: ProcessInfo.processInfo.environment)

/// The places of the papers in the catalogue, named by their ids in the test's output.
private struct Entry: CustomTestStringConvertible, Sendable {
  var index: Int
  var paper: any Replication.Type { catalogue[index] }
  var testDescription: String { paper.paper.id }

  static let all = catalogue.indices.map(Entry.init)

  /// The papers whose data sets are on this machine.
  static let runnable = all.filter { entry in
    entry.paper.data.allSatisfy { if case .present = store.status(of: $0) { true } else { false } }
  }
}

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

struct `Every paper` {
  @Test(arguments: Entry.all)
  private func `is declared without a problem`(entry: Entry) {
    let problems = entry.paper.problems()
    #expect(problems.isEmpty, "\(problems.map { "\($0.place): \($0.problem)" })")
  }

  @Test(arguments: Entry.all)
  private func `has one name for folder, file and type`(entry: Entry) {
    let type = "\(entry.paper)"
    let file = URL(filePath: entry.paper.paper.file)
    #expect(file.lastPathComponent == "\(type).swift")
    #expect(file.deletingLastPathComponent().lastPathComponent == type)
  }

  @Test func `has an id of its own`() {
    #expect(catalogueProblems(catalogue).isEmpty)
  }

  @Test func `keeps the keys under which its claims are recorded`() throws {
    let keys = catalogue.flatMap { paper in paper.claimKeys.map { "\(paper.paper.id)/\($0)" } }
    let file = root.appending(path: "registry/keys.txt")
    let recorded = try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(
      String.init)
    #expect(
      keys.sorted() == recorded,
      "a renamed claim loses its history: pin its old raw value, or change registry/keys.txt")
  }

  @Test(arguments: Entry.all)
  private func `tells what was done, what departs, what was seen and what is open`(
    entry: Entry
  ) throws {
    let notes = URL(filePath: entry.paper.paper.folder).appending(path: "NOTES.md")
    let lines = try String(contentsOf: notes, encoding: .utf8).split(separator: "\n")
    for heading in ["What was done", "Departures", "What was seen", "Open questions"] {
      let start = try #require(lines.firstIndex(of: "## \(heading)"), "\(heading)")
      let body = lines[(start + 1)...].prefix { !$0.hasPrefix("## ") }
      #expect(!body.isEmpty, "\(heading)")
    }
  }

  @Test(arguments: Entry.all)
  private func `judges at standard and declares full`(entry: Entry) {
    #expect(!entry.paper.declarations(at: .standard).isEmpty)
    #expect(!entry.paper.declarations(at: .full).isEmpty)
  }
}

struct `The committed results` {
  /// The youngest complete run of a paper's standard tier in the ledger.
  private static func run(of paper: String, in registry: ResultRegistry) throws -> RunSummary? {
    try registry.latestRuns().first { $0.paper == paper && $0.tier == Tier.standard.rawValue }
  }

  @Test
  func `hold a standard run of every paper, whose figures can be drawn and whose claims can err`()
    throws
  {
    let registry = try ResultRegistry()
    let imported = try registry.importLedger(Ledger(at: root.appending(path: "registry/ledger")))
    #expect(imported.refused.isEmpty)
    for paper in catalogue {
      let id = paper.paper.id
      guard let run = try Self.run(of: id, in: registry) else {
        Issue.record("\(id): no standard run in registry/ledger")
        continue
      }
      let (survivors, tried) = try paper.falsified(
        at: .standard, from: registry.results(of: run.id))
      #expect(survivors.isEmpty && tried > 0, "\(id): \(survivors.prefix(5))")
      let figures = try paper.drawnFigures(at: .standard, from: registry.results(of: run.id))
      #expect(!figures.isEmpty, "\(id) declares no figure")
      for figure in figures {
        #expect(figure.lines.allSatisfy { $0.points.count > 1 }, "\(id): \(figure.title)")
      }
      #expect(try Goalposts.unexplained(paper, in: registry).isEmpty, "\(id)")
    }
  }

  @Test func `give the same verdicts again, by the claims and rules that gave them`() throws {
    let registry = try ResultRegistry()
    _ = try registry.importLedger(Ledger(at: root.appending(path: "registry/ledger")))
    var judged = 0
    for run in try registry.runs() {
      let posts = try Goalposts(of: run.paper, in: registry)
      for verdict in try registry.verdicts(of: run.id) {
        let edition = try #require(Edition(rawValue: verdict.edition))
        let declaration = try #require(posts[verdict.claim])
        let recorded = try Canonical.decode(ClaimResult.self, from: verdict.conditions.text)
        let again = recorded.rejudged(by: edition, of: declaration)
        let name = "\(run.paper)/\(declaration.claim) in \(run.id.short)"
        #expect(again.verdict == recorded.verdict && again.reason == recorded.reason, "\(name)")
        let (new, old) = (again.deciding?.judgement, recorded.deciding?.judgement)
        #expect(new?.estimate == old?.estimate && new?.n == old?.n, "\(name)")
        // The arithmetic of an interval may round differently than when it was recorded.
        for (new, old) in [
          (new?.interval?.lower, old?.interval?.lower),
          (new?.interval?.upper, old?.interval?.upper),
        ] {
          #expect(
            new == old || abs((new ?? .nan) - (old ?? .nan)) <= 1e-12 * abs(old ?? .nan), "\(name)")
        }
        judged += 1
      }
    }
    #expect(judged > 200)
  }
}

struct `The smoke tier` {
  /// One run of each paper, shared by the tests of this suite.
  private static func run(
    _ entry: Entry, _ arguments: [String] = [], level: Kernels.Level? = nil
  ) throws -> PrintedRun {
    let result = try ReplicateProcess.run(
      ["run", entry.paper.paper.id, "--tier", "smoke", "--json", "--no-record"] + arguments,
      environment: level.map { ["REPLICATE_SIMD": $0.rawValue] } ?? [:])
    do {
      return try Canonical.decode(PrintedRun.self, from: result.output)
    } catch {
      Issue.record("exit \(result.code): \(result.errors)")
      throw error
    }
  }

  @Test(
    .enabled(
      if: Entry.runnable.count == Entry.all.count,
      "some data sets are absent: run `replicate data fetch`"),
    arguments: Entry.all)
  private func `holds every claim of a paper, with the bits that are committed`(
    entry: Entry
  ) throws {
    let id = entry.paper.paper.id
    let run = try Self.run(entry)
    for claim in run.claims where claim.standing == "judged" {
      #expect(claim.verdict == "pass", "\(id)/\(claim.id): \(claim.reason)")
    }
    #expect(run.claims.map(\.id) == entry.paper.declarations(at: .smoke).map(\.claim))

    let golden = try Canonical.decode(
      [String: String].self,
      from: Data(contentsOf: root.appending(path: "Tests/Golden/smoke-digests.json")))
    #expect(run.outcomeDigest == golden[id], "\(id): the outcomes have other bits than committed")
    for level in Kernels.Level.allCases where level.isSupported && level != .portable {
      let other = try Self.run(entry, ["--jobs", "2"], level: level)
      #expect(other.outcomeDigest == run.outcomeDigest, "\(id) at \(level.rawValue)")
    }
    let threaded = try Self.run(entry, ["--jobs", "1", "--threads", "2"])
    #expect(threaded.outcomeDigest == run.outcomeDigest, "\(id) with two threads")
  }
}
