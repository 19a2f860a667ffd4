import Digests
import FixturePapers
import Foundation
import Glibc
import Registry
import Replication
import Runner
import Testing

struct `A fragment` {
  /// A trial and the fragment it left, in a folder of its own.
  struct Made {
    let bench: Workbench
    var folder: URL { bench.folder }
    let trial: PlannedTrial
    let fragment: Fragment

    init() throws {
      bench = try Workbench()
      let identity = Digest(of: "a trial")
      let run = Digest(of: "a run")
      let line = #"{"identity":"\#(identity)","key":{"seed":3,"setup":"{\"way\":\"sound\"}"}}"#
      trial = try Canonical.decode(from: line)
      fragment = try Canonical.decode(
        from: """
          {"outcome":"{\\"share\\":1}","paper":"nobody2001-trapping","run":"\(run)",\
          "schema":"replicate.fragment/1","seconds":0.5,"trial":\(line)}
          """)
      try fragment.write(into: folder)
    }

    var file: URL { folder.appending(path: "\(trial.identity).json") }
  }

  @Test func `comes back as it was written`() throws {
    let made = try Made()
    #expect(try Fragment.read(made.trial, from: made.folder) == made.fragment)
  }

  @Test func `that nobody wrote is not there`() throws {
    let made = try Made()
    try FileManager.default.removeItem(at: made.file)
    #expect(try Fragment.read(made.trial, from: made.folder) == nil)
  }

  @Test func `that is cut short at any byte is refused`() throws {
    let made = try Made()
    let whole = try Data(contentsOf: made.file)
    for count in stride(from: 0, to: whole.count, by: 7) {
      try whole.prefix(count).write(to: made.file)
      #expect(throws: PlanError.fragment(made.file.path, "its content does not match its SHA-256"))
      {
        try Fragment.read(made.trial, from: made.folder)
      }
    }
  }

  @Test func `in which one byte was changed is refused`() throws {
    let made = try Made()
    let whole = try Data(contentsOf: made.file)
    for index in stride(from: 0, to: whole.count, by: 11) {
      var changed = whole
      changed[index] ^= 1
      try changed.write(to: made.file)
      #expect(throws: PlanError.self) { try Fragment.read(made.trial, from: made.folder) }
    }
  }

  @Test func `of another version is refused`() throws {
    let made = try Made()
    var other = made.fragment
    other.schema = "replicate.fragment/2"
    try other.write(into: made.folder)
    #expect(
      throws: PlanError.fragment(
        made.file.path, "has the form replicate.fragment/2, not replicate.fragment/1")
    ) { try Fragment.read(made.trial, from: made.folder) }
  }
}

struct `A run that was killed` {
  @Test func `leaves its finished trials to the next run of any paper`() async throws {
    let bench = try Workbench()
    let left = try bench.killedRun()
    let (trial, status) = try finishLast(in: left, bench)
    #expect(status == 0)
    #expect(try bench.registry().completedTrials([trial.identity]).isEmpty)

    _ = try await bench.request(CoinPaper.self).execute()
    let registry = try bench.registry()
    #expect(try registry.completedTrials([trial.identity]).count == 1)
    #expect(bench.spools().isEmpty)
    #expect(try registry.integrityProblems().isEmpty)
  }

  @Test func `leaves them also to a registry that was made anew`() async throws {
    let bench = try Workbench()
    let (trial, _) = try finishLast(in: try bench.killedRun(), bench)
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: bench.registryFile.path + suffix)
    }
    _ = try await bench.request(CoinPaper.self).execute()
    #expect(try bench.registry().completedTrials([trial.identity]).count == 1)
  }

  @Test func `while it made or removed its spool leaves no litter for long`() async throws {
    let bench = try Workbench()
    let names = [".\(Digest(of: "made")).new", ".\(Digest(of: "gone")).removed"]
    for name in names {
      let folder = bench.spool.appending(path: name)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: folder.path)
    }
    let young = bench.spool.appending(path: ".\(Digest(of: "young")).new")
    try FileManager.default.createDirectory(at: young, withIntermediateDirectories: true)
    _ = try await bench.request(PrintingPaper.self).execute()
    let left = try FileManager.default.contentsOfDirectory(atPath: bench.spool.path)
    #expect(left == [young.lastPathComponent])
  }

  @Test func `after a loss of power leaves what had its bytes and not yet its name`() async throws {
    let bench = try Workbench()
    let left = try bench.killedRun()
    let (trial, _) = try finishLast(in: left, bench)
    let file = left.appending(path: "\(trial.identity).json")
    let whole = left.appending(path: ".\(trial.identity).json.7.tmp")
    try FileManager.default.moveItem(at: file, to: whole)
    let half = left.appending(path: ".\(Digest(of: "half")).json.7.tmp")
    try Data(contentsOf: whole).prefix(100).write(to: half)
    _ = try await bench.request(CoinPaper.self).execute()
    #expect(try bench.registry().completedTrials([trial.identity]).count == 1)
    #expect(bench.spools().isEmpty)
  }

  @Test func `with a fragment that was tampered with stops the next run and names it`() async throws
  {
    let bench = try Workbench()
    let left = try bench.killedRun()
    let (trial, _) = try finishLast(in: left, bench)
    let file = left.appending(path: "\(trial.identity).json")
    let text = try String(contentsOf: file, encoding: .utf8)
    try text.replacing("share", with: "shore").write(to: file, atomically: true, encoding: .utf8)
    await #expect(
      throws: PlanError.fragment(file.path, "its content does not match its SHA-256")
    ) { try await bench.request(CoinPaper.self).execute() }
    #expect(try bench.registry().completedTrials([trial.identity]).isEmpty)

    try FileManager.default.removeItem(at: file)
    _ = try await bench.request(CoinPaper.self).execute()
    #expect(bench.spools().isEmpty)
  }

  /// Executes the plan's last trial as a task of a job array would.
  private func finishLast(
    in spool: URL, _ bench: Workbench
  ) throws -> (trial: PlannedTrial, status: Int32) {
    let file = spool.appending(path: ".plan.jsonl")
    let plan = try Plan(from: file)
    guard let last = plan.trials.last else { throw Missing(what: "a trial in the plan") }
    let process = try bench.start([
      "worker", "--plan", file.path, "--index", "\(plan.trials.count - 1)",
    ])
    process.waitUntilExit()
    return (last, process.terminationStatus)
  }
}

struct `A worker that is given one index` {
  @Test func `writes that trial's fragment and no other`() throws {
    let bench = try Workbench()
    let plan = try planFile(in: bench, paper: "nobody2012-refuted", ways: ["sound", "troubled"])
    let process = try bench.start(["worker", "--plan", plan.path, "--index", "1"])
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let trials = try Plan(from: plan).trials
    let fragments = bench.folder.appending(path: "fragments")
    #expect(try Fragment.read(trials[0], from: fragments) == nil)
    let fragment = try #require(try Fragment.read(trials[1], from: fragments))
    #expect(fragment.outcome == #"{"share":0.25}"#)
    #expect(fragment.failure == nil)
  }

  @Test(arguments: ["7", "-1"])
  func `refuses an index that the plan does not have`(index: String) throws {
    let bench = try Workbench()
    let plan = try planFile(in: bench, paper: "nobody2012-refuted", ways: ["sound"])
    let process = try bench.start(["worker", "--plan", plan.path, "--index=\(index)"])
    process.waitUntilExit()
    #expect(process.terminationStatus == 3)
  }

  @Test func `refuses a plan of a paper that it does not have`() throws {
    let bench = try Workbench()
    let plan = try planFile(in: bench, paper: "nobody1999-unknown", ways: ["sound"])
    #expect(throws: PlanError.unknownPaper("nobody1999-unknown")) {
      try Worker(plan: plan, catalogue: fixturePapers)
    }
  }

  @Test func `refuses a plan that is cut short inside a line`() throws {
    let bench = try Workbench()
    let plan = try planFile(in: bench, paper: "nobody2012-refuted", ways: ["sound"])
    let text = try String(contentsOf: plan, encoding: .utf8)
    try String(text.dropLast(9)).write(to: plan, atomically: true, encoding: .utf8)
    #expect(throws: PlanError.self) { try Plan(from: plan) }
    try "".write(to: plan, atomically: true, encoding: .utf8)
    #expect(throws: PlanError.unreadable(plan.path, "it is empty")) { try Plan(from: plan) }
  }

  private func planFile(in bench: Workbench, paper: String, ways: [String]) throws -> URL {
    let fragments = bench.folder.appending(path: "fragments")
    try FileManager.default.createDirectory(at: fragments, withIntermediateDirectories: true)
    let head = """
      {"fragments":"\(fragments.path)","limits":{"bytes":0,"seconds":60},"paper":"\(paper)",\
      "run":"\(Digest(of: "run"))","schema":"replicate.plan/1","scope":"scope",\
      "stages":"\(bench.folder.path)/stages","threads":1,"tier":"smoke"}
      """
    let lines = ways.map { way in
      #"{"identity":"\#(Digest(of: way))","key":{"seed":0,"setup":"{\"way\":\"\#(way)\"}"}}"#
    }
    let file = bench.folder.appending(path: "plan.jsonl")
    let text = ([head] + lines).joined(separator: "\n") + "\n"
    try text.write(to: file, atomically: true, encoding: .utf8)
    return file
  }
}
