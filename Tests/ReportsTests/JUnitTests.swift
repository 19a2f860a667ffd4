import Digests
import Foundation
import FoundationXML
import Registry
import Reports
import SyntheticRegistry
import Testing

struct `A JUnit report` {
  /// What the strictest schema demands of every element.
  private func problems(of text: String) throws -> [String] {
    let root = try #require(try XMLDocument(data: Data(text.utf8)).rootElement())
    var problems: [String] = []
    func require(_ isSo: Bool, _ what: String) { if !isSo { problems.append(what) } }
    require(root.name == "testsuites" && (root.attributes ?? []).isEmpty, "root")
    for (index, suite) in elements(of: root).enumerated() {
      let attributes = attributes(of: suite)
      require(
        Set(attributes.keys) == [
          "id", "package", "name", "timestamp", "hostname", "tests", "failures", "errors",
          "skipped", "time",
        ], "attributes of a suite: \(attributes.keys.sorted())")
      require(attributes["id"] == "\(index)", "id")
      require(attributes["name"]?.isEmpty == false, "name")
      require(
        attributes["timestamp"]?.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/) != nil,
        "timestamp \(attributes["timestamp"] ?? "")")
      require(attributes["time"]?.wholeMatch(of: /\d+(\.\d+)?/) != nil, "time")
      let children = elements(of: suite)
      let cases = children.filter { $0.name == "testcase" }
      require(
        children.map(\.name) == ["properties"] + cases.map(\.name) + ["system-out", "system-err"],
        "order of children")
      for property in children.first.map(elements(of:)) ?? [] {
        let pair = self.attributes(of: property)
        require(
          property.name == "property" && pair.count == 2 && pair["name"]?.isEmpty == false
            && pair["value"] != nil, "property \(pair)")
      }
      var counts = ["failure": 0, "error": 0, "skipped": 0]
      for test in cases {
        let pair = self.attributes(of: test)
        require(Set(pair.keys) == ["name", "classname", "time"], "attributes of a case")
        let inside = elements(of: test)
        require(inside.count <= 1, "children of a case")
        for child in inside {
          counts[child.name ?? "", default: 0] += 1
          let hasType = self.attributes(of: child)["type"]?.isEmpty == false
          require(child.name == "skipped" || hasType, "type")
        }
      }
      require(Set(cases.map { self.attributes(of: $0)["name"] }).count == cases.count, "unique")
      require(counts.count == 3, "kinds \(counts)")
      require(
        attributes["tests"] == "\(cases.count)"
          && attributes["failures"] == "\(counts["failure", default: 0])"
          && attributes["errors"] == "\(counts["error", default: 0])"
          && attributes["skipped"] == "\(counts["skipped", default: 0])", "counts")
    }
    return problems
  }

  private func elements(of element: XMLElement) -> [XMLElement] {
    (element.children ?? []).compactMap { $0 as? XMLElement }
  }

  private func attributes(of element: XMLElement) -> [String: String] {
    Dictionary(
      (element.attributes ?? []).map { ($0.name ?? "", $0.stringValue ?? "") },
      uniquingKeysWith: { $1 })
  }

  @Test(arguments: Exported.texts + ["plain"])
  func `keeps the schema's rules whatever was recorded`(text: String) throws {
    let report = try JUnitReport(Exported.synthetic(text)).text
    #expect(try problems(of: report) == [])
  }

  @Test func `has an error for every claim that was never judged`() throws {
    let selection = try Exported.neverRun()
    let report = JUnitReport(selection).text
    #expect(try problems(of: report) == [])
    #expect(!selection.claims.isEmpty)
    #expect(
      report.contains(
        "tests=\"\(selection.claims.count)\" failures=\"0\" errors=\"\(selection.claims.count)\""))
    #expect(
      report.contains("<error type=\"not-judged\" message=\"never judged at the standard tier"))
  }

  @Test func `skips an undecided claim, and fails it when strict`() throws {
    let undecided = try ExportSelection(Exported.many(1, .inconclusive))
    let lenient = JUnitReport(undecided).text
    #expect(lenient.contains("<skipped message=\"undecided: measured 0.4"))
    #expect(lenient.contains("failures=\"0\" errors=\"0\" skipped=\"1\""))
    let strict = JUnitReport(undecided, strict: true).text
    #expect(strict.contains("<failure type=\"undecided\""))
    #expect(strict.contains("failures=\"1\" errors=\"0\" skipped=\"0\""))
    #expect(try problems(of: strict) == [])
  }

  @Test func `tells run, commit, seeds, interval and band`() throws {
    let claim = try #require(try Exported.many(1, .pass).first)
    let report = JUnitReport(ExportSelection([claim])).text
    let run = try #require(claim.run)
    for pair in [
      ("run", run.id.description), ("commit", run.commit ?? ""), ("\(claim.claim)/seeds", "3"),
      ("\(claim.claim)/interval", "[0.47, 0.53]"), ("\(claim.claim)/band", "[0.4, inf]"),
    ] {
      #expect(report.contains("<property name=\"\(pair.0)\" value=\"\(pair.1)\"/>"), "\(pair)")
    }
  }

  /// What stands in a test case, by verdict and standing.
  static let findings: [(RecordedVerdict, String, String?, String?)] = [
    (.pass, "judged", nil, nil), (.fail, "judged", "failure", "fail"),
    (.inconclusive, "judged", "skipped", nil), (.error, "judged", "error", "error"),
    (.pass, "recorded: too slow", "skipped", nil), (.fail, "recorded: too slow", "skipped", nil),
    (.error, "recorded: too slow", "error", "error"),
    (.fail, "expected to fail: known", "skipped", nil),
    (.pass, "expected to fail: known", "failure", "unexpected-success"),
    (.inconclusive, "expected to fail: known", "skipped", nil),
    (.error, "expected to fail: known", "error", "error"),
  ]

  @Test(arguments: findings)
  func `tells each verdict as it counts`(
    verdict: RecordedVerdict, standing: String, element: String?, type: String?
  ) throws {
    let claim = try Exported.claim(verdict, standing)
    let report = Parsed(Data(JUnitReport(ExportSelection([claim])).text.utf8))
    let inside = report.nodes.filter { ["failure", "error", "skipped"].contains($0.name) }
    #expect(inside.map(\.name) == [element].compactMap(\.self))
    #expect(inside.compactMap { $0.attributes["type"] } == [type].compactMap(\.self))
    #expect(report.nodes.count { $0.name == "testcase" } == 1)
  }

  @Test(arguments: [(true, "true"), (false, "unknown")])
  func `says that a tree was clean only where that is known`(isKnown: Bool, word: String) throws {
    let claims = try Exported.synthetic { $0.knowsState = isKnown }
    let report = JUnitReport(ExportSelection(claims)).text
    #expect(report.contains("<property name=\"clean\" value=\"\(word)\"/>"))
    #expect(
      !report.contains("<property name=\"clean\" value=\"\(isKnown ? "unknown" : "true")\"/>"))
  }
}
