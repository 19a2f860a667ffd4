import Evidence
import Replication

/// A paper whose one claim is whatever a test wants it to be.
enum OneClaim: Replication {
  static let paper = Paper(
    "one2020-fixture", .arxiv("2001.00003"), year: 2020, title: "One", authors: ["A. B."])
  static let departures: [String] = []

  enum Arm: String, Name { case high, low }
  enum Claim: String, Name { case one }
  struct Setup: Codable, Hashable { var mean = 0.5 }
  struct Outcome: Codable { var value: Ratio }

  @TaskLocal static var wanted: Expectation<OneClaim> = expectation(seeds: .mean(of: 8))

  static func expectation(
    _ condition: Condition<OneClaim>? = nil, seeds: SeedRule
  ) -> Expectation<OneClaim> {
    Expectation(
      "The value is large enough.", from: .abstract,
      that: condition ?? the(\.value, of: .high).between(0.1, and: 0.9), because: "a fixture",
      seeds: seeds, unlike: .putting(.low, for: .high))
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [arm == .high ? Setup() : Setup(mean: -100)]
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    tier == .standard ? wanted : nil
  }

  static func run(_ setup: Setup, in trial: Trial) -> Outcome { Outcome(value: Ratio(setup.mean)) }

  static func problems(with wanted: Expectation<OneClaim>) -> [String] {
    $wanted.withValue(wanted) { problems() }.filter { $0.place.hasPrefix("one2020-fixture/one") }
      .map(\.problem)
  }

  static func declaration(of wanted: Expectation<OneClaim>) -> ClaimDeclaration? {
    $wanted.withValue(wanted) { declarations(at: .standard).first }
  }
}

/// An expectation of the paper, under a name that the testing library does not have too.
typealias Wanted = Expectation<OneClaim>

extension Expectation: @unchecked Sendable where P == OneClaim {}
