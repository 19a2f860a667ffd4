import Foundation
package import Replication

/// A paper with one claim about a sound arm and one about an arm that gets into trouble.
///
/// What the trouble is, each paper says itself; the sound claim shows that nothing else suffers.
package protocol Misbehaving: Replication
where Arm == TroubleArm, Claim == TroubleClaim, Setup == TroubleSetup, Outcome == TroubleOutcome {
  /// What the troubled arm does in place of returning 1.
  static func misbehave(in trial: Trial) throws -> Ratio
}

/// The arms of a paper that misbehaves.
package enum TroubleArm: String, Name { case sound, wrong, troubled }

/// The claims of a paper that misbehaves.
package enum TroubleClaim: String, Name { case unaffected, affected }

/// Which arm's way a trial goes.
package struct TroubleSetup: Codable, Hashable, Sendable {
  var way: TroubleArm
}

/// What a trial of a paper that misbehaves measures.
package struct TroubleOutcome: Codable, Sendable {
  var share: Ratio
}

extension Misbehaving {
  /// The departures of a paper that has nothing to depart from.
  package static var departures: [String] { [] }

  /// One setup an arm.
  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] { [Setup(way: arm)] }

  /// Both claims demand at least one half of two seeds; the environment says whether that counts.
  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let arm: Arm = claim == .affected ? .troubled : .sound
    let expectation = Expectation<Self>(
      claim == .affected ? "The troubled arm shows it." : "The sound arm shows it.",
      from: .abstract, that: the(\.share, of: arm).atLeast(0.5), because: "half of what is so",
      seeds: .every(2), unlike: .putting(.wrong, for: arm))
    let isRecorded = ProcessInfo.processInfo.environment["STANDING"] == "recorded"
    return isRecorded ? expectation.recorded("too little was run") : expectation
  }

  /// Returns 1 for the sound arm, 0 for the wrong one, and trouble for the other.
  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    switch setup.way {
    case .sound: Outcome(share: 1.0)
    case .wrong: Outcome(share: 0.0)
    case .troubled: Outcome(share: try misbehave(in: trial))
    }
  }

  static func citation(_ slug: String, _ year: Int, file: String = #filePath) -> Paper {
    Paper(
      "nobody\(year)-\(slug)", .arxiv("\(year).00001"), year: year, title: "On \(slug)",
      authors: ["A. Nobody"], file: file)
  }
}
