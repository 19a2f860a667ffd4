import Foundation
import Registry
import Reports
import SyntheticRegistry
import Testing

struct `Annotations of GitHub` {
  @Test func `are ten errors and ten warnings, and say how many are left out`() throws {
    let claims =
      try Exported.many(14, .inconclusive) + Exported.many(3, .pass) + Exported.many(11, .fail)
    let lines = GitHubAnnotations(ExportSelection(claims)).text.split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("::error ") } == 10)
    #expect(lines.count { $0.hasPrefix("::warning ") } == 10)
    #expect(
      lines.last
        == "::notice title=replicate::left out, because GitHub shows 10 of a kind: 1 in error or failing, 4 undecided"
    )
    #expect(lines.count == 21)
  }

  @Test func `of which one is left out say so`() throws {
    for (verdict, words) in [
      (RecordedVerdict.fail, "1 in error or failing, 0 undecided"),
      (.inconclusive, "0 in error or failing, 1 undecided"),
    ] {
      let claims = try Exported.many(11, verdict)
      let lines = GitHubAnnotations(ExportSelection(claims)).text.split(separator: "\n")
      #expect(lines.count == 11 && lines.last?.hasSuffix(words) == true)
      let all = GitHubAnnotations(ExportSelection(Array(claims.prefix(10)))).text
      #expect(all.split(separator: "\n").count == 10 && !all.contains("::notice"))
    }
  }

  @Test(arguments: ["100%0A", "a,b:c", "%25", "x%3A%2C", "50 %"])
  func `say to the letter what was recorded`(text: String) throws {
    let claims = try Exported.synthetic(text).claims.filter { $0.judgement?.verdict == .fail }
    let claim = try #require(claims.first)
    let report = GitHubAnnotations(ExportSelection([claim])).text
    let line = try #require(report.wholeMatch(of: /::error title=([^:,]*)::(.*)\n/))
    #expect(unescaped(line.1) == "\(claim.path) fails")
    #expect(unescaped(line.2).hasPrefix("\(claim.statement) (\(claim.place))\nmeasured "))
  }

  /// What GitHub makes of a text.
  private func unescaped(_ text: Substring) -> String {
    String(text).replacing("%0A", with: "\n").replacing("%3A", with: ":").replacing(
      "%2C", with: ","
    )
    .replacing("%25", with: "%")
  }

  @Test func `begin with the gravest`() throws {
    let claims = try Exported.many(2, .inconclusive) + Exported.many(2, .fail)
    let never = try Exported.neverRun().claims.prefix(1)
    let lines = GitHubAnnotations(ExportSelection(claims + never)).text.split(separator: "\n")
    #expect(lines.first?.contains("fisher1935-coin/raisesShare error::") == true)
    #expect(lines[1].hasPrefix("::error title=") && lines[1].contains(" fails::"))
    #expect(lines.last?.hasPrefix("::warning ") == true)
  }

  @Test func `stand at the line of the declaration, though the claim was never run`() throws {
    let line = GitHubAnnotations(ExportSelection(Array(try Exported.neverRun().claims.prefix(1))))
      .text
    let place = try #require(line.wholeMatch(of: /::error file=([^,]+),line=(\d+),title=.+\n/))
    #expect(place.1 == "Tests/FixturePapers/CoinPaper.swift")
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: String(place.1))
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[try #require(Int(place.2)) - 1].contains("Expectation("))
  }

  @Test(
    arguments: Exported.texts + ["::error::x\n::set-env name=a::b\r##[x]"])
  func `are one command a line whatever was recorded`(text: String) throws {
    let claims = try Exported.synthetic(text).claims
    let report = GitHubAnnotations(ExportSelection(claims)).text
    for line in report.split(separator: "\n") {
      let isCommand =
        line.wholeMatch(of: /::(error|warning|notice) title=[^:,]*::[^\p{Cc}\p{Cf}\u2028\u2029]*/)
        != nil
      #expect(isCommand, "\(line.debugDescription)")
    }
    #expect(!report.contains("\r"))
  }
}

struct `A step's summary` {
  @Test func `has a row for every claim where they fit`() throws {
    let claims = try Exported.many(30, .pass) + Exported.many(2, .fail)
    let text = StepSummary(ExportSelection(claims)).text()
    #expect(text.hasPrefix("## Replication: 30/32 claims\n\n30 pass, 2 fail\n"))
    let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") && !$0.hasPrefix("| |") }
    #expect(rows.count == 32)
    #expect(rows.prefix(2).allSatisfy { $0.hasPrefix("| fail | ") })
  }

  @Test func `is cut by rows below a mebibyte, and says how many are left out`() throws {
    let claims = try Exported.many(20_000, .pass) + Exported.many(2, .fail)
    let text = StepSummary(ExportSelection(claims)).text()
    #expect(text.utf8.count <= 1 << 20 && text.utf8.count > 1 << 19)
    let rows = text.split(separator: "\n").count {
      $0.hasPrefix("| fail") || $0.hasPrefix("| pass")
    }
    #expect(text.contains("**\(20_002 - rows) rows left out**"))
    #expect(text.contains("| fail |"))
  }

  @Test func `stays within the room that is left, whatever the script`() throws {
    for text in [nil, "漢字 ≥ 😀"] {
      let claim = try #require(try Exported.synthetic(text).claims.first)
      let selection = ExportSelection(Array(repeating: claim, count: 100))
      for room in [0, 100, 50_000] + Array(stride(from: 600, to: 4_000, by: 17)) {
        #expect(StepSummary(selection).text(within: room).utf8.count <= room, "\(room)")
      }
    }
  }
}

struct `A code quality report` {
  private struct Issue: Decodable {
    var description: String
    var check_name: String
    var fingerprint: String
    var severity: String
    var location: Location

    struct Location: Decodable {
      var path: String
      var lines: [String: Int]
    }
  }

  private func issues(_ claims: [ExportedClaim]) throws -> [Issue] {
    let text = try GitLabReport(ExportSelection(claims)).text
    return try JSONDecoder().decode([Issue].self, from: Data(text.utf8))
  }

  @Test func `has an issue for each claim that does not hold, as grave as that is`() throws {
    let claims = try [.pass, .fail, .inconclusive, .error].map { try Exported.claim($0) }
    let issues = try issues(
      claims + [Exported.claim(.fail, "expected to fail: known")] + Exported.neverRun().claims)
    #expect(issues.prefix(3).map(\.severity) == ["major", "minor", "critical"])
    #expect(
      issues.prefix(3).map(\.check_name) == [
        "replicate/fail", "replicate/undecided", "replicate/error",
      ])
    let never = issues.dropFirst(3)
    #expect(never.count == 7 && never.allSatisfy { $0.check_name == "replicate/not-judged" })
    #expect(never.allSatisfy { $0.location.path == "Tests/FixturePapers/CoinPaper.swift" })
    #expect(Set(never.compactMap { $0.location.lines["begin"] }).count == 7)
    #expect(issues.first?.description.contains("measured 0.2") == true)
  }

  @Test func `knows an issue again by its claim, whatever was measured`() throws {
    let all = try issues(Exported.neverRun().claims + [Exported.claim(.fail)])
    #expect(Set(all.map(\.fingerprint)).count == all.count)
    var synthetic = SyntheticRegistry()
    (synthetic.runs, synthetic.papers) = (40, 1)
    let registry = try Workplace.registry(synthetic)
    let failing = try registry.runs().compactMap { run -> Issue? in
      var request = ExportSelection.Request()
      request.run = run.id
      let claims = try ExportSelection(request, from: registry, catalogue: []).claims
      return try issues(claims).first { $0.check_name == "replicate/fail" }
    }
    // Before and after the band was moved.
    #expect(Set(failing.map(\.description)).count > 1)
    #expect(Set(failing.map(\.fingerprint)).count == 1)
  }
}
