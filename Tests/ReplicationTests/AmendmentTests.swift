import Evidence
import Replication
import Testing

struct `Seeds that cannot decide` {
  private let value = OneClaim.the(\.value, of: .high)

  @Test(arguments: [
    (SeedRule.median(of: 4), "declare at least 5 seeds"),
    (.share(of: 10, atLeast: 0.9), "declare at least 29 seeds"),
  ])
  func `are refused with the number that can`(rule: SeedRule, words: String) {
    let problems = OneClaim.problems(with: OneClaim.expectation(seeds: rule))
    #expect(problems.contains { $0.hasSuffix(words) }, "\(problems)")
  }

  @Test func `of quantised values are refused where rounding alone is wider than the band`() {
    let condition = value.within(0.02, of: 1).quantised(0.1)
    let few = OneClaim.problems(with: OneClaim.expectation(condition, seeds: .mean(of: 3)))
    #expect(few.contains { $0.hasSuffix("declare at least 8 seeds") }, "\(few)")
    #expect(OneClaim.problems(with: OneClaim.expectation(condition, seeds: .mean(of: 8))).isEmpty)
    let point = value.exactly(1).quantised(0.1)
    let never = OneClaim.problems(with: OneClaim.expectation(point, seeds: .mean(of: 8)))
    #expect(never.contains { $0.contains("no number of seeds can show this") })
  }

  @Test func `by what is expected are refused with the seeds for four of five`() {
    let condition = value.atLeast(0.5).expecting(1, spread: 0.5)
    let few = OneClaim.problems(with: OneClaim.expectation(condition, seeds: .mean(of: 4)))
    // One spread of room on one side: the noncentral t gives 0.75 for seven seeds and 0.82 for eight.
    #expect(few.contains { $0.hasSuffix("declare 8 seeds for 80 %") }, "\(few)")
    #expect(OneClaim.problems(with: OneClaim.expectation(condition, seeds: .mean(of: 8))).isEmpty)
    let outside = value.atLeast(0.5).expecting(0.4, spread: 0.1)
    #expect(
      OneClaim.problems(with: OneClaim.expectation(outside, seeds: .mean(of: 8)))
        .contains { $0.hasSuffix("expects 0.4, which it would not accept") })
  }

  @Test func `say when a trait does not fit the rule`() {
    let condition = value.atLeast(0.5).reported(spread: 0.1, over: 3)
    let problems = OneClaim.problems(with: OneClaim.expectation(condition, seeds: .median(of: 5)))
    #expect(problems.contains { $0.contains("the paper's own scatter is for the mean") })
  }
}

struct `A version of a claim` {
  private let value = OneClaim.the(\.value, of: .high)

  private func moves(
    _ old: Wanted, _ new: Wanted
  ) throws -> [String] {
    let old = try #require(OneClaim.declaration(of: old))
    return try #require(OneClaim.declaration(of: new)).moves(from: old)
  }

  @Test func `says what it demands differently`() throws {
    let old = OneClaim.expectation(value.atLeast(0.5), seeds: .mean(of: 5))
    #expect(try moves(old, old).isEmpty)
    #expect(
      try moves(old, OneClaim.expectation(value.atLeast(0.25), seeds: .mean(of: 5)))
        == ["condition value of high: >= 0.5 → >= 0.25"])
    #expect(
      try moves(old, OneClaim.expectation(value.atLeast(0.5), seeds: .mean(of: 9)))
        == ["seeds: mean of 5 seeds → mean of 9 seeds"])
    #expect(
      try moves(old, OneClaim.expectation(value.atLeast(0.5).quantised(0.1), seeds: .mean(of: 5)))
        == ["condition value of high: >= 0.5 → >= 0.5 (in multiples of 0.1)"])
    #expect(
      try moves(old, old.recorded("It is only looked at.")) == ["standing: judged → recorded"])
  }

  @Test func `keeps its digest where nothing new is declared`() throws {
    let plain = try #require(OneClaim.declaration(of: OneClaim.expectation(seeds: .mean(of: 8))))
    let text = try Canonical.text(plain)
    for name in ["amendment", "range", "reported", "forecast", "quantum"] {
      #expect(!text.contains("\"\(name)\""))
    }
  }

  @Test func `without a word on what changed is refused`() {
    let empty = OneClaim.expectation(seeds: .mean(of: 8)).amended("")
    #expect(
      OneClaim.problems(with: empty).contains("`amended` does not say what changed and why"))
  }
}
