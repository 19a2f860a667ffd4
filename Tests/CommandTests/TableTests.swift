import Digests
import Foundation
import Registry
import SyntheticRegistry
import Testing

/// A registry into which the coin has been run twice at smoke.
private func shellWithCoin() throws -> Shell {
  let shell = try Shell()
  for _ in 0..<2 {
    _ = try shell.run(["run", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"])
  }
  return shell
}

private let show = "show fisher1935-coin --tier smoke --registry r.sqlite"

@Suite(.enabled(if: hasTerminals, "no program gives a terminal here"))
struct `On a terminal a table` {
  @Test(arguments: [40, 60, 80, 120, 300])
  func `fits its width`(columns: Int) throws {
    let shell = try shellWithCoin()
    for command in [
      "list --registry r.sqlite", show, "history fisher1935-coin --registry r.sqlite",
    ] {
      let output = try shell.onTerminal("$fixtures \(command) --no-pager", columns: columns)
      let lines = output.text.uncoloured.split(separator: "\n")
      #expect(lines.count > 7, "\(output.text)")
      let widest = lines.max { $0.count < $1.count } ?? ""
      #expect(widest.count <= columns, "\(command): \(widest)")
    }
  }

  /// The rows of a table of made-up claims on a terminal, and its header.
  private func comparison(of text: String?, columns: Int) throws -> (header: String, rows: [String])
  {
    let shell = try Shell()
    var synthetic = SyntheticRegistry()
    (synthetic.papers, synthetic.runs, synthetic.text) = (1, 10, text)
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    try synthetic.write(to: registry)
    let runs = try registry.runs().filter { $0.tier == "standard" }
      .map { String($0.id.description.prefix(16)) }
    let output = try shell.onTerminal(
      "$fixtures compare \(runs[1]) \(runs[0]) --registry r.sqlite --no-pager", columns: columns)
    let lines = output.text.uncoloured.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init).drop { !$0.hasPrefix("change ") }
    let rows = lines.dropFirst().prefix { !$0.isEmpty && !$0.hasPrefix("goalposts") }
    return (try #require(lines.first), Array(rows))
  }

  @Test(arguments: [70, 100, 160]) func `of wide characters fits its width`(columns: Int) throws {
    let (_, rows) = try comparison(of: "漢字", columns: columns)
    #expect(rows.contains { $0.contains("漢") })
    for row in rows {
      let width = row.reduce(0) { $0 + ("\u{2e80}"..."\u{9fff}" ~= $1 ? 2 : 1) }
      #expect(width <= columns, "\(row)")
    }
  }

  @Test func `loses nothing of a word that is too long for its column`() throws {
    let (header, rows) = try comparison(of: nil, columns: 100)
    let start = try #require(header.firstRange(of: "claim")).lowerBound
    let end = try #require(header.firstRange(of: "verdict")).lowerBound
    let (from, to) = (
      header.distance(from: header.startIndex, to: start),
      header.distance(from: header.startIndex, to: end)
    )
    var names: [String] = []
    for row in rows {
      let cell = String(row.dropFirst(from).prefix(to - from)).filter { $0 != " " }
      if row.first == " " { names[names.count - 1] += cell } else { names.append(cell) }
    }
    #expect(names == (0..<6).map { "doe2000-synthetic-0/claim-\($0)" })
    #expect(rows.count > 6)
  }

  @Test func `fits what the user says rather than what the terminal does`() throws {
    let output = try shellWithCoin().onTerminal(
      "$fixtures \(show) --no-pager", columns: 200, environment: "COLUMNS=60 LC_ALL=C.UTF-8")
    let widest = output.text.uncoloured.split(separator: "\n").map(\.count).max()
    #expect(widest.map { $0 <= 60 } == true)
  }

  @Test func `has a verdict's word beside its colour, and the sentence below its claim`() throws {
    let output = try shellWithCoin().onTerminal("$fixtures \(show) --no-pager", columns: 100)
    #expect(output.text.contains("\u{1b}[32mPASS\u{1b}[0m  levels "))
    #expect(
      output.text.uncoloured.contains(
        "\n      Figure 4: The curve reaches one half after five steps.\n"))
    let plain = try shellWithCoin().onTerminal(
      "$fixtures \(show) --no-pager", columns: 100, environment: "NO_COLOR=1 LC_ALL=C.UTF-8")
    #expect(!plain.text.contains("\u{1b}") && plain.text.contains("PASS  levels "))
  }

  @Test(arguments: [
    ("LC_ALL=C", "::"), ("LC_ALL=de_DE.UTF-8", "▄▄"), ("LANG=C.UTF-8", "▄▄"),
    ("LC_ALL=C LANG=C.UTF-8", "::"), ("LC_ALL= LC_CTYPE=en_US.utf8 LANG=C", "▄▄"),
  ])
  func `draws with the characters of the locale`(environment: String, trend: String) throws {
    let output = try shellWithCoin().onTerminal(
      "$fixtures \(show) --no-pager", columns: 100, environment: environment)
    let line = output.text.split(separator: "\n").first { $0.contains("levels") }
    #expect(line?.hasSuffix("  \(trend)") == true, "\(line ?? "none")")
  }
}

struct `Elsewhere a table` {
  @Test func `has a claim a line, which nothing cuts, at any width and in any locale`() throws {
    let shell = try shellWithCoin()
    let plain = try shell.line("$fixtures \(show)").text
    let lines = plain.split(separator: "\n").filter { $0.contains("Figure 4") }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("PASS  levels ") == true)
    #expect(lines.first?.hasSuffix("  The curve reaches one half after five steps.") == true)
    #expect(!plain.contains("…"))
    for environment in ["COLUMNS=40", "LC_ALL=C", "LC_ALL=de_DE.UTF-8 TZ=Pacific/Kiritimati"] {
      #expect(try shell.line("\(environment) $fixtures \(show)").text == plain)
    }
  }

  @Test(arguments: [
    ["list"], ["show", "fisher1935-coin", "--tier", "smoke"], ["history", "fisher1935-coin"],
  ])
  func `as values is read back as it was`(arguments: [String]) throws {
    let shell = try shellWithCoin()
    let output = try shell.run(arguments + ["--csv", "--registry", "r.sqlite"])
    let table = try Records(output.text)
    #expect(table.rows.count > 7)
    let abroad = try shell.run(
      arguments + ["--csv", "--registry", "r.sqlite"],
      environment: ["LC_ALL": "de_DE.UTF-8", "TZ": "Pacific/Kiritimati", "COLUMNS": "40"])
    #expect(abroad.text == output.text)
  }

  @Test func `as values and as JSON has the same numbers to the last bit`() throws {
    let shell = try shellWithCoin()
    let arguments = ["show", "fisher1935-coin", "--tier", "smoke", "--registry", "r.sqlite"]
    let table = try Records(try shell.run(arguments + ["--csv"]).text)
    let column = try #require(table.rows.first?.firstIndex(of: "estimate"))
    let object = try shell.run(arguments + ["--json"]).text
    // From the text, since some readers of JSON round.
    let numbers = object.matches(of: /"estimate":([^,}]*)/).map { Double($0.1) }
    #expect(numbers.count == 7)
    #expect(table.rows.dropFirst().map { Double($0[column]) } == numbers)
    #expect(object.matches(of: /"trend":\[[^,\]]+,[^,\]]+\]/).count == 7)
  }

  @Test func `has no pager`() throws {
    let output = try shellWithCoin().run(
      ["list", "--registry", "r.sqlite"], environment: ["REPLICATE_PAGER": "echo paged"])
    #expect(output.status == 0 && !output.text.contains("paged"))
  }
}

@Suite(.enabled(if: hasTerminals, "no program gives a terminal here"))
struct `A pager` {
  private static let list = "$fixtures list --registry r.sqlite"

  @Test func `is that of the program, else of the user`() throws {
    let shell = try shellWithCoin()
    let own = try shell.onTerminal(
      Self.list, columns: 100, environment: "REPLICATE_PAGER='sed s/^/1/' PAGER='sed s/^/2/'")
    #expect(own.text.split(separator: "\n").allSatisfy { $0.hasPrefix("1") })
    let other = try shell.onTerminal(Self.list, columns: 100, environment: "PAGER='sed s/^/2/'")
    #expect(other.text.split(separator: "\n").allSatisfy { $0.hasPrefix("2") })
    #expect(other.text.contains("fisher1935-coin"))
  }

  @Test(arguments: ["REPLICATE_PAGER=", "REPLICATE_PAGER=cat", "PAGER=", "TERM=dumb"])
  func `is not started where none is wanted`(environment: String) throws {
    let shell = try shellWithCoin()
    let plain = try shell.onTerminal("\(Self.list) --no-pager", columns: 100)
    let output = try shell.onTerminal(
      Self.list, columns: 100, environment: "LC_ALL=C.UTF-8 \(environment)")
    #expect(output.text.uncoloured == plain.text.uncoloured)
  }

  @Test func `is not started for values and objects`() throws {
    let shell = try shellWithCoin()
    for form in ["--json", "--csv", "--no-pager"] {
      let output = try shell.onTerminal(
        "\(Self.list) \(form)", columns: 100, environment: "PAGER='sed s/^/2/'")
      #expect(!output.text.hasPrefix("2"), "\(form)")
    }
  }

  @Test func `that leaves early is quiet, and the exit code is kept`() throws {
    let shell = try Shell()
    var synthetic = SyntheticRegistry()
    (synthetic.papers, synthetic.runs, synthetic.claims) = (1, 8, 600)
    let registry = try ResultRegistry(at: shell.folder.appending(path: "r.sqlite"))
    try synthetic.write(to: registry)
    let runs = try registry.runs().filter { $0.tier == "standard" }
      .map { String($0.id.description.prefix(16)) }
    let (first, last) = (try #require(runs.last), try #require(runs.first))
    let output = try shell.onTerminal(
      "$fixtures compare \(first) \(last) --exit-code --registry r.sqlite", columns: 200,
      environment: "PAGER='head -n 1'")
    #expect(output.errors == "status 1\n")
    #expect(output.text.split(separator: "\n").count == 1, "\(output.text)")
  }

  @Test func `that is not there costs nothing of what was to be read`() throws {
    let shell = try shellWithCoin()
    let output = try shell.onTerminal(
      Self.list, columns: 100, environment: "PAGER=no-such-pager LC_ALL=C.UTF-8")
    #expect(output.errors == "status 0\n")
    #expect(output.text.contains("warning: the pager 'no-such-pager' cannot be run"))
    #expect(output.text.contains("fisher1935-coin"))
  }
}
