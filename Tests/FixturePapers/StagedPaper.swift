import Foundation
package import Replication

/// A paper whose trials share a product that is unlike any other each time it is built.
package enum StagedPaper: Replication {
  package static let paper = Paper(
    "nobody2023-staged", .arxiv("2023.00001"), year: 2023, title: "On stages",
    authors: ["A. Nobody"])
  package static let departures: [String] = []

  package enum Arm: String, Name { case shared, apart }
  package enum Claim: String, Name { case builtOnce }

  /// Not pure on purpose: its number tells one building from another.
  package struct Token: Stage {
    package var name = "token"
    package func make(in trial: Trial) throws -> Double {
      Thread.sleep(forTimeInterval: 0.05)
      return Double(UInt64.random(in: 1..<(1 << 52)))
    }
  }

  package struct Setup: Codable, Hashable, Sendable {
    var cell: Double
    var token: Token?
  }

  package struct Outcome: Codable, Sendable {
    package var token: Count
  }

  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    (1...4).map { Setup(cell: Double($0), token: arm == .shared ? Token() : nil) }
  }

  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "Every trial of a seed reads the same product.", from: .abstract,
      that: the(\.token, of: .shared).atLeast(1), because: "no product is less",
      seeds: .every(2), unlike: .putting(.apart, for: .shared))
  }

  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    Outcome(token: Count(try setup.token.map { try trial.product(of: $0) } ?? 0))
  }
}
