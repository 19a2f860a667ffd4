import Replication

extension Ge2023UnsupervisedPretraining {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .labels: [factor(unlabelled: 5000, labels: grid)]
    case .fewLabels: [factor(unlabelled: 5000, labels: [20, 50, 150])]
    case .moreLabels:
      [factor(unlabelled: 5000, labels: tier == .smoke ? [50, 150, 400] : [50, 150, 400, 1600])]
    case .grid: [200, 500, 2000, 20_000].map { factor(unlabelled: $0, labels: grid) }
    case .fiftyLabels:
      (tier == .smoke ? [20_000] : [20_000, 100_000]).map {
        factor(unlabelled: $0, labels: [50])
      }
    case .scarceUnlabelled: [factor(unlabelled: 100, labels: [1600])]
    case .fewUnlabelled: [factor(unlabelled: 100, labels: [5000])]
    case .unlabelled: sizes.map { factor(unlabelled: $0, labels: [20_000]) }
    case .permutedUnlabelled:
      sizes.map { factor(unlabelled: $0, labels: [20_000], permuted: true) }
    case .uninformative: [factor(.uninformative, unlabelled: 5000, labels: [1600])]
    case .rotated: [factor(.rotation, unlabelled: 5000, labels: [50])]
    case .mixture: [mixture(of: components)]
    case .wrongMixture: [mixture(of: 2)]
    case .contrastive:
      [Setup(model: .contrastive, dimension: 30, latent: 3, unlabelled: 20_000, labels: [50])]
    case .digits: [Setup(model: .digits, latent: 20, labels: [50, 100, 500, 2000])]
    }
  }

  /// Below, at and far above the dimension, where learning from labels alone peaks.
  private static let grid = [20, 50, 150, 400, 1600]
  private static let sizes = [300, 1000, 3000, 10_000, 30_000]

  private static func factor(
    _ model: Model = .factor, unlabelled: Int, labels: [Int], permuted: Bool = false
  ) -> Setup {
    Setup(
      model: model, dimension: 100, latent: 3, unlabelled: unlabelled, labels: labels,
      permuted: permuted)
  }

  private static func mixture(of latent: Int) -> Setup {
    Setup(
      model: .mixture, dimension: 50, latent: latent, unlabelled: 5000,
      labels: [10, 25, 50, 200, 1000])
  }
}
