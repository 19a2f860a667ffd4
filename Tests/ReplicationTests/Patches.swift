import Evidence
import Replication

/// A paper that records images, whose pixels are its width and its seed.
enum Patches: Replication {
  static let paper = Paper(
    "patches2020-fixture", .arxiv("2001.00009"), year: 2020, title: "Patches", authors: ["A. B."])
  static let departures: [String] = []

  enum Arm: String, Name { case wide, plain }
  enum Claim: String, Name { case any }
  struct Setup: Codable, Hashable { var width = 1 }
  struct Outcome: Codable {
    var patches: [RecordedImage]
    var photo: RecordedImage
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    arm == .wide ? [Setup(width: 2), Setup(width: 3)] : [Setup()]
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? { nil }

  static func figures(at tier: Tier) -> [Figure<Self>] {
    [
      Figure(
        "Patches", like: .figure(1), imagesOf: "weight", from: 0...4, columns: ["first"],
        rows: ["learned": the(\.patches, of: .wide), "seen": the(\.photo, of: .plain)])
    ]
  }

  static func run(_ setup: Setup, in trial: Trial) -> Outcome {
    let values = [Double(setup.width)] + Array(repeating: nil, count: setup.width - 1)
    let patch = RecordedImage(height: 1, width: setup.width, values: values)
    return Outcome(
      patches: [patch, patch],
      photo: RecordedImage(height: 1, width: 1, channels: 3, values: [0, 1, Double(trial.seed)]))
  }
}
