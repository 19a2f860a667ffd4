import FixturePapers
import Foundation
import Registry
import Replication
import Reports
import SyntheticRegistry
import Testing

struct `Exported claims` {
  @Test func `are the latest judgements at the tier that says most`() throws {
    let registry = try Workplace.registry()
    let selection = try ExportSelection(.init(), from: registry, catalogue: [])
    #expect(selection.claims.count == 18)
    for claim in selection.claims {
      let history = try registry.history(of: claim.paper, claim: claim.claim)
      #expect(claim.tier == "standard")
      #expect(claim.judgement == history.last { $0.tier == "standard" })
      #expect(claim.run?.id == claim.judgement?.run)
    }
  }

  @Test func `of a run are those that it judged`() throws {
    let registry = try Workplace.registry()
    let run = try #require(try registry.runs().last)
    var request = ExportSelection.Request()
    request.run = run.id
    let selection = try ExportSelection(request, from: registry, catalogue: [])
    #expect(selection.claims.count == 6)
    #expect(selection.claims.allSatisfy { $0.judgement?.run == run.id })
  }

  @Test func `of a run are told by what they were judged by then`() throws {
    let registry = try Workplace.registry(amended)
    for (run, standing, note) in [
      (try #require(try registry.runs().last), ExportedClaim.Standing.judged, "| pass |"),
      (
        try #require(try registry.runs().first), .recorded("too slow"),
        "| **pass (recorded only)** |"
      ),
    ] {
      var request = ExportSelection.Request()
      request.run = run.id
      let selection = try ExportSelection(request, from: registry, catalogue: [])
      #expect(selection.claims[1].standing == standing)
      #expect(MarkdownTable(selection).text.contains(note))
    }
  }

  /// A claim that counts no more after half of the runs.
  private var amended: SyntheticRegistry {
    var synthetic = SyntheticRegistry()
    (synthetic.runs, synthetic.papers, synthetic.verdict) = (8, 1, .pass)
    synthetic.amendedStanding = "recorded: too slow"
    return synthetic
  }

  @Test func `say where a younger run did not end`() throws {
    var synthetic = SyntheticRegistry()
    synthetic.papers = 1
    let registry = try Workplace.registry(synthetic)
    let ended = try ExportSelection(.init(), from: registry, catalogue: [])
    #expect(ended.omissions.isEmpty)
    try registry.begin(synthetic.run(40))
    let open = try ExportSelection(.init(), from: registry, catalogue: [])
    #expect(open.claims.map(\.judgement) == ended.claims.map(\.judgement))
    #expect(
      open.omissions == [
        "the youngest run of doe2000-synthetic-0 did not end; what is told is older"
      ])
  }

  @Test func `have a caption that says what became of the tree`() throws {
    for (isKnown, index, words) in [(true, 3, " with changes"), (false, 2, " (state unknown)")] {
      var synthetic = SyntheticRegistry()
      (synthetic.papers, synthetic.knowsState) = (1, isKnown)
      let registry = try Workplace.registry(synthetic)
      var request = ExportSelection.Request()
      request.run = synthetic.run(index).id
      let selection = try ExportSelection(request, from: registry, catalogue: [])
      #expect(MarkdownTable(selection).text.contains("\(words); 3 seeds"))
      let row = try #require(try columns(selection).first)
      #expect(row["clean"] == (isKnown ? "false" : ""))
      let line = try JudgementLines(selection).text.prefix { $0 != "\n" }
      #expect(line.contains(isKnown ? "\"clean\":false" : "\"clean\":null"))
    }
    let clean = try Exported.synthetic()
    #expect(!MarkdownTable(clean).text.contains(" with changes"))
  }

  @Test func `of a paper are those that are named`() throws {
    var request = ExportSelection.Request()
    request.papers = [.init("fisher1935-coin", claims: ["vacuous"])]
    let selection = try ExportSelection(
      request, from: ResultRegistry(), catalogue: fixturePapers)
    #expect(selection.claims.map(\.claim) == ["vacuous"])
    #expect(selection.claims[0].judgement == nil)
  }
}

/// The rows of exported values by the names of their columns.
private func columns(_ selection: ExportSelection) throws -> [[String: String]] {
  let rows = CSV.lines(selection).map(fields)
  let header = try #require(rows.first)
  return rows.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
}

/// The fields of a line of comma-separated values.
private func fields(_ line: String) -> [String] {
  var fields = [""]
  var isQuoted = false
  for character in line {
    switch character {
    case "\"": isQuoted.toggle()
    case "," where !isQuoted: fields.append("")
    default: fields[fields.count - 1].append(character)
    }
  }
  return fields
}

struct `An exported table` {
  static let texts =
    Exported.texts + [
      "a|b", "`x`", "\\", "%", "#$&_{}~^", "\\input{/etc/passwd}", "[x](javascript:y)", "--",
      "@all",
      "![x](http://x)", "𝔖 θ̂ ‖x‖² λ₀⁻¹", "[x]", "*x*", "中",
    ]

  @Test(arguments: texts) func `in Markdown is text whatever was recorded`(text: String) throws {
    let table = try MarkdownTable(Exported.synthetic(text))
      .text
    for line in table.split(separator: "\n") {
      if line.hasPrefix("|") {
        let bars = line.replacing("\\\\", with: "").replacing("\\|", with: "").count { $0 == "|" }
        #expect(bars == 7, "\(line)")
      }
      #expect(!line.contains("<") && !line.contains("://"), "\(line)")
      #expect(line.first.map { "|C".contains($0) } ?? false, "\(line)")
      #expect(line.firstMatch(of: /[^\\](\\\\)*\]\(/) == nil, "\(line)")
    }
    #expect(
      table.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
  }

  @Test(arguments: texts) func `in LaTeX is text whatever was recorded`(text: String) throws {
    let source = try LaTeXTable(Exported.synthetic(text))
      .text
    #expect(source.utf8.allSatisfy { $0 < 0x80 && ($0 >= 0x20 || $0 == 0x0a) })
    // Commands with their arguments set aside, no character is left that LaTeX acts on.
    var depth = 0
    var isEscaped = false
    for character in source.dropFirst(
      source.firstIndex(of: "\n").map { source.distance(from: source.startIndex, to: $0) } ?? 0)
    {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch character {
      case "\\": isEscaped = true
      case "{": depth += 1
      case "}": depth -= 1
      case "%", "#", "~": Issue.record("\(character) in \(text)")
      default: break
      }
      #expect(depth >= 0)
    }
    #expect(depth == 0)
    for row in source.split(separator: "\n") where row.hasSuffix(" \\tabularnewline") {
      #expect(row.replacing("\\&", with: "").count { $0 == "&" } == 5, "\(row)")
      #expect(!row.hasPrefix("[") && !row.hasPrefix("*"))
    }
    let commands = Set(source.matches(of: /\\[A-Za-z]+/).map { String($0.0) })
    #expect(!commands.contains("\\input"))
  }

  @Test(arguments: texts) func `as CSV has as many fields in every line`(text: String) throws {
    let lines = CSV.lines(try Exported.synthetic(text))
    let rows = lines.map(fields)
    #expect(rows.count == 7 && rows.allSatisfy { $0.count == rows[0].count })
    for field in rows.joined() where Double(field) == nil {
      #expect(!(field.first.map { "=+-@\t\r".contains($0) } ?? false), "\(field)")
    }
  }

  @Test(arguments: texts) func `as JSON lines is one object a line`(text: String) throws {
    let selection = try Exported.synthetic(text)
    let lines = try JudgementLines(selection).text.split(separator: "\n")
    #expect(lines.count == selection.claims.count)
    for (line, claim) in zip(lines, selection.claims) {
      let object = try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(object["schema"] as? String == "replicate.judgement/1")
      #expect(object["statement"] as? String == claim.statement)
      #expect(object["estimate"] as? Double == claim.judgement?.estimate)
      #expect((object["band"] as? [Any])?.first as? Double == claim.judgement?.band?.low)
      #expect((object["band"] as? [Any])?.last is NSNull)
      let interval = try #require(claim.judgement?.interval)
      // The reader of JSON rounds.
      let ends = try #require(object["interval"] as? [Double])
      #expect(ends.count == 2 && abs(ends[0] - interval.low) < 1e-12)
      #expect(ends.last.map { abs($0 - interval.high) < 1e-12 } == true)
      #expect(object["isCurrent"] as? Bool == false && object["n"] as? Int == 3)
    }
  }

  @Test func `keeps all digits of a number, each in its column`() throws {
    let selection = try Exported.synthetic()
    for (row, claim) in zip(try columns(selection), selection.claims) {
      let judgement = try #require(claim.judgement)
      #expect(Double(row["estimate"] ?? "") == judgement.estimate)
      #expect(Double(row["low"] ?? "") == judgement.interval?.low)
      #expect(Double(row["high"] ?? "") == judgement.interval?.high)
      #expect(Double(row["band_low"] ?? "") == judgement.band?.low)
      #expect(Double(row["band_high"] ?? "") == judgement.band?.high)
      #expect(row["verdict"] == judgement.verdict.rawValue && row["n"] == "3")
      #expect(row["is_current"] == "false")
    }
  }

  @Test func `has no number where nothing was measured`() throws {
    for row in try columns(Exported.neverRun()) {
      for name in ["verdict", "estimate", "low", "high", "band_low", "band_high", "n", "clean"] {
        #expect(row[name] == "", "\(name)")
      }
    }
    let line = try JudgementLines(Exported.neverRun()).text.prefix { $0 != "\n" }
    #expect(line.contains("\"estimate\":null") && line.contains("\"verdict\":null"))
  }

  @Test func `escapes the signs of emphasis, of scripts and of mathematics`() throws {
    let selection = try Exported.synthetic("*x* _y_ a^b $c$")
    let markdown = MarkdownTable(selection).text
    #expect(markdown.contains("\\*x\\* \\_y\\_ a^b \\$c\\$"))
    #expect(!markdown.contains("*x*") && !markdown.contains(" _y_"))
    let source = LaTeXTable(selection).text
    #expect(source.contains(#"*x* \_y\_ a\textasciicircum{}b \$c\$"#))
    #expect(!source.contains(" _y_") && !source.contains("a^b") && !source.contains(" $c$"))
  }

  @Test func `in LaTeX has a number to print of each claim but those in error`() throws {
    let claims = try [.pass, .fail, .error].map { try Exported.claim($0) }
    for claim in claims {
      let macros = LaTeXTable(ExportSelection([claim])).macros
      let definitions = macros.split(separator: "\n").filter { $0.hasPrefix("\\expandafter") }
      #expect(definitions.count == (claim.verdict == .error ? 0 : 1))
      #expect(
        definitions.allSatisfy {
          $0.contains("@\(claim.path)\\endcsname{\(claim.verdict == .pass ? "0.5" : "0.2")")
        })
    }
  }
}

struct `A badge` {
  private func object(_ claims: [ExportedClaim]) throws -> [String: Any] {
    let text = try Badge(ExportSelection(claims)).json
    return try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test func `tells how many claims pass, coloured by the worst`() throws {
    let passing = try Exported.many(12, .pass)
    let all = try object(passing)
    #expect(all["schemaVersion"] as? Int == 1 && all["message"] as? String == "12/12 claims")
    #expect(all["color"] as? String == "brightgreen" && all["isError"] as? Bool == false)
    let undecided = try object(passing + Exported.many(2, .inconclusive))
    #expect(undecided["message"] as? String == "12/14 claims")
    #expect(undecided["color"] as? String == "yellow")
    let failing = try object(passing + Exported.many(1, .fail))
    #expect(failing["color"] as? String == "orange" && failing["isError"] as? Bool == false)
    let never = try object(passing + Exported.neverRun().claims)
    #expect(never["message"] as? String == "12/19 claims")
    #expect(never["color"] as? String == "red" && never["isError"] as? Bool == true)
    #expect(try object(Exported.many(2, .inconclusive))["message"] as? String == "2 inconclusive")
    #expect(try object(Exported.neverRun().claims)["message"] as? String == "not run")
  }

  @Test func `leaves out claims that do not count`() throws {
    let aside = try Exported.claim(.fail, "recorded: too slow")
    let only = try object([aside])
    #expect(only["message"] as? String == "recorded only")
    #expect(only["color"] as? String == "lightgrey" && only["isError"] as? Bool == false)
    let beside = try object(Exported.many(2, .pass) + [aside])
    #expect(beside["message"] as? String == "2/2 claims")
    #expect(beside["color"] as? String == "brightgreen")
    let unexpected = try object([Exported.claim(.pass, "expected to fail: known")])
    #expect(unexpected["message"] as? String == "0/1 claims")
    #expect(unexpected["color"] as? String == "orange")
  }

  @Test(arguments: Exported.texts)
  func `is a drawing whatever the paper is called`(text: String) throws {
    let claim = try Exported.synthetic(text).claims.prefix(1)
    let drawing = Parsed(Data(Badge(ExportSelection(Array(claim))).svg.utf8))
    #expect(drawing.problem == nil)
    #expect(Set(drawing.elements.keys) == ["svg", "title", "path", "g", "text"])
    #expect(drawing.attributes.allSatisfy { !$0.name.hasPrefix("on") })
  }
}

struct `A bibliography` {
  @Test func `has an entry a paper, with nothing that BibTeX acts on`() {
    let paper = Paper(
      "x{y},2020 z%", .arxiv("1234.5678}"), year: 2020, title: "100 % of {C}$_x$ \\input{x}",
      authors: ["A. B", "C and D, E", "Ŵ. Łö"])
    let entry = Bibliography([paper]).text
    #expect(
      entry == """
        @misc{xy2020z,
          author = {A. B and {C and D, E} and \\^{W}. \\L{}\\"{o}},
          title = {{100 \\% of \\{C\\}\\$\\_x\\$ \\textbackslash{}input\\{x\\}}},
          year = {2020},
          eprint = {1234.5678\\%7D},
          archiveprefix = {arXiv},
          url = {https://arxiv.org/abs/1234.5678\\%7D},
        }

        """)
  }
}
