import Replication

extension Goldfarb2024TaskSimilarity {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let shapes: [Figure<Self>] = [
      Figure(
        "Forgetting after random rotations", like: .figure(2), over: \.forgetting,
        "dissimilarity α", "forgetting",
        lines: [
          "draws": the(\.forgetting, of: .rotated), "Theorem 3": the(\.formula, of: .rotated),
        ])
    ]
    guard tier != .smoke else { return shapes }
    return shapes + [
      Figure(
        "Forgetting of networks on permuted MNIST", like: .figure(6), over: \.rise,
        "side of the permuted square, px", "rise of the cross-entropy",
        lines: [
          "wide, few images": the(\.rise, of: .wide), "narrow, many": the(\.rise, of: .narrow),
        ])
    ]
  }
}
