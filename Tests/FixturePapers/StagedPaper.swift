import Foundation
public import Replication

/// A paper whose trials share a product that is unlike any other each time it is built.
public enum StagedPaper: Replication {
  public static let paper = Paper(
    "nobody2023-staged", .arxiv("2023.00001"), year: 2023, title: "On stages",
    authors: ["A. Nobody"])
  public static let departures: [String] = []

  public enum Arm: String, Name { case shared, apart }
  public enum Claim: String, Name { case builtOnce }

  /// Not pure on purpose: its number tells one building from another.
  public struct Token: Stage {
    public var name = "token"
    public func make(in trial: Trial) throws -> Double {
      Thread.sleep(forTimeInterval: 0.05)
      return Double(UInt64.random(in: 1..<(1 << 52)))
    }
  }

  public struct Setup: Codable, Hashable, Sendable {
    var cell: Double
    var token: Token?
  }

  public struct Outcome: Codable, Sendable {
    public var token: Count
  }

  public static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    (1...4).map { Setup(cell: Double($0), token: arm == .shared ? Token() : nil) }
  }

  public static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "Every trial of a seed reads the same product.", from: .abstract,
      that: the(\.token, of: .shared).atLeast(1), because: "no product is less",
      seeds: .every(2), unlike: .putting(.apart, for: .shared))
  }

  public static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    Outcome(token: Count(try setup.token.map { try trial.product(of: $0) } ?? 0))
  }
}
