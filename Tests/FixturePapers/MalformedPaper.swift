public import Replication

/// A paper whose declaration is wrong in several places.
public enum MalformedPaper: Replication {
  public static let paper = Paper(
    "Malformed", .arxiv("24"), year: 2024, title: "", authors: [])
  public static let departures: [String] = []

  public enum Arm: String, Name { case only }
  public enum Claim: String, Name { case unsaid, unjudged }
  public struct Setup: Codable, Hashable, Sendable { var size = 1.0 }
  public struct Outcome: Codable, Sendable { var share: Ratio }

  public static func setups(_ arm: Arm, at tier: Tier) -> [Setup] { [Setup(), Setup()] }

  public static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    guard claim == .unsaid, tier == .smoke else { return nil }
    return Expectation(
      "no full stop", from: .abstract, that: the(\.share, of: .only).atLeast(0), because: "",
      seeds: .mean(of: 1), unlike: .none(""))
  }

  public static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { Outcome(share: 1.0) }
}
