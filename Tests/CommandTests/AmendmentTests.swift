import Foundation
import Testing

/// A registry into which the amended paper has been run once, before it was amended.
private func shellWithRun() throws -> Shell {
  let shell = try Shell()
  let output = try shell.run(["nobody2014-amended", "--registry", "r.sqlite"])
  guard output.status == 0 else { throw Unexpected(text: output.errors + output.text) }
  return shell
}

private func object(_ text: String) throws -> [String: Any] {
  try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
}

struct `An amended claim` {
  private let raised = ["LEAST": "0.75"]
  private let explained = ["LEAST": "0.75", "AMENDMENT": "The paper's erratum says so."]

  @Test func `is refused by check until it says why, and named with what it moved`() throws {
    let shell = try shellWithRun()
    let arguments = ["check", "nobody2014-amended", "--registry", "r.sqlite"]
    #expect(try shell.run(arguments).status == 0)
    let silent = try shell.run(arguments, environment: raised)
    #expect(silent.status == 65)
    #expect(silent.errors.contains("nobody2014-amended/raises at standard: demands something else"))
    #expect(silent.errors.contains("condition share of sound: >= 0.25 → >= 0.75"))
    #expect(try shell.run(arguments, environment: explained).status == 0)
  }

  @Test func `needs a new reason each time`() throws {
    let shell = try shellWithRun()
    _ = try shell.run(["nobody2014-amended", "--registry", "r.sqlite"], environment: explained)
    let again = try shell.run(
      ["check", "nobody2014-amended", "--registry", "r.sqlite"],
      environment: explained.merging(["LEAST": "0.5"]) { $1 })
    #expect(again.status == 65)
  }

  @Test func `that is only worded differently needs none`() throws {
    let output = try shellWithRun().run(
      ["check", "nobody2014-amended", "--registry", "r.sqlite"],
      environment: ["STATEMENT": "The share rises."])
    #expect(output.status == 0)
  }

  @Test func `is judged from the record, beside what was judged before`() throws {
    let shell = try shellWithRun()
    let judge = ["judge", "nobody2014-amended", "--registry", "r.sqlite"]
    let output = try shell.run(judge, environment: explained)
    #expect(output.status == 1)
    #expect(output.text.contains("FAIL raises (was pass)  under an amended declaration\n"))
    #expect(output.text.contains("     because: The paper's erratum says so.\n"))
    // Judged twice it is recorded once.
    _ = try shell.run(judge, environment: explained)
    let history = try object(
      try shell.run(["history", "nobody2014-amended", "--json", "--registry", "r.sqlite"]).text)
    let entries = try #require(history["entries"] as? [[String: Any]])
    #expect(entries.map { $0["verdict"] as? String } == ["pass", "fail"])
    #expect(entries[0]["judgedAt"] is NSNull && entries[1]["judgedAt"] is String)
    #expect(entries[0]["goalposts"] is NSNull)
    let move = try #require(entries[1]["goalposts"] as? [String: Any])
    #expect(move["reason"] as? String == "The paper's erratum says so.")
    #expect(entries[0]["run"] as? String == entries[1]["run"] as? String)
    // Nothing new was measured, and what stands now is what was judged last.
    let lines = try shell.run(["history", "nobody2014-amended", "--registry", "r.sqlite"]).text
    #expect(lines.contains("▄") && !lines.contains("▄▄"))
    let show = try shell.run(
      ["show", "nobody2014-amended", "--registry", "r.sqlite"], environment: explained)
    #expect(show.text.contains("\nFAIL  raises ") && !show.text.contains("moved since"))
  }

  @Test func `is among the changes of its history though the verdict stays`() throws {
    let shell = try shellWithRun()
    let lower = ["LEAST": "0.3", "AMENDMENT": "The paper's erratum says so."]
    for _ in 0..<2 {
      _ = try shell.run(["nobody2014-amended", "--registry", "r.sqlite"], environment: lower)
    }
    let changes = try shell.run(
      ["history", "nobody2014-amended", "--changes", "--csv", "--registry", "r.sqlite"])
    let rows = try Records(changes.text).rows
    #expect(rows.count == 3)
    #expect(rows.last?.last?.hasPrefix("condition share of sound: >= 0.25 → >= 0.3; ") == true)
  }

  @Test func `is marked on its page until it is judged`() throws {
    let shell = try shellWithRun()
    func page() throws -> String {
      _ = try shell.run(["site", "pages", "--registry", "r.sqlite"], environment: explained)
      return try String(
        contentsOf: shell.folder.appending(
          path: "pages/papers/nobody2014-amended/claims/raises.html"), encoding: .utf8)
    }
    #expect(try page().contains("The claim demands something else than when it was last judged: "))
    _ = try shell.run(
      ["judge", "nobody2014-amended", "--registry", "r.sqlite"], environment: explained)
    let judged = try page()
    #expect(!judged.contains("demands something else than"))
    #expect(judged.contains("It demanded something else before: "))
  }

  @Test func `is marked by history, show and explain`() throws {
    let shell = try shellWithRun()
    let show = ["show", "nobody2014-amended", "--registry", "r.sqlite"]
    #expect(try shell.run(show, environment: explained).text.contains("(goalposts moved since)"))
    let reworded = try shell.run(show, environment: ["STATEMENT": "The share rises."])
    #expect(reworded.text.contains("(reworded since)"))
    let explain = try shell.run(
      ["explain", "nobody2014-amended/raises", "--registry", "r.sqlite"], environment: explained)
    #expect(explain.text.contains("  goalposts moved since:\n"))
    #expect(explain.text.contains("            condition share of sound: >= 0.25 → >= 0.75\n"))
    #expect(explain.text.contains("  amended   The paper's erratum says so.\n"))
    _ = try shell.run(["nobody2014-amended", "--registry", "r.sqlite"], environment: explained)
    let history = try shell.run(["history", "nobody2014-amended", "--registry", "r.sqlite"])
    #expect(history.text.contains(" moved\n\ngoalposts of raises moved with "))
    #expect(history.text.contains("\n  because: The paper's erratum says so.\n"))
  }
}

struct `Judging as recorded` {
  @Test func `gives the recorded verdicts whatever the declarations say now`() throws {
    let shell = try shellWithRun()
    let output = try shell.run(
      ["judge", "nobody2014-amended", "--as-recorded", "--registry", "r.sqlite"],
      environment: ["LEAST": "0.75"])
    #expect(output.status == 0)
    #expect(output.text.contains(": no verdict moved\n"))
  }

  @Test func `by another edition is recorded beside it`() throws {
    let shell = try shellWithRun()
    let output = try shell.run(
      ["judge", "--as-recorded", "--at", "1", "--registry", "r.sqlite", "--json"])
    #expect(try object(output.text)["edition"] as? Int == 1)
    let history = try shell.run(
      ["history", "nobody2014-amended", "--csv", "--registry", "r.sqlite"])
    let rows = history.text.split(separator: "\n").dropFirst()
    #expect(rows.count == 2)
    // Its last fields: edition, when it was judged again, goalposts.
    #expect(rows.first?.hasSuffix(",2,,") == true)
    #expect(rows.last?.contains(",1,20") == true)
  }

  @Test func `of a paper that is gone needs no declaration`() throws {
    let shell = try shellWithRun()
    let output = try shell.replicate(
      ["judge", "nobody2014-amended", "--as-recorded", "--registry", "r.sqlite"])
    #expect(output.status == 0)
    #expect(output.text.hasPrefix("nobody2014-amended run "))
    let without = try shell.replicate(["judge", "nobody2014-amended", "--registry", "r.sqlite"])
    #expect(without.status == 64)
  }

  @Test func `leaves nothing behind when it is told so`() throws {
    let shell = try shellWithRun()
    _ = try shell.run(
      ["judge", "--no-record", "--registry", "r.sqlite"], environment: ["LEAST": "0.75"])
    let history = try shell.run(["history", "nobody2014-amended", "--registry", "r.sqlite"])
    #expect(history.text.split(separator: "\n").count == 2)
  }

  @Test(arguments: ["0", "3", "x"])
  func `by an edition that does not exist is refused`(edition: String) throws {
    #expect(try Shell().run(["judge", "--at", edition]).status == 64)
  }
}
