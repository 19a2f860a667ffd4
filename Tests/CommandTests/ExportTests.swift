import Foundation
import Registry
import Testing

/// The repository of these tests.
private let root = URL(filePath: #filePath).deletingLastPathComponent()
  .deletingLastPathComponent().deletingLastPathComponent().path

/// A place with some claims judged: of all verdicts, with numbers that are not finite.
private func shellWithRuns() throws -> Shell {
  let shell = try Shell()
  for paper in ["fisher1935-coin", "nobody2007-undefined", "nobody2008-unbounded"] {
    _ = try shell.run(["run", paper, "--tier", "smoke", "--registry", "r.sqlite"])
  }
  return shell
}

private let formats = [
  ["junit"], ["markdown"], ["latex"], ["latex", "--macros"], ["csv"], ["jsonl"], ["github"],
  ["gitlab"], ["badge"], ["badge", "--svg"], ["bibtex"],
]

struct `An export` {
  @Test func `has the same bytes in every locale and time zone, on screen and in a file`() throws {
    let shell = try shellWithRuns()
    let odd = ["LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati"]
    for format in formats {
      let place = format == ["bibtex"] ? [] : ["--registry", "r.sqlite"]
      let first = try shell.run(["export"] + format + place)
      #expect(first.status == 0 && !first.text.isEmpty, "\(format): \(first.errors)")
      let file = try shell.run(
        ["export"] + format + place + ["--output", "out"], environment: odd)
      #expect(file.status == 0 && file.text.isEmpty, "\(format): \(file.errors)")
      let written = try String(
        contentsOf: shell.folder.appending(path: "out"), encoding: .utf8)
      #expect(written == first.text, "\(format)")
      #expect(!written.contains(shell.folder.path), "\(format)")
    }
  }

  @Test func `has no number that is not finite, but says that it is missing`() throws {
    let shell = try shellWithRuns()
    let names = [
      "nobody2007-undefined/affected", "nobody2008-unbounded/affected", "--registry", "r.sqlite",
    ]
    let report = try shell.run(["export", "junit"] + names).text
    #expect(report.contains("<error type=\"error\" message=\"measured no number, accepted "))
    let badge = try shell.run(["export", "badge"] + names).text
    #expect(badge.contains("\"isError\":true") && badge.contains("\"message\":\"0/"))
    let lines = try shell.run(["export", "jsonl"] + names).text.split(separator: "\n")
    for line in lines {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["verdict"] as? String == "error" && object["estimate"] is NSNull)
    }
    #expect(!lines.isEmpty)
  }

  @Test func `of a claim is that claim's`() throws {
    let shell = try shellWithRuns()
    let output = try shell.run([
      "export", "csv", "fisher1935-coin/vacuous", "--registry", "r.sqlite",
    ])
    let lines = output.text.split(separator: "\n")
    #expect(lines.count == 2 && lines[1].hasPrefix("fisher1935-coin,vacuous,smoke,"))
  }

  @Test func `of a claim that was amended since is an error until it is judged again`() throws {
    let shell = try Shell()
    let paper = ["nobody2014-amended", "--registry", "r.sqlite"]
    let raised = ["LEAST": "0.75", "AMENDMENT": "The paper's erratum says so."]
    _ = try shell.run(paper)
    #expect(try shell.run(["export", "github"] + paper).text.isEmpty)
    let amended = try shell.run(["export", "github"] + paper, environment: raised).text
    #expect(amended.hasPrefix("::error file=Tests/FixturePapers/AmendedPaper.swift,line="))
    #expect(amended.contains("demands something else since it was judged"))
    _ = try shell.run(["judge"] + paper, environment: raised)
    let judged = try shell.run(["export", "github"] + paper, environment: raised).text
    #expect(judged.contains("nobody2014-amended/raises fails::"))
  }

  @Test func `of what was judged again tells the judgement made last`() throws {
    let shell = try Shell()
    let paper = ["nobody2014-amended", "--registry", "r.sqlite"]
    _ = try shell.run(paper)
    func field(_ name: String) throws -> String {
      let rows = try Records(try shell.run(["export", "csv"] + paper).text).rows
      return rows[1][try #require(rows[0].firstIndex(of: name))]
    }
    #expect(try field("edition") == "2" && field("judged_at") == "")
    _ = try shell.run(["judge", "--as-recorded", "--at", "1", "--registry", "r.sqlite"])
    #expect(try field("edition") == "1" && field("judged_at") != "")
  }

  @Test func `as JUnit fails an undecided claim only when it is to be strict`() throws {
    let shell = try Shell()
    let paper = ["nobody2013-undecided", "--registry", "r.sqlite"]
    _ = try shell.run(["run", "--tier", "smoke"] + paper)
    let lenient = try shell.run(["export", "junit"] + paper).text
    #expect(lenient.contains("failures=\"0\" errors=\"0\" skipped=\"1\""))
    let strict = try shell.run(["export", "junit", "--strict"] + paper).text
    #expect(strict.contains("failures=\"1\" errors=\"0\" skipped=\"0\""))
  }

  @Test func `says in its caption from how few to how many seeds`() throws {
    let shell = try Shell()
    let coin = ["fisher1935-coin", "--registry", "r.sqlite"]
    _ = try shell.run(["run", "--tier", "smoke"] + coin)
    #expect(
      try shell.run(["export", "markdown"] + coin).text.contains("; 1 to 3 seeds; intervals"))
  }

  /// Arguments that select nothing or are wrong, with the code that says so.
  static let missing: [Missing] = [
    Missing(64, "junit", "nobody"), Missing(64, "junit", "fisher1935-coin/nothing"),
    Missing(64, "yaml"), Missing(64, "junit", "--tier", "huge"), Missing(64, "junit", "--svg"),
    Missing(65, "markdown", "--run", "ffff"), Missing(5, "csv", "fisher1935-coin", "--run", "RUN"),
    Missing(64, "bibtex", "nobody"), Missing(5, "page"),
  ]

  struct Missing: Sendable {
    let status: Int32
    let arguments: [String]

    init(_ status: Int32, _ arguments: String...) {
      self.status = status
      self.arguments = arguments
    }
  }

  @Test(arguments: missing)
  func `of what is not there says so by its exit code`(missing: Missing) throws {
    let shell = try Shell()
    _ = try shell.run(["run", "nobody2014-amended", "--registry", "r.sqlite"])
    let list = try shell.run(["list", "--json", "--registry", "r.sqlite"]).text
    let run = try #require(list.firstMatch(of: /"run":"([0-9a-f]{64})"/)).1
    var arguments = ["export"] + missing.arguments.map { $0 == "RUN" ? String(run) : $0 }
    if !["page", "bibtex"].contains(arguments[1]) { arguments += ["--registry", "r.sqlite"] }
    let output = try shell.run(arguments)
    #expect(output.status == missing.status, "\(output.errors)")
    #expect(output.text.isEmpty && output.errors.contains("error: "))
  }

  @Test func `leaves nothing behind where it cannot be written`() throws {
    let shell = try Shell()
    try shell.write("before", to: "folder/out/keep")
    let output = try shell.run([
      "export", "bibtex", "fisher1935-coin", "--output", "folder/out",
    ])
    #expect(output.status == 3)
    #expect(output.errors.contains("folder/out cannot be written"))
    let names = try FileManager.default.contentsOfDirectory(
      atPath: shell.folder.appending(path: "folder").path)
    #expect(names == ["out"])
  }
}

struct `A recorded verdict` {
  @Test func `names the file and line that declare its claim, relative to the repository`() throws {
    let shell = try Shell()
    _ = try shell.run(["run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"])
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    let run = try #require(try registry.runs().first)
    for verdict in try registry.verdicts(of: run.id) {
      #expect(verdict.file == "Tests/FixturePapers/CoinPaper.swift")
      #expect(verdict.line ?? 0 > 0)
    }
  }
}

struct `A step's summary file` {
  @Test func `is appended to, within what GitHub shows`() throws {
    let shell = try shellWithRuns()
    try shell.write(String(repeating: "x", count: (1 << 20) - 1000) + "\n", to: "summary.md")
    let arguments = ["export", "github", "fisher1935-coin", "--registry", "r.sqlite"]
    let variable = ["GITHUB_STEP_SUMMARY": "summary.md"]
    #expect(try shell.run(arguments, environment: variable).status == 0)
    let text = try String(
      contentsOf: shell.folder.appending(path: "summary.md"), encoding: .utf8)
    #expect(text.hasPrefix("xxx") && text.contains("## Replication: "))
    #expect(text.utf8.count <= 1 << 20 && text.contains("left out"))
    let full = try shell.run(arguments, environment: variable)
    #expect(full.errors.contains("has no room for a summary"))
  }
}

struct `The results page` {
  @Test func `is what the ledger gives`() throws {
    let page = try Shell().line("cd '\(root)' && \"${fixtures%-fixtures}\" export page")
    #expect(page.status == 0, "\(page.errors)")
    let committed = try String(
      contentsOf: URL(filePath: "\(root)/docs/results.md"), encoding: .utf8)
    #expect(
      page.text == committed,
      "docs/results.md is not current; `swift run -c release replicate export page --output docs/results.md` renews it"
    )
  }
}
