import FixturePapers
import Replication
import Testing

struct `Checking a declaration` {
  @Test func `finds nothing in a good one`() {
    #expect(CoinPaper.problems().isEmpty)
  }

  @Test(arguments: [
    "Bad: the id is not of the form firstauthorYEAR-slug",
    "Bad: the id does not hold the year 2020",
    "Bad: title or authors are missing",
    "Bad: '12' is not an arXiv number",
    "Bad arm twice at smoke: two of its setups are equal",
    "Bad/orphan: no tier judges it; return an expectation",
    "Bad/unsaid at smoke: the statement is not a sentence that ends in a full stop",
    "Bad/unsaid at smoke: `because:` does not say where the band comes from",
    "Bad/unsaid at smoke: smoke judges exact claims and effects that every seed must show: "
      + "use .every or .once",
    "Bad/unsaid at smoke: has no control and does not say why",
    "Bad/noNote at smoke: reads arm empty, which has no setup at this tier",
    "Bad/signOnly at smoke: loss of only − loss of twice: a sign alone is no band; "
      + "state the smallest effect that counts",
    "Bad/idleControl at smoke: its control (twice for empty) changes nothing that the claim "
      + "measures",
  ])
  func `reports every mistake together`(expected: String) {
    let problems = BadPaper.problems().map { "\($0.place): \($0.problem)" }
    #expect(problems.contains(expected), "found \(problems.joined(separator: "\n"))")
  }

  @Test func `refuses a measure on a computed property`() {
    #expect(
      BadPaper.problems().contains {
        $0.place == "Bad/computedQuantity at smoke"
          && $0.problem.hasSuffix("a measure reads stored properties of the outcome only")
      })
  }

  @Test func `names a seeds rule that can decide nothing`() {
    #expect(
      BadPaper.problems().contains {
        $0.place == "Bad/unsaid at smoke" && $0.problem.hasPrefix("the seeds rule")
      })
  }

  @Test func `finds two papers with one id`() {
    let problems = catalogueProblems([CoinPaper.self, CoinPaper.self])
    #expect(problems.map(\.place) == ["fisher1935-coin"])
    #expect(catalogueProblems([CoinPaper.self]).isEmpty)
  }
}
