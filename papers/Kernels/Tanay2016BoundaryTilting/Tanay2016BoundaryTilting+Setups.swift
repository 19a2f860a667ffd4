import Replication

extension Tanay2016BoundaryTilting {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .full:
      [
        Setup(
          problem: .digits, penalties: decades + [1e-6, 1e-8], ranks: [300, 400, 500, 600, 700],
          drawn: [1e3, 10, 0.1, 1e-2, 1e-4, 1e-8])
      ]
    case .subsets:
      tier == .smoke
        ? [
          Setup(
            problem: .digits, samples: 1000, penalties: [1e2, 0.1, 1e-2, 1e-4],
            drawn: [1e2, 0.1, 1e-2, 1e-4])
        ]
        : [Setup(problem: .digits, samples: 5000, penalties: decades)]
    case .whitened:
      tier == .smoke
        ? [Setup(problem: .digits, samples: 1000, penalties: [1e2], isWhitened: true)]
        : [Setup(problem: .digits, penalties: [1e3, 1e2], isWhitened: true)]
    case .toy: [toy(isNarrow: false, at: tier)]
    case .narrowToy: [toy(isNarrow: true, at: tier)]
    }
  }

  private static let decades = [1e3, 1e2, 10, 1, 0.1, 1e-2, 1e-3, 1e-4]

  private static func toy(isNarrow: Bool, at tier: Tier) -> Setup {
    Setup(
      problem: .gaussians, samples: 5000,
      penalties: tier == .smoke ? [1e2, 0.1, 1e-2, 1e-3, 1e-4] : decades + [1e-6, 1e-8],
      isNarrow: isNarrow)
  }
}
