import Replication
import TrainingCore

extension Goldfarb2024TaskSimilarity {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .rotated: overparameterizations(at: tier).map { cell(.rotated, β: $0, at: tier) }
    case .freshTask: overparameterizations(at: tier).map { cell(.freshTask, β: $0, at: tier) }
    case .growing:
      // 2000 draws at every p, so that the bias is known to 5 % in each seed.
      (tier == .full ? [20, 40, 100, 200, 400] : [20, 40, 100, 200]).map {
        regression(p: $0, β: 0.9, α: [0.5], draws: 2000)
      }
    case .threshold: [cell(.rotated, β: 0, at: tier)]
    case .halfRank: [cell(.rotated, β: 0.5, at: tier)]
    case .overparameterized: [regression(p: 400, β: 0.99, α: quarters, draws: draws(tier))]
    case .nearThreshold:
      (tier == .smoke ? [0.5] : [0, 0.25, 0.5]).map {
        regression(p: 80, β: $0, α: eighths, draws: draws(tier))
      }
    case .flatSpectrum: [explicit(.flatSpectrum, at: tier)]
    case .gaussianSpectrum: [explicit(.gaussianSpectrum, at: tier)]
    case .unscaledSpectrum: [explicit(.unscaledSpectrum, at: tier)]
    case .reducedDraws: [explicit(.rotated, at: tier)]
    case .wide: [wide(at: tier)]
    case .narrow: [narrow]
    case .manyWidths:
      tier == .full ? [8, 32, 128, 512, 2048].map { sweep(hidden: $0, images: 60_000) } : []
    case .manyImages:
      tier == .full ? [200, 600, 2000, 6000, 20_000].map { sweep(hidden: 128, images: $0) } : []
    }
  }

  /// Quarters of the dissimilarity, for which the formula's values are tabulated.
  private static let quarters = [0.25, 0.5, 0.75, 1]
  private static let eighths = (1...8).map { Double($0) / 8 }
  private static let fine = [0.1, 0.25, 0.4, 0.5, 0.6, 0.75, 0.8, 0.9, 1]

  private static func draws(_ tier: Tier) -> Int { tier == .smoke ? 60 : 200 }

  /// At p = 100 these are ranks d of 100, 90, 50, 10 and 1; of 100, 75, 50, 20, 10, 5 and 1.
  private static func overparameterizations(at tier: Tier) -> [Double] {
    tier == .smoke ? [0, 0.1, 0.5, 0.9, 0.99] : [0, 0.25, 0.5, 0.8, 0.9, 0.95, 0.99]
  }

  /// One curve of the comparison of the formula with draws.
  private static func cell(_ problem: Problem, β: Double, at tier: Tier) -> Setup {
    regression(
      problem, p: 100, β: β, α: tier == .smoke ? quarters : fine, draws: draws(tier))
  }

  private static func regression(
    _ problem: Problem = .rotated, p: Int, β: Double, α: [Double], draws: Int
  ) -> Setup {
    Setup(
      problem: problem, dimension: p, overparameterization: β, dissimilarities: α, draws: draws)
  }

  /// Small enough for training on explicit inputs in every draw; reduced draws at the same size.
  private static func explicit(_ problem: Problem, at tier: Tier) -> Setup {
    regression(problem, p: 40, β: 0.5, α: quarters, draws: draws(tier))
  }

  /// Large h, few images: the overparameterized regime.
  private static func wide(at tier: Tier) -> Setup {
    var setup = Setup(problem: .network)
    setup.momentum = 0.9
    setup.rate = 0.1
    setup.images = 200
    setup.hidden = tier == .smoke ? 400 : 1000
    setup.steps = tier == .smoke ? 100 : 200
    setup.batch = tier == .smoke ? 50 : 100
    setup.sides = tier == .smoke ? [0, 20] : [0, 8, 16, 20, 24, 28]
    return setup
  }

  /// Small h, many images.
  private static var narrow: Setup {
    var setup = Setup(problem: .network)
    setup.momentum = 0.9
    setup.rate = 0.02
    setup.images = 2000
    setup.hidden = 8
    setup.steps = 3000
    setup.batch = 100
    setup.sides = sides
    return setup
  }

  /// One point of the sweeps over widths, on all images of MNIST, and over numbers of images, at the
  /// middle width; each spans two decades.
  private static func sweep(hidden: Int, images: Int) -> Setup {
    var setup = narrow
    setup.hidden = hidden
    setup.images = images
    setup.steps = 12_000
    return setup
  }

  private static let sides = [0, 4, 8, 12, 16, 20, 24, 28]
}
