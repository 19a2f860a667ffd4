import Evidence
import Replication

/// A paper whose outcomes are stated outright, for testing what measures make of them.
enum Curves: Replication {
  static let paper = Paper(
    "curves2020-fixture", .arxiv("2001.00001"), year: 2020, title: "Curves", authors: ["A. B."])
  static let departures: [String] = []

  enum Arm: String, Name { case grid, shifted, higher, apart, rates, lockstep, trace }
  enum Claim: String, Name { case any }

  struct Setup: Codable, Hashable {
    var x = 1
    var rate = 0.1
    var shift = 0.0
  }

  struct Outcome: Codable {
    var value: Loss
    var criterion: Nats
    var reached: Steps
    var curve: Series<Steps, Loss>
    var other: Series<Steps, Nats>
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .grid: [1, 2, 4].flatMap { x in [0.1, 0.2].map { Setup(x: x, rate: $0) } }
    case .shifted: [1, 2, 4].map { Setup(x: $0, shift: 10) }
    case .higher: [1, 2, 4].map { Setup(x: $0, shift: 20) }
    case .apart: [3, 5, 8].map { Setup(x: $0) }
    case .rates: [0.1, 0.2, 0.4].map { Setup(rate: $0) }
    case .lockstep: [1, 2, 4].map { Setup(x: $0, rate: Double($0) / 100) }
    case .trace: [Setup(x: 7)]
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? { nil }

  static func figures(at tier: Tier) -> [Figure<Self>] {
    [
      Figure(
        "Values", like: .figure(1), over: \.x, "x", "value",
        lines: ["grid": the(\.value, of: .grid), "shifted": the(\.value, of: .shifted)]),
      Figure(
        "A curve", like: .figure(2), over: \.curve, "step", "level", on: .logAxis,
        lines: ["trace": the(\.curve, of: .trace)]),
      Figure(
        "Reached", like: .figure(3), over: \.x, "x", "step",
        lines: ["shifted": the(\.reached, of: .shifted)]),
      Figure(
        "Shades", like: .figure(4), over: \.x, "x", by: \.rate, "rate",
        shading: the(\.value, of: .grid), "value", on: .logLog),
    ]
  }

  static func run(_ setup: Setup, in trial: Trial) -> Outcome {
    var curve = Series<Steps, Loss>()
    var other = Series<Steps, Nats>()
    for step in [0, 10, 20, 40] {
      curve.append(Loss(100 - 2 * Double(step)), at: Steps(step))
      other.append(Nats(Double(step) / 10), at: Steps(step))
    }
    // value = x² + rate + shift, least criterion at rate 0.2.
    return Outcome(
      value: Loss(Double(setup.x * setup.x) + setup.rate + setup.shift),
      criterion: Nats(1 - setup.rate),
      reached: setup.x < 4 ? Steps(setup.x * setup.x) : .notReached(by: 10), curve: curve,
      other: other)
  }

  /// The cells of a measure: label and number.
  static func cells<Q: Quantity>(_ measure: Measure<Curves, Q>) throws -> [String: Double] {
    try readings(measure).compactMapValues { reading in
      if case .value(let value)? = reading { value } else { nil }
    }
  }

  static func readings<Q: Quantity>(
    _ measure: Measure<Curves, Q>
  ) throws -> [String: Reading?] {
    let result = try result(measure)
    return Dictionary(
      uniqueKeysWithValues: result.conditions[0].cells.map { ($0.label, $0.readings[0].reading) })
  }

  /// A measure judged once on all outcomes; the band and the control are of no interest.
  static func result<Q: Quantity>(_ measure: Measure<Curves, Q>) throws -> ClaimResult {
    var results: [TrialKey: TrialResult] = [:]
    for setup in try Arm.allCases.flatMap({ setups($0, at: .smoke) }).map(Canonical.text) {
      let outcome = try execute(setup: setup, in: Trial(paper: paper.id, seed: 0))
      results[TrialKey(setup: setup, seed: 0)] = .outcome(outcome)
    }
    let expectation = Expectation<Curves>(
      "A fixture.", from: .abstract, that: measure.atLeast(0), because: "a fixture", seeds: .once,
      unlike: .none("a fixture"))
    return try judge(expectation, at: .smoke, from: results)
  }
}
