import Replication

extension Nutini2017BlockCoordinateDescent {
  enum Arm: String, Name {
    // Fixed blocks, updated by their Lipschitz constants.
    case fixedRandom, fixedCyclic, fixedLipschitz, fixedGS, fixedGSL, fixedGSD, fixedGSQ
    case fixedShuffled
    // Columns of norm one.
    case unitGS, unitGSL
    // Variable blocks: by constants, by matrices.
    case variableRandom, variableGS, variableGSD
    case matrixGS, matrixGSL, matrixGSD, matrixGSQ, matrixBetter
    // Orthonormal columns.
    case orthonormalConstant, orthonormalMatrix
    // Three times the step, and half of it.
    case longConstant, longMatrix, halfConstant, halfMatrix
    // A larger problem, with small and large blocks; columns of norm one; blocks of one coordinate.
    case largeGS, largeGSL, largeUnitGS, largeUnitGSL
    case largeConstant, largeMatrix, singleConstant, singleMatrix
    // Threes against sevens.
    case digitsRandom, digitsCyclic, digitsGSL, digitsGSD, digitsShuffled
    case digitsConstant, digitsMatrix
    // Graphs.
    case redBlack, treePartition, greedyTree, randomTree, largest, messages
    // x ≥ 0 with an L1 penalty: projected Newton and projected gradient.
    case newton50, newton150, gradient150, gradientRandom
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .fixedRandom: [fixed(.random, at: tier)]
    case .fixedCyclic: [fixed(.cyclic, at: tier)]
    case .fixedLipschitz: [fixed(.lipschitz, at: tier)]
    case .fixedGS: [fixed(.gs, at: tier)]
    case .fixedGSL: [fixed(.gsl, at: tier)]
    case .fixedGSD: [fixed(.gsd, at: tier)]
    case .fixedGSQ: [fixed(.gsq, at: tier)]
    case .fixedShuffled: [fixed(.shuffledGSL, at: tier)]
    case .unitGS: [fixed(.gs, .unitColumns, at: tier)]
    case .unitGSL: [fixed(.gsl, .unitColumns, at: tier)]
    case .variableRandom: [variable(.random, at: tier)]
    case .variableGS: [variable(.gs, at: tier)]
    case .variableGSD: [variable(.gsd, at: tier)]
    case .matrixGS: [variable(.gs, .matrix, at: tier)]
    case .matrixGSL: [variable(.gsl, .matrix, at: tier)]
    case .matrixGSD: [variable(.gsd, .matrix, at: tier)]
    case .matrixGSQ: [variable(.gsq, .matrix, at: tier)]
    case .orthonormalConstant: [orthonormal(.lipschitz)]
    case .orthonormalMatrix: [orthonormal(.matrix)]
    case .matrixBetter: [variable(.betterOfGSQAndGSD, .matrix, at: tier)]
    case .longConstant: [stretched(variable(.gsd, at: tier), by: 3)]
    case .longMatrix: [stretched(variable(.gsd, .matrix, at: tier), by: 3)]
    case .halfConstant: [stretched(variable(.gsd, at: tier), by: 0.5)]
    case .halfMatrix: [stretched(variable(.gsd, .matrix, at: tier), by: 0.5)]
    case .largeGS: large(.gs, fixed: true)
    case .largeGSL: large(.gsl, fixed: true)
    case .largeUnitGS: large(.gs, problem: .unitColumns, fixed: true)
    case .largeUnitGSL: large(.gsl, problem: .unitColumns, fixed: true)
    case .largeConstant: large(.gsd)
    case .largeMatrix: large(.gsd, .matrix)
    case .singleConstant: large(.gsd, sizes: [1])
    case .singleMatrix: large(.gsd, .matrix, sizes: [1])
    case .digitsRandom: [digits(.random, fixed: true)]
    case .digitsCyclic: [digits(.cyclic, fixed: true)]
    case .digitsGSL: [digits(.gsl, fixed: true)]
    case .digitsGSD: [digits(.gsd, fixed: true)]
    case .digitsShuffled: [digits(.shuffledGSL, fixed: true)]
    case .digitsConstant: [digits(.gsd)]
    case .digitsMatrix: [digits(.gsd, .matrix)]
    case .redBlack: [lattice(.redBlack, at: tier)]
    case .treePartition: [lattice(.treePartition, at: tier)]
    case .greedyTree: [lattice(.greedyTree, at: tier)]
    case .randomTree: [lattice(.randomTree, at: tier)]
    case .largest: [lattice(.largest, at: tier)]
    case .messages:
      [
        Setup(
          problem: .messages, rows: 0, columns: 16, iterations: 1,
          sides: tier == .smoke ? [13, 20, 27] : [13, 21, 35, 59])
      ]
    case .newton50: [nonNegative(.gsq, .matrix, size: 50, iterations: 60)]
    case .newton150: [nonNegative(.gsq, .matrix, size: 150, iterations: 20)]
    case .gradient150: [nonNegative(.gsq, .lipschitz, size: 150, iterations: 300)]
    case .gradientRandom: [nonNegative(.random, .lipschitz, size: 50, iterations: 300)]
    }
  }

  private static func leastSquares(at tier: Tier) -> Setup {
    tier == .full
      ? Setup(problem: .sparse, rows: 1000, columns: 10_000, iterations: 500)
      : Setup(
        problem: .sparse, rows: 200, columns: 1000, iterations: tier == .smoke ? 150 : 300)
  }

  private static func fixed(
    _ rule: Rule, _ problem: Problem = .sparse, at tier: Tier
  ) -> Setup {
    var setup = leastSquares(at: tier)
    (setup.problem, setup.fixed, setup.rule) = (problem, true, rule)
    return setup
  }

  private static func variable(
    _ rule: Rule, _ update: Update = .lipschitz, at tier: Tier
  ) -> Setup {
    var setup = leastSquares(at: tier)
    (setup.rule, setup.update) = (rule, update)
    return setup
  }

  /// Fewer iterations than blocks, so that something is left to do.
  private static func orthonormal(_ update: Update) -> Setup {
    Setup(
      problem: .orthonormal, rows: 800, columns: 800, rule: .gsd, update: update,
      iterations: 150)
  }

  private static func digits(
    _ rule: Rule, _ update: Update = .lipschitz, fixed: Bool = false
  ) -> Setup {
    Setup(
      problem: .digits, rows: 5000, columns: 784, fixed: fixed, rule: rule, update: update,
      iterations: 150)
  }

  private static func stretched(_ setup: Setup, by factor: Double) -> Setup {
    var setup = setup
    (setup.stretch, setup.iterations) = (factor, 20)
    return setup
  }

  private static func large(
    _ rule: Rule, _ update: Update = .lipschitz, problem: Problem = .sparse, fixed: Bool = false,
    sizes: [Int] = [5, 50]
  ) -> [Setup] {
    sizes.map {
      Setup(
        problem: problem, rows: 500, columns: 4000, fixed: fixed, rule: rule, update: update,
        size: $0, iterations: 500)
    }
  }

  private static func lattice(_ rule: Rule, at tier: Tier) -> Setup {
    let isSmall = tier == .smoke
    return Setup(
      problem: .lattice, rows: isSmall ? 20 : 50, columns: isSmall ? 16 : 100, rule: rule,
      update: .matrix, iterations: 150)
  }

  private static func nonNegative(
    _ rule: Rule, _ update: Update, size: Int, iterations: Int
  ) -> Setup {
    Setup(
      problem: .nonNegative, rows: 200, columns: 1000, rule: rule, update: update, size: size,
      iterations: iterations)
  }
}
