import Evidence
import Replication
import Testing

struct `A figure` {
  /// The results of some seeds; the numbers of seed s are raised by s.
  private static func results(seeds: Int) throws -> [TrialKey: TrialResult] {
    var results: [TrialKey: TrialResult] = [:]
    for setup in Curves.Arm.allCases.flatMap({ Curves.setups($0, at: .smoke) }) {
      for seed in 0..<seeds {
        var outcome = Curves.run(setup, in: Trial(paper: Curves.paper.id, seed: seed))
        outcome.value = Loss((outcome.value.value ?? .nan) + Double(seed))
        results[TrialKey(setup: try Canonical.text(setup), seed: seed)] =
          .outcome(try Canonical.text(outcome))
      }
    }
    return results
  }

  @Test func `has a line for each position of the axes left over, with interval and seeds`() throws
  {
    let figure = try Curves.drawnFigures(at: .smoke, from: Self.results(seeds: 3))[0]
    #expect(figure.lines.map(\.name) == ["grid, rate=0.1", "grid, rate=0.2", "shifted"])
    let points = figure.lines[1].points
    #expect(points.map(\.x) == ["1", "2", "4"])
    #expect(points.allSatisfy { $0.seeds == 3 })
    for (point, mean) in zip(points, [2.2, 5.2, 17.2]) {
      #expect(abs((point.y ?? .nan) - mean) < 1e-12)
      // The 0.95 quantile of Student's t at two degrees of freedom, times 1/√3.
      let width = 2.919985580353726 / 3.0.squareRoot()
      #expect(abs((point.interval?.upper ?? .nan) - mean - width) < 1e-9)
    }
  }

  @Test func `of a recorded curve keeps its positions, unit and scale`() throws {
    let figure = try Curves.drawnFigures(at: .smoke, from: Self.results(seeds: 1))[1]
    #expect(figure.lines.count == 1 && figure.scale == .logAxis && figure.unit == "loss")
    #expect(figure.lines[0].points.map(\.x) == ["0", "10", "20", "40"])
    #expect(figure.lines[0].points.map(\.y) == [100, 80, 60, 20])
    #expect(figure.lines[0].points.allSatisfy { $0.interval == nil })
  }

  @Test func `has no number where a level was not reached`() throws {
    let points = try Curves.drawnFigures(at: .smoke, from: Self.results(seeds: 2))[2].lines[0]
      .points
    #expect(points.map(\.y) == [1, 4, nil])
    #expect(points.map(\.seeds) == [2, 2, 2])
  }

  @Test func `says what is missing instead of a line without points`() throws {
    var results = try Self.results(seeds: 2)
    let trace = try Canonical.text(Curves.setups(.trace, at: .smoke)[0])
    results[TrialKey(setup: trace, seed: 1)] = nil
    #expect(
      try Curves.drawnFigures(at: .smoke, from: results)[1].lines[0].points.allSatisfy {
        $0.seeds == 1
      })
    results[TrialKey(setup: trace, seed: 0)] = .failed("out of memory")
    let error = #expect(throws: (any Error).self) {
      try Curves.drawnFigures(at: .smoke, from: results)
    }
    #expect(
      "\(String(describing: error))".contains(
        "figure 'A curve', line 'trace': its trial was not run"))
  }

  @Test func `that reads what no claim runs is a problem of the declaration`() {
    let problems = Curves.problems().filter { $0.place.contains("figure 'A curve'") }
    #expect(problems.map(\.problem).contains { $0.contains("reads arm trace, which no claim") })
  }

  @Test func `of shades has no logarithmic axis`() {
    let problems = Curves.problems().filter { $0.place.contains("figure 'Shades'") }
    #expect(problems.map(\.problem).contains { $0.contains("only its shades can be logarithmic") })
  }
}
