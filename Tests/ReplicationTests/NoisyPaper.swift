import Replication
import Tensors

/// A paper of one noisy number whose mean is one half and whose standard deviation is one.
enum NoisyPaper: Replication {
  static let paper = Paper(
    "noisy2020-fixture", .arxiv("2001.00002"), year: 2020, title: "Noise", authors: ["A. B."])
  static let departures: [String] = []

  /// The least mean that the claim accepts.
  @TaskLocal static var least = -2.0

  enum Arm: String, Name { case noisy, low }
  enum Claim: String, Name { case mean, everySeed }
  struct Setup: Codable, Hashable { var mean = 0.5 }
  struct Outcome: Codable { var value: Ratio }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [arm == .noisy ? Setup() : Setup(mean: -100)]
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "The mean is large enough.", from: .abstract,
      that: the(\.value, of: .noisy).atLeast(claim == .mean ? least : -10),
      because: "a fixture", seeds: claim == .mean ? .mean(of: 8) : .every(3),
      unlike: .putting(.low, for: .noisy))
  }

  static func run(_ setup: Setup, in trial: Trial) -> Outcome {
    var noise = trial.stream(.noise)
    return Outcome(value: Ratio(setup.mean + noise.normal()))
  }
}
