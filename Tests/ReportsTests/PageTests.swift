import Digests
import Foundation
import Registry
import Replication
import Reports
import SyntheticRegistry
import Testing

/// The pages of a synthetic registry that is described.
private func pages(_ describe: (inout SyntheticRegistry) -> Void = { _ in }) throws
  -> [String: String]
{
  var synthetic = SyntheticRegistry()
  (synthetic.papers, synthetic.runs) = (1, 40)
  describe(&synthetic)
  return try pages(of: Workplace.registry(synthetic))
}

private func pages(of registry: ResultRegistry) throws -> [String: String] {
  let place = try Workplace()
  try place.build(registry)
  return try place.files().mapValues { String(decoding: $0, as: UTF8.self) }
}

private let paper = "papers/doe2000-synthetic-0"

private func parsed(_ page: String?) throws -> Parsed {
  let page = Parsed(Data(try #require(page).utf8))
  #expect(page.problem == nil)
  return page
}

struct `The page of changes` {
  @Test func `shows the verdict before and the verdict now`() throws {
    let page = try #require(try pages()["changes.html"])
    var kinds: [String: Int] = [:]
    for item in page.components(separatedBy: "<li>").dropFirst() {
      let chips = item.matches(of: /class="chip (v[a-z])"/).map { String($0.1) }
      for (kind, isMoved, isAmended) in [
        ("Judged for the first time:", false, false), ("The verdict changed:", true, false),
        ("Verdict and declaration changed:", true, true), ("The declaration changed:", false, true),
      ] where item.contains(kind) {
        kinds[kind, default: 0] += 1
        #expect(chips.count == (kind.hasPrefix("Judged") ? 1 : 2))
        #expect((Set(chips).count == 2) == isMoved, "\(kind)")
        #expect(item.contains("What moved: ") == isAmended, "\(kind)")
      }
    }
    #expect(kinds["The verdict changed:", default: 0] > 3)
    #expect(kinds["Verdict and declaration changed:"] == 1)
    let other = try #require(try pages { $0.verdict = .pass }["changes.html"])
    #expect(other.contains("The declaration changed:"))
  }

  @Test func `is a feed too, as young as its youngest change`() throws {
    let feed = try parsed(try pages()["feed.xml"])
    let times = feed.nodes.filter { $0.name == "updated" }.map(\.text)
    #expect(times.count > 5)
    #expect(times.first == times.dropFirst().max() && times.first != times.dropFirst().min())
    let names = feed.nodes.filter { $0.name == "id" }.map(\.text)
    #expect(Set(names).count == names.count)
  }
}

struct `The page of two runs` {
  @Test func `has the older before the younger`() throws {
    let page = try parsed(try pages()["\(paper)/comparison.html"])
    let times = page.text.matches(of: /\d{4}-\d\d-\d\d \d\d:\d\d/).map { String($0.0) }
    try #require(times.count == 2)
    #expect(times[0] < times[1])
  }
}

struct `The page of a claim` {
  /// The elements of the first drawing of a class.
  private func drawing(_ style: String, in page: Parsed) throws -> [Parsed.Node] {
    let start = try #require(page.nodes.firstIndex { $0.isOf(style) })
    return Array(page.nodes[(start + 1)...].prefix { $0.name != "svg" && $0.name != "p" })
  }

  @Test func `draws the measured interval over the accepted one, on one scale`() throws {
    let page = try parsed(try pages()["\(paper)/claims/claim-0.html"])
    let strip = try drawing("strip", in: page)
    let accepted = try #require(strip.first { $0.isOf("acc") })
    let dot = try #require(strip.first { $0.isOf("dot") })
    let ends = try #require(
      strip.first { $0.isOf("ci") }?.attributes["d"]?.wholeMatch(of: /M([0-9.]+) 12H([0-9.]+)/))
    let (low, high) = (try #require(Double(ends.1)), try #require(Double(ends.2)))
    // At least 0.4 is accepted, measured is 0.5 from 0.47 to 0.53.
    let unit = (dot["cx"] - accepted["x"]) / 0.1
    #expect(unit > 0 && accepted["x"] > 0)
    #expect(abs(dot["cx"] - low - 0.03 * unit) < 0.02)
    #expect(abs(high - dot["cx"] - 0.03 * unit) < 0.02)
    #expect(accepted["x"] + accepted["width"] == 200)
    #expect(page.text.contains("0.500 [0.470, 0.530] nat measured, ≥ 0.4 nat accepted"))
  }

  @Test func `draws a share of the seeds over the share that is accepted`() throws {
    let page = try parsed(try pages { $0.share = 0.6 }["\(paper)/claims/claim-0.html"])
    #expect(page.text.contains("of the seeds measured, [0.6, 1] of the seeds accepted"))
    let strip = try drawing("strip", in: page)
    let accepted = try #require(strip.first { $0.isOf("acc") })
    let dot = try #require(strip.first { $0.isOf("dot") })
    #expect(dot["cx"] < accepted["x"])
  }

  @Test func `draws its history in the order of the table below, and marks where it moved`() throws
  {
    let page = try parsed(try pages()["\(paper)/claims/claim-1.html"])
    let start = try #require(page.nodes.firstIndex { $0.isOf("history") })
    let rest = page.nodes[start...]
    let dots = rest.filter { $0.isOf("dot") }.sorted { $0["cy"] < $1["cy"] }
    let chips = rest.filter { $0.isOf("chip") }
    #expect(dots.count > 20 && dots.count == chips.count)
    func verdicts(_ nodes: [Parsed.Node]) -> [String] {
      nodes.compactMap { $0.attributes["class"]?.split(separator: " ").last.map(String.init) }
    }
    #expect(verdicts(dots) == verdicts(chips))
    #expect(verdicts(dots) != verdicts(dots).reversed())
    let moved = try #require(rest.firstIndex { $0.isOf("moved") })
    let younger = page.nodes[start..<moved].count { $0.isOf("chip") }
    let lines = rest.filter { $0.isOf("goal") }.compactMap { $0.attributes["d"] }
    #expect(lines == ["M0 \(20 * younger)H680"])
  }

  @Test func `has the gravest cell first, and says of a seed that it is missing`() throws {
    func judgement(_ verdict: String) -> String {
      #"{"verdict":"\#(verdict)","estimate":1,"interval":[1,1],"n":2,"reason":"so"}"#
    }
    func cell(_ label: String, _ verdict: String) -> String {
      #"{"label":"\#(label)","judgement":\#(judgement(verdict)),"readings":[{"seed":7,"reading":null}]}"#
    }
    let result: ClaimResult = try Canonical.decode(
      from: """
        {"id":"a","version":"\(String(repeating: "0", count: 64))","verdict":"fail","reason":"so",\
        "conditions":[{"measure":"loss","band":[0,null],"unit":"","judgement":\(judgement("fail")),\
        "cells":[\(cell("x=1", "pass")),\(cell("x=2", "fail")),\(cell("x=3", "inconclusive"))]}],\
        "premises":[],"standing":"judged"}
        """)
    let page = Parsed(Data((("<r>" as Markup) + ConditionsMarkup(result).markup + "</r>").bytes))
    #expect(page.problem == nil)
    #expect(
      page.nodes.filter { $0.name == "th" && $0.attributes["scope"] == "row" }.map(\.text) == [
        "x=2", "x=3", "x=1", "7",
      ])
    #expect(page.nodes.filter { $0.isOf("num") }.last?.text == "missing")
  }
}

struct `How claims stand` {
  @Test(arguments: [
    ("judged", RecordedVerdict.pass, "6 pass"), ("recorded: too slow", .pass, "6 not counted"),
    ("recorded: too slow", .fail, "6 not counted"), ("recorded: too slow", .error, "6 error"),
    ("expected to fail: known", .fail, "6 not counted"),
  ])
  func `is told of those that count, and of every error`(
    standing: String, verdict: RecordedVerdict, words: String
  ) throws {
    let pages = try pages { ($0.standing, $0.verdict) = (standing, verdict) }
    let tallies = try parsed(pages["index.html"]).nodes(of: "t").map(\.text)
    #expect(!tallies.isEmpty && tallies.allSatisfy { $0 == words })
    #expect(try parsed(pages["\(paper)/index.html"]).nodes(of: "t").map(\.text) == [words])
  }
}

struct `The page of a run` {
  @Test func `has the command with its arguments, and what went wrong first`() throws {
    var synthetic = SyntheticRegistry()
    synthetic.papers = 1
    let pages = try pages(of: Workplace.registry(synthetic))
    let run = synthetic.run(5).id
    let page = try #require(pages["runs/\(run.description.prefix(2))/\(run).html"])
    #expect(page.contains("replicate run doe2000-synthetic-0 --tier standard</pre>"))
    #expect(page.contains("4 executed, 0 recorded before"))
    let trials = try #require(
      page.components(separatedBy: "<caption class=\"off\">Trials</caption>").last)
    let rows = trials.components(separatedBy: "<tr>").dropFirst(2)
    #expect(rows.first?.contains("crashed: out of memory") == true)
    #expect(rows.dropFirst().allSatisfy { !$0.contains("crashed") })
  }

  @Test func `says whether it ended`() throws {
    var synthetic = SyntheticRegistry()
    synthetic.papers = 1
    let registry = try Workplace.registry(synthetic)
    let run = synthetic.run(40)
    try registry.begin(run)
    let open = try pages(of: registry)
    #expect(open["\(paper)/index.html"]?.contains("not ended") == true)
    #expect(open["\(paper)/index.html"]?.contains("interrupted") == false)
    try registry.finish(
      run.id, RunEnd(interruptedAt: run.startedAt, seconds: 1, note: "stopped by a test"))
    let ended = try pages(of: registry)
    #expect(ended["\(paper)/index.html"]?.contains("not ended") == false)
    #expect(ended["\(paper)/index.html"]?.contains("interrupted") == true)
  }

  @Test func `says of a tree what is known of it`() throws {
    for (knowsState, index, words) in [
      (true, 2, nil as String?), (true, 3, "with changes"), (false, 2, "state unknown"),
    ] {
      var synthetic = SyntheticRegistry()
      (synthetic.papers, synthetic.knowsState) = (1, knowsState)
      let registry = try Workplace.registry(synthetic)
      let pages = try pages(of: registry)
      let id = synthetic.run(index).id
      let run = try #require(try registry.runs().first { $0.id == id })
      let page = try #require(pages["runs/\(run.id.description.prefix(2))/\(run.id).html"])
      for known in ["with changes", "state unknown"] {
        #expect(page.contains("<span class=\"mute\"> \(known)</span>") == (known == words))
      }
      let commit = try #require(pages["commits/\(run.commit ?? "").html"])
      let row = try #require(
        commit.components(separatedBy: "<tr>").dropFirst().first { $0.contains(run.id.description) }
      )
      #expect(row.contains("<td>\(words ?? "")</td>"), "\(row)")
      #expect(page.contains("apply the changes below first") == (words == "with changes"))
      #expect(page.contains("differed from the commit is not known") == !knowsState)
    }
  }
}
