import Replication

extension Radhakrishnan2022WideDeepOptimality {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .optimalSlope:
      [2, 3, 5, 9].map {
        Setup(problem: .slope, activation: .optimal, dimension: $0, depths: [100])
      }
    case .squareSlope:
      // Deeper, the kernel at these distances is below the least number.
      [Setup(problem: .slope, activation: .square, dimension: 2, depths: [20])]
    case .optimal:
      dimensions(at: tier).map { classified(.optimal, dimension: $0, depth: 100, at: tier) }
    case .square:
      // Deep enough to tell points apart that lie close together near an edge of the simplex.
      dimensions(at: tier).map { classified(.square, dimension: $0, depth: 36, at: tier) }
    case .erf: [classified(.erf, dimension: 2, depth: 200, at: tier)]
    case .pairSquare: [pair(.square, depth: 24)]
    case .pairOptimal: [pair(.optimal, depth: 100)]
    case .constant: [pair(.constant, depth: 60)]
    case .unbiased: [pair(.unbiased, depth: 60)]
    case .trend:
      [
        Setup(
          problem: .classification, activation: .optimal, dimension: 2, depths: [100],
          samples: [250, 1000, 4000], tests: 2000, spent: 4000)
      ]
    case .relu: [deep(.relu, at: tier)]
    case .singularDepths: [deep(.optimal, at: tier)]
    case .regression:
      (tier == .smoke ? [2] : [2, 3, 5]).map {
        Setup(
          problem: .regression, activation: .optimal, dimension: $0, depths: [2, 10, 100],
          samples: [250], tests: 2000)
      }
    }
  }

  private static func dimensions(at tier: Tier) -> [Int] { tier == .smoke ? [2] : [2, 3, 5, 9] }

  /// The most training points of a tier.
  static func most(at tier: Tier) -> Int {
    switch tier {
    case .smoke: 250
    case .standard: 1000
    case .full: 10_000
    }
  }

  private static func classified(
    _ activation: Activation, dimension: Int, depth: Int, at tier: Tier
  ) -> Setup {
    let samples = tier == .smoke ? [250] : [250, most(at: tier)]
    return Setup(
      problem: .classification, activation: activation, dimension: dimension, depths: [depth],
      samples: samples, tests: tier == .full ? 10_000 : 2000)
  }

  private static func pair(_ activation: Activation, depth: Int) -> Setup {
    Setup(
      problem: .classification, activation: activation, dimension: 2, depths: [depth],
      samples: [250], tests: 2000)
  }

  private static func deep(_ activation: Activation, at tier: Tier) -> Setup {
    Setup(
      problem: .depths, activation: activation, dimension: 2,
      depths: [10, 100, 1000, 10_000] + (tier == .full ? [50_000] : []), samples: [30],
      tests: 300)
  }
}
