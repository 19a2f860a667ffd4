import Replication
import TrainingCore

extension Wang2023ActiveMultitaskLasso {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    let isSmoke = tier == .smoke
    func relevance(_ features: Int, _ sources: [Int]) -> [Setup] {
      [Setup(experiment: .relevance, features: features, sources: sources)]
    }
    return switch arm {
    case .fiveFeatures: relevance(5, isSmoke ? [20] : [20, 50, 100])
    case .tenFeatures: relevance(10, [100])
    case .twentyFeatures: isSmoke ? [] : relevance(20, [160])
    case .leastL1: [simulation(.leastL1, at: tier)]
    case .leastL2: [simulation(.leastL2, at: tier)]
    case .leastL2Size: [simulation(.leastL2Size, at: tier)]
    case .passive: [simulation(.passive, at: tier)]
    case .shuffledL1: [simulation(.shuffledL1, at: tier)]
    case .growingL1: isSmoke ? [] : [simulation(.leastL1, budgets: grid)]
    case .growingL2: isSmoke ? [] : [simulation(.leastL2, budgets: grid)]
    case .growingRaisedL1: isSmoke ? [] : [simulation(.leastL1, budgets: grid, floor: 100)]
    case .knownL1: isSmoke ? [] : [simulation(.leastL1, budgets: [6000], floor: 100)]
    case .lasso: isSmoke ? [] : [simulation(.lasso, budgets: [6000], floor: 100)]
    case .earlyLasso: isSmoke ? [] : [simulation(.lasso, budgets: [6000])]
    case .noPenalty: isSmoke ? [] : [simulation(.noPenalty, budgets: [6000], floor: 100)]
    case .cost: isSmoke ? [] : [cost(.leastL1)]
    case .shuffledCost: isSmoke ? [] : [cost(.shuffledL1)]
    case .images: isSmoke ? [] : [images]
    }
  }

  /// Budgets a factor of two apart, with 8000 in the middle.
  private static let grid = [2000, 4000, 8000, 16_000, 32_000]

  private static func simulation(_ allocation: Allocation, at tier: Tier) -> Setup {
    // Where every seed must show it, a seed is a mean of ten draws.
    var setup = simulation(allocation, budgets: [tier == .smoke ? 3000 : 6000])
    setup.draws = tier == .smoke ? 10 : 1
    return setup
  }

  private static func simulation(
    _ allocation: Allocation, budgets: [Int], floor: Int = 20
  ) -> Setup {
    Setup(
      experiment: .simulation, features: 3, allocation: allocation, budgets: budgets, floor: floor)
  }

  private static func cost(_ allocation: Allocation) -> Setup {
    Setup(experiment: .cost, features: 3, allocation: allocation, budgets: grid)
  }

  /// 64 components and a constant, 150 examples a source, half of them in the first stage.
  private static var images: Setup {
    Setup(
      experiment: .images, features: 10, dimension: 65, sources: [79], budgets: [150], floor: 75,
      targetCount: 50, sweeps: 8)
  }
}
