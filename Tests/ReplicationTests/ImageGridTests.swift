import Evidence
import Foundation
import Replication
import Testing

struct `An image grid` {
  private static func results(without missing: Set<Int> = []) throws -> [TrialKey: TrialResult] {
    var results: [TrialKey: TrialResult] = [:]
    for setup in Patches.Arm.allCases.flatMap({ Patches.setups($0, at: .standard) }) {
      for seed in 0..<3 where !missing.contains(seed) {
        let outcome = Patches.run(setup, in: Trial(paper: Patches.paper.id, seed: seed))
        results[TrialKey(setup: try Canonical.text(setup), seed: seed)] =
          .outcome(try Canonical.text(outcome))
      }
    }
    return results
  }

  @Test func `has a row for each name and setup, a column for each image`() throws {
    let figure = try Patches.drawnFigures(at: .standard, from: Self.results())[0]
    #expect(figure.form == .images && figure.shade == "weight")
    #expect(figure.shades == Interval(lower: 0, upper: 4))
    #expect(
      figure.lines.map { "\($0.name) | \($0.panel)" } == [
        "learned, width=2 | first", "learned, width=2 | 2", "learned, width=3 | first",
        "learned, width=3 | 2", "seen | first",
      ])
    #expect(figure.lines[0].image == .init(height: 1, width: 2, seed: 0))
    #expect(figure.lines[0].points.map(\.x) == ["0,0", "0,1"])
    #expect(figure.lines[0].points.map(\.y) == [2, nil])
    #expect(figure.lines[4].points.map(\.x) == ["0,0,red", "0,0,green", "0,0,blue"])
  }

  @Test func `shows the first seed whose trials are all there`() throws {
    let figure = try Patches.drawnFigures(at: .standard, from: Self.results(without: [0]))[0]
    #expect(figure.lines.allSatisfy { $0.image?.seed == 1 })
    let error = #expect(throws: (any Error).self) {
      try Patches.drawnFigures(at: .standard, from: Self.results(without: [0, 1, 2]))
    }
    #expect("\(String(describing: error))".contains("figure 'Patches', line 'learned'"))
  }

  @Test func `of a number that is not finite is an error, not a missing pixel`() throws {
    var results = try Self.results(without: [1, 2])
    for (key, _) in results {
      results[key] = .outcome(
        #"{"patches":[{"channels":1,"height":1,"values":["nan"],"width":1}],"photo":{"channels":1,"height":1,"values":[0],"width":1}}"#
      )
    }
    let error = #expect(throws: (any Error).self) {
      try Patches.drawnFigures(at: .standard, from: results)
    }
    #expect("\(String(describing: error))".contains("not finite"))
  }

  @Test(arguments: [
    #"{"channels":1,"height":2,"values":[1,2,3],"width":2}"#,
    #"{"channels":2,"height":1,"values":[1,2],"width":1}"#,
    #"{"channels":1,"height":0,"values":[],"width":0}"#,
    #"{"channels":1,"height":-1,"values":[1],"width":-1}"#,
    #"{"channels":3,"height":9223372036854775807,"values":[1],"width":9223372036854775807}"#,
    #"{"channels":1,"height":1,"values":["x"],"width":1}"#,
  ]) func `of sizes that do not fit is not read`(text: String) {
    #expect(throws: (any Error).self) { try Canonical.decode(RecordedImage.self, from: text) }
  }

  @Test func `that reads what no claim runs is a problem of the declaration`() {
    let problems = Patches.problems().filter { $0.place.contains("figure 'Patches'") }
    #expect(problems.map(\.problem).contains { $0.contains("reads arm wide, which no claim") })
  }
}
