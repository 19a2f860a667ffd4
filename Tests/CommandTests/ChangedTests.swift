import Digests
import Foundation
import Provenance
import Registry
import Testing

private let package = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent()

/// Whether a copy of the sources can be put in the place of the sources.
private let canReplace: Bool = {
  guard let shell = try? Shell() else { return false }
  let line = "mkdir copy && unshare -m sh -c 'mount --bind copy \(package.path)'"
  return (try? shell.line(line))?.status == 0
}()

struct `Selecting what changed` {
  private static let plan = ["plan", "--changed", "--registry", "../r.sqlite"]

  @Test(arguments: [
    ("true", "lies in no git repository", "Stand in the repository that has the sources."),
    ("git init -q -b main .", "the branch has no commit yet", "Commit first, or name what to run."),
    (
      "git init -q -b main . && $commit", "HEAD has no commit before it",
      "Name a revision with --since, or what to run."
    ),
    (
      "git init -q -b main . && $commit && $commit && git checkout -q --detach && git branch -qD main",
      "HEAD is detached, and there is no other branch that it left",
      "Name a revision with --since, or what to run."
    ),
    (
      "git init -q -b main ../other && cd ../other && $commit && $commit && cd ../here && "
        + "git clone -q --depth 1 \"file://$PWD/../other\" . 2>/dev/null",
      "the history is cut off: this is a shallow clone",
      "Run `git fetch --unshallow`, or name a commit that is there."
    ),
    ("git init -q --bare .", "is bare: it has no working tree", "Stand in a checkout of it."),
  ])
  func `in an odd repository is one clear error`(
    make: String, problem: String, remedy: String
  ) throws {
    let shell = try Shell()
    let commit = "git -c user.name=A -c user.email=a@b.c commit -qm x --allow-empty"
    let made = try shell.line(
      "mkdir here && cd here && " + make.replacing("$commit", with: commit))
    #expect(made.status == 0, "\(made.errors)")
    let output = try shell.run(Self.plan, in: "here")
    #expect(output.status == 3)
    let lines = output.errors.split(separator: "\n")
    #expect(lines.count == 2, "\(output.errors)")
    #expect(lines.first?.hasPrefix("error: ") == true)
    #expect(lines.first?.hasSuffix(problem) == true, "\(output.errors)")
    #expect(lines.last == "help: \(remedy)")
    #expect(output.text.isEmpty)
  }

  @Test func `since a revision that is not there names it`() throws {
    let shell = try Shell()
    _ = try shell.line(
      "git init -q -b main here && cd here && git -c user.name=A -c user.email=a@b.c commit -qm x "
        + "--allow-empty")
    for (revision, name) in [
      ("nope", "nope"), ("\u{1b}[31m", "\u{fffd}[31m"), (String(repeating: "0", count: 40), "0000"),
    ] {
      let output = try shell.run(Self.plan + ["--since", revision], in: "here")
      #expect(output.status == 64)
      #expect(output.errors.hasPrefix("error: '\(name)"), "\(output.errors)")
      #expect(output.errors.contains("names no commit of this repository\nhelp: Fetch it"))
    }
  }

  @Test func `in a repository without the sources says so`() throws {
    let shell = try Shell()
    _ = try shell.line(
      "git init -q -b main here && cd here && git -c user.name=A -c user.email=a@b.c commit -qm x "
        + "--allow-empty")
    let output = try shell.run(Self.plan + ["--since", "HEAD"], in: "here")
    #expect(output.status == 64)
    #expect(
      output.errors.contains("error: the sources of fisher1935-coin do not lie in the repository "))
  }

  @Test(arguments: [
    (["--changed", "--all"], "Name papers, --all or --changed, one of them."),
    (["--changed", "fisher1935-coin"], "Name papers, --all or --changed, one of them."),
    (["--since", "HEAD", "--all"], "--since needs --changed."),
  ])
  func `with another selection is usage`(arguments: [String], problem: String) throws {
    for command in ["run", "plan"] {
      let output = try Shell().run([command] + arguments)
      #expect(output.status == 64)
      #expect(output.errors.hasPrefix("error: \(problem)"), "\(output.errors)")
    }
  }

  @Test(.enabled(if: canReplace, "no folder can be put in another's place here"))
  func `takes papers whose folder or core changed, or that were never run`() throws {
    let shell = try Shell()
    let ids = try recordAll(in: shell)
    let first = try #require(ids.first)
    let program = Shell.products.appending(path: "replicate").path
    let made = try shell.line(
      """
      cp \(program) program && mkdir copy && cp -r \(package.path)/Sources \
      \(package.path)/papers copy/ && cd copy && git init -q -b main . && git add . \
      && git -c user.name=A -c user.email=a@b.c commit -qm first \
      && git -c user.name=A -c user.email=a@b.c commit -qm second --allow-empty
      """)
    #expect(made.status == 0, "\(made.errors)")
    func changed(
      after change: String, since: String = "", tier: String = "smoke"
    ) throws -> Shell.Output {
      try shell.line(
        """
        cd copy && git reset -q --hard && git clean -qdfx && \(change) && \
        unshare -m sh -c 'mount --bind . \(package.path) && cd \(package.path) && \
        \(shell.folder.path)/program plan --changed \(since) --tier \(tier) \
        --registry \(shell.folder.path)/r.sqlite'
        """)
    }
    let none = try changed(after: "true")
    #expect(none.status == 5 && none.text.isEmpty)
    let lines = none.errors.split(separator: "\n")
    #expect(lines.count == 2, "\(none.errors)")
    #expect(
      lines.first?.hasPrefix("error: nothing that outcomes depend on has changed since ") == true)
    #expect(lines.first?.hasSuffix(", the commit before HEAD") == true)

    let folder = "papers/LinearModels/Tyurin2024LogisticToPerceptron"
    let elsewhere = try changed(
      after:
        "mkdir docs && echo x > docs/x && echo // >> Sources/Runner/Plan.swift && echo > Sources/Evidence/x "
        + "&& echo x >> \(folder)/NOTES.md && echo x > \(folder)/.x")
    #expect(elsewhere.status == 5, "\(elsewhere.errors)")

    let file = "\(folder)/Tyurin2024LogisticToPerceptron.swift"
    let own = try changed(after: "echo // >> \(file)", since: "--since HEAD")
    #expect(own.status == 0, "\(own.errors)")
    let said = own.errors.split(separator: "\n")
    #expect(said.count == 2, "\(own.errors)")
    #expect(said.first == "tyurin2024-logistic-to-perceptron: \(file) changed")
    #expect(said.last?.hasPrefix("1 paper selected by changes since ") == true)
    #expect(said.last?.hasSuffix(", named 'HEAD'") == true)
    #expect(own.text.hasPrefix("tyurin2024-logistic-to-perceptron at smoke\n"))

    let core = try changed(
      after: "rm Sources/Tensors/Tape.swift && echo // > Sources/Neural/new.swift")
    #expect(core.status == 0)
    for id in ids {
      #expect(
        core.errors.contains("\(id): Sources/Neural/new.swift and 1 more of the core changed\n"))
    }
    let fresh = try changed(after: "true", tier: "full")
    #expect(fresh.errors.contains("\(first): no complete full run is recorded\n"))
  }

  /// Records an empty run of every paper at smoke; gives their ids.
  private func recordAll(in shell: Shell) throws -> [String] {
    let list = try shell.replicate(["list", "--csv"]).text
    let papers = try Records(list).rows.dropFirst().map { $0[0] }
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    for paper in papers {
      let run = RunRecord(
        paper: paper, tier: "smoke", startedAt: .now(), source: SourceState(), paperTree: nil,
        coreTree: nil,
        environment: ExecutionEnvironment(simdLevel: "scalar", simdLevels: ["scalar"]),
        arguments: ["--tier", "smoke"], seeds: [0])
      try registry.begin(run)
      try registry.finish(
        run.id,
        RunEnd(
          finishedAt: .now(), verdict: .pass, outcomeDigest: Digest(of: paper), seconds: 0),
        claims: [], verdicts: [])
    }
    return Array(papers)
  }
}
