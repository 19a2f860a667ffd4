import Digests
import Evidence
import Foundation
import Registry
import Replication
import Reports
import Runner
import SyntheticRegistry
import Testing

/// The first claim of two runs, whose seeds gave some readings, as JSON.
private func compared(
  _ before: String, _ after: String, measure: String = "loss", cell: String = "",
  quantum: Double? = nil, verdicts: (String, String) = ("pass", "pass"), standing: String = "judged"
) throws -> ClaimComparison {
  var synthetic = SyntheticRegistry()
  (synthetic.papers, synthetic.runs, synthetic.claims) = (1, 2, 1)
  let registry = try ResultRegistry()
  try synthetic.write(to: registry)
  let runs = try registry.runs()
  let details = try registry.details(of: runs.reversed().map(\.id))
  let posts = try Goalposts(of: runs[0].paper, in: registry)
  let comparison = try RunComparison(details[0], details[1], order: [], posts: posts) { judgement in
    let isBefore = judgement.run == details[0].run.id
    return try result(
      isBefore ? before : after, measure: isBefore ? "loss" : measure, cell: isBefore ? "" : cell,
      quantum: quantum, verdict: isBefore ? verdicts.0 : verdicts.1, standing: standing)
  }
  return try #require(comparison.claims.first)
}

private func result(
  _ readings: String, measure: String, cell: String, quantum: Double?, verdict: String,
  standing: String
) throws -> ClaimResult {
  let judgement =
    #"{"verdict":"\#(verdict)","estimate":1,"interval":[1,1],"n":2,"reason":"it lies there"}"#
  let resolution = quantum.map { #""quantum":\#($0),"# } ?? ""
  return try Canonical.decode(
    from: """
      {"id":"a","version":"\(Digest(of: "a"))","verdict":"\(verdict)","reason":"so","conditions":[{\
      "measure":"\(measure)","band":[0,null],"unit":"",\(resolution)"judgement":\(judgement),"cells":[{\
      "label":"\(cell)","judgement":\(judgement),"readings":[\(readings)]}]}],"premises":[],\
      "standing":"\(standing)"}
      """)
}

private func readings(_ values: [(Int, String)]) -> String {
  values.map { #"{"seed":\#($0.0),"reading":\#($0.1)}"# }.joined(separator: ",")
}

struct `Values of two runs` {
  @Test func `are paired by seed, whatever their order, and only where both have the seed`() throws
  {
    let claim = try compared(
      readings([(0, "1"), (1, "2"), (2, "9")]), readings([(3, "7"), (1, "2.5"), (0, "1.25")]))
    let difference = try #require(claim.values.difference)
    #expect(difference.mean == 0.375 && difference.n == 2)
    #expect(claim.values.isSame == false && claim.values.absence == nil)
  }

  @Test func `are the same only to the last bit`() throws {
    let one = readings([(0, "1"), (1, "-0.0")])
    #expect(try compared(one, one).values.isSame == true)
    #expect(try compared(one, readings([(1, "-0.0"), (0, "1")])).values.isSame == true)
    let other = try compared(one, readings([(0, "1"), (1, "0.0")]))
    #expect(other.values.isSame == false && other.values.difference?.mean == 0)
    #expect(try compared(one, readings([(0, "1")])).values.isSame == false)
  }

  @Test(arguments: [
    (#""diverged""#, "seed 1 has no number in both"), ("null", "seed 1 has no number in both"),
    (#""nan""#, "seed 1 has no number in both"),
    (#"{"notReached":3}"#, "seed 1 has no number in both"),
    ("1e308", "the numbers are too large for a difference"),
  ])
  func `of which one is no number have no difference, and say why`(
    reading: String, reason: String
  ) throws {
    let claim = try compared(
      readings([(0, "1"), (1, "-1e308")]), readings([(0, "1"), (1, reading)]))
    #expect(claim.values.difference == nil)
    #expect(claim.values.absence == reason)
  }

  @Test func `of other seeds, measures or cells have no difference, and say why`() throws {
    let one = readings([(0, "1"), (1, "2")])
    #expect(try compared(one, readings([(5, "1")])).values.absence == "no seed in common")
    #expect(try compared(one, one, measure: "gain").values.absence == "another measure before")
    #expect(try compared(one, one, cell: "x=1").values.absence == "another cell before")
    #expect(try compared(one, one, measure: "gain").values.isSame == false)
  }

  @Test func `are on the page of the last two runs, after less before`() throws {
    var synthetic = SyntheticRegistry()
    (synthetic.papers, synthetic.runs) = (1, 41)
    let registry = try Workplace.registry(synthetic)
    let runs = try registry.completeRuns(at: "standard").prefix(2)
    let details = try registry.details(of: runs.reversed().map(\.id))
    let place = try Workplace()
    try place.build(registry)
    let page = Parsed(try #require(try place.files()["papers/\(runs[0].paper)/comparison.html"]))
    var differences: Set<Double> = []
    for (old, new) in zip(details[0].judgements, details[1].judgements) {
      let (first, second) = (try #require(old.estimate), try #require(new.estimate))
      let pairs = [-0.02, 0, 0.02].map { second + $0 - (first + $0) }
      let difference = try #require(PairedDifference(of: pairs))
      let number = measuredText(difference.mean, interval: difference.interval)
      let text = number.replacing("-", with: "−") + " nat3 seeds"
      #expect(old.claim == new.claim && page.text.contains(text), "\(new.claim): \(text)")
      differences.insert(difference.mean)
    }
    #expect(differences.contains { $0 != 0 }, "all verdicts stayed: the page proves nothing")
  }

  @Test func `have a difference no finer than what they are multiples of`() throws {
    let before = readings([(0, "1"), (1, "2"), (2, "3")])
    let after = readings([(0, "1.5"), (1, "2.5"), (2, "3.5")])
    #expect(
      try compared(before, after).values.difference?.interval == Interval(lower: 0.5, upper: 0.5))
    let coarse = try #require(try compared(before, after, quantum: 0.5).values.difference?.interval)
    #expect(coarse.lower < 0.4 && coarse.upper > 0.6)
  }
}

struct `What became of a claim` {
  @Test(arguments: [
    ("judged", ("pass", "fail"), ClaimComparison.Change.worse),
    ("judged", ("fail", "pass"), .better),
    ("judged", ("pass", "inconclusive"), .worse), ("judged", ("fail", "error"), .worse),
    ("expectedToFail", ("pass", "fail"), .better), ("expectedToFail", ("fail", "pass"), .worse),
    ("recorded", ("pass", "fail"), .same), ("recorded", ("pass", "error"), .worse),
  ])
  func `is told by how its verdicts count`(
    standing: String, verdicts: (String, String), change: ClaimComparison.Change
  ) throws {
    let one = readings([(0, "1")])
    #expect(try compared(one, one, verdicts: verdicts, standing: standing).change == change)
  }

  @Test func `is unexplained where nobody can say what moved`() throws {
    #expect(ClaimComparison.Demand.unreadable.isUnexplained)
    let silent: GoalpostMove = try Canonical.decode(from: #"{"moves":["x"]}"#)
    #expect(ClaimComparison.Demand.moved(silent).isUnexplained)
    let amended: GoalpostMove = try Canonical.decode(from: #"{"moves":["x"],"reason":"y"}"#)
    for demand in [ClaimComparison.Demand.missing, .same, .reworded, .moved(amended)] {
      #expect(!demand.isUnexplained)
    }
  }

  @Test func `is not known of runs that did not end`() throws {
    let posts = try Goalposts(of: "a", in: ResultRegistry())
    let none = RunComparison(nil, nil, order: [], posts: posts) { _ in nil }
    #expect(none.isSameOutcomes == nil && none.claims.isEmpty)
    var synthetic = SyntheticRegistry()
    synthetic.papers = 1
    let registry = try Workplace.registry(synthetic)
    for index in [40, 41] { try registry.begin(synthetic.run(index)) }
    let open = try registry.details(of: [synthetic.run(40).id, synthetic.run(41).id])
    let both = RunComparison(open[0], open[1], order: [], posts: posts) { _ in nil }
    #expect(both.isSameOutcomes == nil)
  }
}
