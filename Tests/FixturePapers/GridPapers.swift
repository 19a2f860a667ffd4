import Foundation
package import Replication
import Tensors

/// A paper with many small trials.
package protocol Gridded: Replication
where Arm == GridArm, Claim == GridClaim, Setup == GridSetup, Outcome == GridOutcome {
  /// How many setups an arm has.
  static var cells: Int { get }
  /// How many seeds the first claim asks for; the full tier asks for twenty times as many.
  static var seeds: Int { get }
  /// Seconds that a trial waits before it returns.
  static var pause: Double { get }
}

/// The arms of a paper with many trials.
package enum GridArm: String, Name { case sound, wrong }

/// The claims of a paper with many trials.
package enum GridClaim: String, Name { case holds, holdsOnce }

/// A cell of an arm.
package struct GridSetup: Codable, Hashable, Sendable {
  var effect: Double
  var cell: Double
}

/// What a small trial measures.
package struct GridOutcome: Codable, Sendable {
  var share: Ratio
}

extension Gridded {
  /// The departures of a paper that has nothing to depart from.
  package static var departures: [String] { [] }

  /// The cells of an arm.
  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    (1...cells).map { Setup(effect: arm == .sound ? 1 : 0, cell: Double($0)) }
  }

  /// Both claims demand at least one half, the second one of a single seed.
  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    Expectation(
      "The effect is there in every cell.", from: .figure(1),
      that: the(\.share, of: .sound).atLeast(0.5), because: "half of the effect",
      seeds: claim == .holds ? .every(tier == .full ? 20 * seeds : seeds) : .once,
      unlike: .putting(.wrong, for: .sound))
  }

  /// Waits, then returns the effect with a little noise.
  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    if pause > 0 { Thread.sleep(forTimeInterval: pause) }
    var noise = trial.stream(.noise)
    return Outcome(share: Ratio(setup.effect + 0.001 * setup.cell * noise.uniform()))
  }
}

/// Sixty trials of thirty milliseconds: time enough to be killed in.
package enum SlowPaper: Gridded {
  package static let paper = Paper(
    "nobody2021-slow", .arxiv("2021.00001"), year: 2021, title: "On slow", authors: ["A. Nobody"])
  package static let cells = 3
  package static let seeds = 10
  package static let pause = 0.03
}

/// Five hundred trials that do nothing: what remains is bookkeeping.
package enum IdlePaper: Gridded {
  package static let paper = Paper(
    "nobody2022-idle", .arxiv("2022.00001"), year: 2022, title: "On idle", authors: ["A. Nobody"])
  package static let cells = 10
  package static let seeds = 25
  package static let pause = 0.0
}
