import Foundation
import Registry
import Reports
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

  @Test func `stays within the room that is left`() throws {
    let selection = try ExportSelection(Exported.many(500, .pass))
    for room in [0, 100, 700, 2_000, 50_000] {
      #expect(StepSummary(selection).text(within: room).utf8.count <= room)
    }
  }
}
