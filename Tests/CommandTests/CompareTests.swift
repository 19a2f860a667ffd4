import Digests
import Foundation
import Provenance
import Registry
import SyntheticRegistry
import Testing

/// A repository with a commit for each of some environments, at which the amended paper was run.
private func repository(_ environments: [[String: String]?]) throws -> Shell {
  let shell = try Shell()
  _ = try shell.line("git init -q -b main repo")
  for environment in environments {
    _ = try shell.line(
      "cd repo && git -c user.name=A -c user.email=a@b.c commit -qm x --allow-empty")
    guard let environment else { continue }
    let run = try shell.run(
      ["nobody2014-amended", "--registry", "../r.sqlite"], in: "repo", environment: environment)
    if run.status > 1 { throw Unexpected(text: run.errors) }
  }
  return shell
}

private func compare(_ shell: Shell, _ arguments: String...) throws -> Shell.Output {
  try shell.run(["compare"] + arguments + ["--registry", "../r.sqlite"], in: "repo")
}

private func object(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

struct `Comparing commits` {
  private static let failing = ["LEAST": "0.75", "AMENDMENT": "The erratum says so."]

  @Test func `shows verdicts, numbers, the paired difference, bits and goalposts`() throws {
    let shell = try repository([[:], Self.failing])
    let output = try compare(shell, "HEAD~1", "HEAD")
    #expect(output.status == 0 && output.errors.isEmpty)
    let lines = output.text.split(separator: "\n").map(String.init)
    #expect(
      lines[0]
        == "paper nobody2014-amended at standard: all outcomes the same to the bit; 10 and 10 "
        + "trials, 10 with equal setup and seed, of which 10 gave the same bits")
    #expect(lines[1].hasPrefix("  before  run ") && lines[2].hasPrefix("  after   run "))
    #expect(lines[3].hasPrefix("change  claim  "))
    let claim = lines[4]
    #expect(claim.hasPrefix("worse   nobody2014-amended/raises  PASS → FAIL  0.50"))
    #expect(claim.contains("  0 over 5 seeds  same    amended  ▄▄"))
    #expect(lines.contains("  condition share of sound: >= 0.25 → >= 0.75"))
    #expect(lines.contains("  because: The erratum says so."))
    #expect(lines.last == "1 claim: 1 worse")
  }

  @Test func `fails when asked to if a verdict got worse, not if it got better`() throws {
    let shell = try repository([[:], Self.failing])
    #expect(try compare(shell, "HEAD~1", "HEAD", "--exit-code").status == 1)
    #expect(try compare(shell, "HEAD", "HEAD", "--exit-code").status == 0)
    // Backwards the verdict is better, but the demand is lowered and nothing says why.
    let back = try compare(shell, "HEAD", "HEAD~1", "--exit-code")
    #expect(back.text.contains("better  ") && back.text.contains("moved unamended"))
    #expect(back.status == 1)
  }

  @Test func `fails when asked to if a demand moved without a word`() throws {
    let shell = try repository([[:], ["LEAST": "0.3"]])
    let output = try compare(shell, "HEAD~1", "HEAD", "--exit-code")
    #expect(output.status == 1)
    #expect(output.text.hasSuffix("1 claim: 1 same; 1 demand moved without an amendment\n"))
    #expect(try compare(shell, "HEAD~1", "HEAD").status == 0)
  }

  @Test func `is content with other words`() throws {
    let shell = try repository([[:], ["STATEMENT": "It is so."]])
    let output = try compare(shell, "HEAD~1", "HEAD", "--exit-code")
    #expect(output.status == 0)
    #expect(output.text.contains("  reworded  "))
  }

  @Test func `takes the last run before a commit without one, and says so`() throws {
    let shell = try repository([[:], Self.failing, nil])
    let output = try compare(shell, "HEAD~2", "main")
    #expect(output.text.contains("; no run at main ("))
    #expect(output.text.contains("); the last before it, at "))
    let csv = try compare(shell, "HEAD~2", "main", "--csv").text.split(separator: "\n")
    #expect(csv.count == 2 && csv[1].contains("no run at main ("))
  }

  @Test func `has the trend of one tier`() throws {
    let shell = try repository([[:], [:]])
    _ = try shell.run(
      ["nobody2014-amended", "--tier", "smoke", "--registry", "../r.sqlite"], in: "repo")
    let text = try compare(shell, "HEAD~1", "HEAD").text
    #expect(text.contains("  ▄▄\n"), "\(text)")
  }

  @Test func `takes no earlier run of a tree that had changes`() throws {
    let shell = try repository([[:], nil])
    try shell.write("x", to: "repo/x")
    _ = try shell.run(["nobody2014-amended", "--registry", "../r.sqlite"], in: "repo")
    _ = try shell.line(
      "cd repo && git -c user.name=A -c user.email=a@b.c commit -qm y --allow-empty")
    let first = try shell.line("cd repo && git rev-parse HEAD~2").text.prefix(8)
    let output = try compare(shell, "HEAD~2", "HEAD")
    #expect(output.text.contains("; the last before it, at \(first)\n"), "\(output.text)")
  }

  @Test func `takes no run of one of two branches`() throws {
    let shell = try repository([nil])
    // Of two messages: equal commits of one second would be one.
    func commit(_ name: String) -> String {
      "git -c user.name=A -c user.email=a@b.c commit -qm \(name) --allow-empty"
    }
    let run = "$fixtures nobody2014-amended --registry ../r.sqlite >/dev/null 2>&1"
    _ = try shell.line(
      "cd repo && git checkout -q -b side && \(commit("side")) && \(run); git checkout -q main "
        + "&& \(commit("main")) && \(run); git -c user.name=A -c user.email=a@b.c merge -q --no-ff -m m side"
    )
    let output = try compare(shell, "HEAD~1", "HEAD")
    #expect(output.status == 5)
    #expect(output.text.contains(", are on two branches\n"), "\(output.text) \(output.errors)")
    #expect(output.text.contains("PASS → none  0.5"))
  }

  @Test func `of which one has nothing recorded shows the other and exits with 5`() throws {
    let shell = try repository([nil, [:]])
    let output = try compare(shell, "HEAD~1", "HEAD", "--exit-code")
    #expect(output.status == 5)
    #expect(output.text.contains("new     nobody2014-amended/raises  none → PASS  not judged  0.5"))
    #expect(output.text.contains("  before  no run at HEAD~1 ("))
    #expect(
      output.errors == """
        error: no claim was judged at standard for both HEAD~1 and HEAD
        help: Run the papers at both commits, or name another --tier.

        """)
  }

  @Test func `says of a run that its tree had changes`() throws {
    let shell = try repository([[:]])
    _ = try shell.line(
      "cd repo && git -c user.name=A -c user.email=a@b.c commit -qm y --allow-empty")
    try shell.write("x", to: "repo/x")
    _ = try shell.run(["nobody2014-amended", "--registry", "../r.sqlite"], in: "repo")
    let output = try compare(shell, "HEAD~1", "HEAD")
    #expect(output.text.contains(" with uncommitted changes\n"), "\(output.text)")
  }

  @Test func `or runs by the digits of their ids gives one object of a fixed schema`() throws {
    let shell = try repository([[:], Self.failing])
    let history = try object(
      try shell.run(["history", "nobody2014-amended", "--json", "--registry", "r.sqlite"]).text)
    let runs = try #require(history["entries"] as? [[String: Any]])
      .compactMap { $0["run"] as? String }
    #expect(runs.count == 2)
    let output = try compare(shell, String(runs[0].prefix(8)), "HEAD", "--json")
    let found = try object(output.text)
    #expect(found["schema"] as? String == "replicate.compare/1")
    let paper = try #require((found["papers"] as? [[String: Any]])?.first)
    #expect((paper["before"] as? [String: Any])?["run"] as? String == runs[0])
    #expect((paper["after"] as? [String: Any])?["run"] as? String == runs[1])
    #expect(paper["sameOutcomes"] as? Bool == true)
    let claim = try #require((paper["claims"] as? [[String: Any]])?.first)
    #expect(claim["change"] as? String == "worse")
    #expect(claim["noDifference"] is NSNull)
    let difference = try #require(claim["difference"] as? [String: Any])
    #expect(difference["estimate"] as? Double == 0 && difference["n"] as? Int == 5)
    // A name that both a run and a commit have.
    _ = try shell.line("cd repo && git tag \(runs[0].prefix(12))")
    let ambiguous = try compare(shell, String(runs[0].prefix(12)), "HEAD")
    #expect(ambiguous.status == 64)
    #expect(ambiguous.errors.contains("names both a run and a commit"))
  }

  @Test(arguments: [
    (["nope", "HEAD"], 64, "error: 'nope' names no recorded run and no commit\n"),
    (["", "HEAD"], 64, "error: '' names no recorded run and no commit\n"),
    (["HEAD", "\u{1b}[31m"], 64, "error: '\u{fffd}[31m' names no recorded run and no commit\n"),
    (["HEAD"], 64, "error: Missing expected argument '<after>'"),
    (["HEAD", "HEAD", "nope"], 64, "error: no paper 'nope'\n"),
    (["HEAD", "HEAD", "--tier", "smoke"], 5, "error: no claim was judged at smoke for both HEAD"),
    (["HEAD", "HEAD", "--json", "--csv"], 64, "error: Choose --json or --csv, not both."),
  ])
  func `that are not there is told`(arguments: [String], status: Int32, problem: String) throws {
    let shell = try repository([[:]])
    let output = try shell.run(
      ["compare"] + arguments + ["--registry", "../r.sqlite"], in: "repo")
    #expect(output.status == status)
    #expect(output.errors.hasPrefix(problem), "\(output.errors)")
    #expect(output.errors.contains("\nhelp: ") || output.errors.contains("\nUsage: "))
  }

  @Test func `without a repository says so of what is no run`() throws {
    let output = try Shell().run(["compare", "HEAD", "HEAD~1"])
    #expect(output.status == 64)
    #expect(output.errors.contains("no commit: ") && output.errors.contains("lies in no git"))
  }
}

struct `Comparing runs` {
  /// A registry of made-up runs of one paper, and their ids, oldest first.
  private func shell(text: String? = nil) throws -> (Shell, [String]) {
    let shell = try Shell()
    var synthetic = SyntheticRegistry()
    (synthetic.papers, synthetic.runs, synthetic.text) = (1, 40, text)
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    try synthetic.write(to: registry)
    let runs = try registry.runs().filter { $0.tier == "standard" }
    return (shell, runs.map { String($0.id.description.prefix(16)) }.reversed())
  }

  @Test func `of a paper that is gone works, and finds what was never amended`() throws {
    let (shell, runs) = try shell()
    let (first, last) = (try #require(runs.first), try #require(runs.last))
    let output = try shell.run(["compare", first, last, "--registry", "r.sqlite", "--exit-code"])
    #expect(output.text.contains("/claim-1  PASS → "))
    #expect(output.text.contains("moved unamended"))
    #expect(output.status == 1)
    let same = try shell.run(["compare", first, first, "--registry", "r.sqlite", "--exit-code"])
    #expect(same.status == 0)
    #expect(same.text.contains(": one and the same run\n"))
  }

  @Test func `shows what was measured before and after, and by how much it differs`() throws {
    let (shell, runs) = try shell()
    // The standard runs are four of five; of claim-1 every ninth run fails, of any tier.
    let indices = (0..<40).filter { $0 % 5 != 4 }
    let failing = try #require(indices.firstIndex(of: 30))
    let arguments = ["compare", runs[0], runs[failing], "--registry", "r.sqlite"]
    let text = try shell.run(arguments).text
    let row = try #require(text.split(separator: "\n").first { $0.hasPrefix("worse ") })
    let blocks = (24..<40).map { $0 % 9 == 3 ? "▁" : "█" }.joined()
    #expect(row.hasSuffix("  moved unamended  \(blocks)"), "\(row)")
    let numbers = row.firstMatch(
      of:
        /PASS → FAIL +0\.500 \[0\.470, 0\.530\] nat +0\.200 \[0\.170, 0\.230\] nat +-0\.300 \[-0\.31\d, -0\.28\d\] over 3 seeds/
    )
    #expect(numbers != nil, "\(row)")

    let rows = try Records(try shell.run(arguments + ["--csv"]).text).rows
    let values = Dictionary(
      uniqueKeysWithValues: zip(rows[0], try #require(rows.first { $0[3] == "worse" })))
    func value(_ name: String) -> Double { values[name].flatMap { Double($0) } ?? .nan }
    #expect(value("estimate_before") == 0.5 && value("estimate_after") == 0.2)
    #expect(value("low_before") < 0.5 && value("high_before") > 0.5)
    #expect(value("difference_low") < value("difference"))
    #expect(value("difference") < value("difference_high") && value("difference_high") < 0)

    let paper = try #require(
      (try object(try shell.run(arguments + ["--json"]).text)["papers"] as? [[String: Any]])?.first)
    let claims = try #require(paper["claims"] as? [[String: Any]])
    let claim = try #require(claims.first { $0["change"] as? String == "worse" })
    for (side, verdict, estimate) in [("before", "pass", 0.5), ("after", "fail", 0.2)] {
      let judged = try #require(claim[side] as? [String: Any])
      #expect(judged["verdict"] as? String == verdict && judged["estimate"] as? Double == estimate)
    }
  }

  @Test func `fails when asked to if a claim is judged no more`() throws {
    let (shell, runs) = try shell()
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    let last = try #require(try registry.runs().first { $0.tier == "standard" })
    let verdicts = try registry.verdicts(of: last.id)
    let known = Set(verdicts.map(\.claim))
    let claims = try registry.claimVersions(of: last.paper).filter { known.contains($0.digest) }
    for (count, status) in [(claims.count, Int32(0)), (claims.count - 1, 1)] {
      let run = RunRecord(
        paper: last.paper, tier: "standard", startedAt: .now(), source: SourceState(),
        paperTree: nil, coreTree: nil,
        environment: ExecutionEnvironment(simdLevel: "scalar", simdLevels: ["scalar"]),
        arguments: [], seeds: [0])
      let kept = claims.prefix(count)
      try registry.begin(run)
      try registry.finish(
        run.id,
        RunEnd(finishedAt: .now(), verdict: .pass, outcomeDigest: Digest(of: "x"), seconds: 0),
        claims: Array(kept),
        verdicts: verdicts.filter { verdict in kept.contains { $0.digest == verdict.claim } })
      let output = try shell.run([
        "compare", String(last.id.description.prefix(16)), String(run.id.description.prefix(16)),
        "--exit-code", "--registry", "r.sqlite",
      ])
      #expect(output.status == status, "\(output.text)")
      #expect(output.text.contains("\ngone ") == (status == 1))
    }
    #expect(runs.count > 1)
  }

  @Test(arguments: [
    "\u{1b}]0;x\u{7}\u{1b}[31m\u{9b}2J", "=HYPERLINK(\"http://x\")", "\u{202e}drow\u{2066}",
    "a\u{2028}b\nc\r", "::error::x", "\t-1", "😀漢字",
  ])
  func `with hostile text in every column is inert`(text: String) throws {
    let (shell, runs) = try shell(text: text)
    let (first, last) = (try #require(runs.first), try #require(runs.last))
    for arguments in [[], ["--csv"], ["--json"]] {
      let output = try shell.run(
        ["compare", first, last, "--registry", "r.sqlite"] + arguments)
      #expect(output.status == 0, "\(output.errors)")
      let isForEyes = arguments.isEmpty
      let steering = output.text.unicodeScalars.filter {
        $0.value == 0x1b || $0.value == 7 || $0.value == 0x9b
          || isForEyes && [0x202e, 0x2066, 0x2028, 0x0d, 0x09].contains($0.value)
      }
      #expect(steering.isEmpty, "\(arguments)")
      if isForEyes { #expect(!output.text.split(separator: "\n").contains { $0.hasPrefix("::") }) }
    }
    let csv = try shell.run(["compare", first, last, "--registry", "r.sqlite", "--csv"]).text
    for record in try Records(csv).rows.dropFirst() {
      for cell in record where Double(cell) == nil {
        #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.first), "\(cell)")
      }
    }
  }
}
