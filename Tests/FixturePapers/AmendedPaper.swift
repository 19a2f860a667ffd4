import Foundation
package import Replication
import Tensors

/// A paper whose claim is amended between two runs: the environment says what it demands.
package enum AmendedPaper: Replication {
  package static let paper = Paper(
    "nobody2014-amended", .arxiv("2014.00001"), year: 2014, title: "On amended",
    authors: ["A. Nobody"])
  package static let departures: [String] = []

  package enum Arm: String, Name { case sound, null }
  package enum Claim: String, Name { case raises }
  package struct Setup: Codable, Hashable, Sendable { var effect = 0.5 }
  package struct Outcome: Codable, Sendable { var share: Ratio }

  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    [arm == .sound ? Setup() : Setup(effect: 0)]
  }

  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let environment = ProcessInfo.processInfo.environment
    let expectation = Expectation<Self>(
      environment["STATEMENT"] ?? "The share is raised.", from: .abstract,
      that: the(\.share, of: .sound).atLeast(environment["LEAST"].flatMap(Double.init) ?? 0.25),
      because: "half of the effect", seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.null, for: .sound))
    return environment["AMENDMENT"].map(expectation.amended) ?? expectation
  }

  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var noise = trial.stream(.noise)
    return Outcome(share: Ratio(setup.effect + 0.01 * noise.uniform()))
  }
}
