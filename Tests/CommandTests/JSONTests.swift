import Foundation
import Testing

struct `The JSON of` {
  @Test func `a run has every key of its schema, null where there is nothing`() throws {
    let shell = try Shell()
    let output = try shell.run(
      ["run", "nobody2002-throwing", "--tier", "smoke", "--json", "--registry", "r.sqlite"])
    #expect(output.status == 3)
    let run = try object(output.text)
    #expect(output.text.filter(\.isNewline) == "\n")
    expectKeys(
      run,
      [
        "schema", "run", "paper", "tier", "commit", "outcomeDigest", "verdict", "claims",
        "seconds",
      ])
    #expect(run["schema"] as? String == "replicate.run/1")
    #expect(run["paper"] as? String == "nobody2002-throwing")
    #expect(run["tier"] as? String == "smoke")
    #expect(run["commit"] is NSNull)
    #expect(run["verdict"] as? String == "error")
    #expect(run["seconds"] is Double)
    let claims = try #require(run["claims"] as? [[String: Any]])
    #expect(claims.map { $0["id"] as? String } == ["unaffected", "affected"])
    for claim in claims {
      expectKeys(
        claim, ["id", "verdict", "estimate", "interval", "band", "unit", "n", "reason", "control"])
      #expect(claim["band"] as? [AnyHashable] == [0.5, NSNull()])
    }
    #expect(claims[0]["verdict"] as? String == "pass")
    #expect(claims[0]["estimate"] as? Double == 1)
    #expect(claims[0]["interval"] as? [Double] == [1, 1])
    #expect(claims[0]["n"] as? Int == 2)
    let control = try #require(claims[0]["control"] as? [String: Any])
    #expect(control["verdict"] as? String == "fail")
    #expect(control["estimate"] as? Double == 0)
    #expect(claims[1]["verdict"] as? String == "error")
    #expect(claims[1]["estimate"] is NSNull)
    #expect(claims[1]["interval"] is NSNull)
    #expect((claims[1]["reason"] as? String)?.contains("the solver gave up") == true)
  }

  @Test func `a run counts what it executed and what was recorded before`() throws {
    let shell = try Shell()
    let arguments = [
      "run", "nobody2012-refuted", "--tier", "smoke", "--json", "--registry", "r.sqlite",
    ]
    for (executed, reused) in [(6, 0), (0, 6)] {
      let run = try object(try shell.run(arguments).text)
      #expect(run["executed"] as? Int == executed && run["reused"] as? Int == reused)
    }
  }

  @Test func `several runs is a line each`() throws {
    let output = try Shell().run([
      "run", "nobody2011-printing", "nobody2012-refuted", "--tier", "smoke", "--json",
      "--no-record",
    ])
    let lines = output.text.split(separator: "\n")
    #expect(
      try lines.map { try object(String($0))["paper"] as? String } == [
        "nobody2011-printing", "nobody2012-refuted",
      ])
  }

  @Test func `a list has every key of its schema, null where nothing was run`() throws {
    let shell = try Shell()
    _ = try shell.run(["run", "nobody2012-refuted", "--tier", "smoke", "--registry", "r.sqlite"])
    let output = try shell.run(["list", "--json", "--registry", "r.sqlite"])
    let list = try object(output.text)
    #expect(list["schema"] as? String == "replicate.list/1")
    let papers = try #require(list["papers"] as? [[String: Any]])
    for paper in papers {
      expectKeys(
        paper,
        ["id", "title", "year", "arxiv", "claims", "tiers", "verdict", "commit", "passes"])
    }
    let byID = Dictionary(uniqueKeysWithValues: papers.map { ($0["id"] as? String ?? "", $0) })
    let refuted = try #require(byID["nobody2012-refuted"])
    #expect(refuted["verdict"] as? String == "fail")
    #expect(refuted["year"] as? Int == 2012)
    #expect(refuted["passes"] as? [Int] == [1])
    #expect(byID["fisher1935-coin"]?["passes"] as? [Int] == [])
    #expect(refuted["arxiv"] as? String == "2012.00001")
    #expect(refuted["claims"] as? [String] == ["unaffected", "affected"])
    #expect(refuted["tiers"] as? [String] == ["smoke", "standard", "full"])
    #expect(byID["fisher1935-coin"]?["verdict"] is NSNull)
    #expect(byID["fisher1935-coin"]?["commit"] is NSNull)
    #expect(byID["Malformed"]?["tiers"] as? [String] == ["smoke"])
  }

  @Test(arguments: [
    (["show", "fisher1935-coin"], "replicate.show/1"),
    (["explain", "fisher1935-coin/levels"], "replicate.explain/1"),
    (["history", "fisher1935-coin"], "replicate.history/1"),
    (["data", "list"], "replicate.data/1"),
  ])
  func `every reading command says its schema`(arguments: [String], schema: String) throws {
    let output = try Shell().run(arguments + ["--json"])
    #expect(output.status == 0)
    #expect(try object(output.text)["schema"] as? String == schema)
    #expect(output.errors.isEmpty)
  }

  @Test func `a run names the same outcomes at every level of instructions`() throws {
    let shell = try Shell()
    var digests: Set<String> = []
    for level in ["portable", "scalar", "avx2", "avx512", "neon"] {
      for threads in ["1", "2"] {
        let output = try shell.run(
          [
            "run", "fisher1935-coin", "--tier", "smoke", "--json", "--no-record", "--threads",
            threads, "--jobs", threads,
          ], environment: ["REPLICATE_SIMD": level])
        if output.status == 64, output.errors.contains("This CPU cannot run") { continue }
        digests.insert(try object(output.text)["outcomeDigest"] as? String ?? "none")
      }
    }
    #expect(digests.count == 1)
  }

  private func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  private func expectKeys(_ object: [String: Any], _ keys: [String]) {
    for key in keys { #expect(object[key] != nil, "\(key)") }
  }
}
