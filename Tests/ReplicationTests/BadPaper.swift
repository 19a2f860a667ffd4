import Replication

/// A declaration with a mistake of every kind that the compiler cannot see.
enum BadPaper: Replication {
  static let paper = Paper("Bad", .arxiv("12"), year: 2020, title: "", authors: [])
  static let departures: [String] = []

  enum Arm: String, Name { case only, empty, twice }
  enum Claim: String, Name { case unsaid, noNote, signOnly, idleControl, computedQuantity, orphan }

  struct Setup: Codable, Hashable { var size = 1 }

  struct Outcome: Codable {
    var loss: Loss
    var derived: Loss { loss }
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .only: [Setup()]
    case .empty: []
    case .twice: [Setup(), Setup()]
    }
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    guard tier == .smoke else { return nil }
    switch claim {
    case .unsaid:
      return Expectation(
        "no full stop", from: .abstract, that: the(\.loss, of: .only).atMost(1), because: "",
        seeds: .mean(of: 1), unlike: .none(""))
    case .noNote:
      return Expectation(
        "It reads an arm without setups.", from: .abstract,
        that: the(\.loss, of: .empty).atMost(1), because: "a reason", seeds: .every(2),
        unlike: .putting(.only, for: .empty))
    case .signOnly:
      return Expectation(
        "A sign is all it asks.", from: .abstract,
        that: (the(\.loss, of: .only) - the(\.loss, of: .twice)).atLeast(0), because: "a reason",
        seeds: .mean(of: 5), unlike: .putting(.twice, for: .only))
    case .idleControl:
      return Expectation(
        "Its control changes nothing.", from: .abstract, that: the(\.loss, of: .only).atMost(1),
        because: "a reason", seeds: .every(2), unlike: .putting(.twice, for: .empty))
    case .computedQuantity:
      return Expectation(
        "It reads a computed property.", from: .abstract,
        that: the(\.derived, of: .only).atMost(1), because: "a reason", seeds: .every(2),
        unlike: .none("a fixture"))
    case .orphan: return nil
    }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome { Outcome(loss: 1.0) }
}
