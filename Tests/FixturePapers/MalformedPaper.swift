package import Replication

/// A paper whose declaration is wrong in several places.
package enum MalformedPaper: Replication {
  package static let paper = Paper(
    "Malformed", .arxiv("24"), year: 2024, title: "", authors: [])
  package static let departures: [String] = []

  package enum Arm: String, Name { case only }
  package enum Claim: String, Name { case unsaid, unjudged }
  package struct Setup: Codable, Hashable, Sendable { var size = 1.0 }
  package struct Outcome: Codable, Sendable { var share: Ratio }

  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] { [Setup(), Setup()] }

  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    guard claim == .unsaid, tier == .smoke else { return nil }
    return Expectation(
      "no full stop", from: .abstract, that: the(\.share, of: .only).atLeast(0), because: "",
      seeds: .mean(of: 1), unlike: .none(""))
  }

  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { Outcome(share: 1.0) }
}
