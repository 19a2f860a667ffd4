import Replication

extension Tyurin2024LogisticToPerceptron {
  enum Arm: String, Name {
    // The worst-case set of Theorem 5.1.
    case tableDescent, tableNormalized, tableBatch, largerDescent, largerNormalized
    case worstLargeStep, worstStepHundred, worstUnitStep
    case worstBatch, worstPerceptron, worstNormalizedBatch
    // The two points of Theorem 4.1.
    case twoPoints10, twoPoints100, twoPoints1000, twoPointsTenth
    // Random separable sets.
    case randomDescent, randomDescentFromFullStep, randomNormalized
    case randomBatch, randomPerceptron, randomNormalizedBatch
    // MNIST, 5000 samples that the seed chooses.
    case zeroOneSteps, zeroOneOuterSteps, zeroOneLargeStep, zeroOneUnitStep, zeroOneBatch
    case threeSevenLargeStep, threeSevenUnitStep, threeSevenBatch, threeSevenNormalized
    // CIFAR-10, 5000 airplanes and ships that the seed chooses.
    case planeShipLargeStep, planeShipUnitStep, planeShipBatch
    // MNIST, the first 5000 samples.
    case firstZeroOneSteps, firstZeroOneLargeStep, firstZeroOneUnitStep, firstZeroOneBatch
    // MNIST, 4950 samples of the first digit and 50 of the second.
    case rareOneLargeStep, rareOneNormalized, rareSevenLargeStep, rareSevenNormalized
  }

  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .tableDescent: [worst(1000, .gradientDescent, 100)]
    case .tableNormalized: [100, 10, 1, 0.1].map { worst(1000, .normalizedGradientDescent, $0) }
    case .tableBatch: [worst(1000, .batchPerceptron)]
    case .largerDescent: [worst(1024, .gradientDescent, 100)]
    case .largerNormalized: [100, 10, 1, 0.1].map { worst(1024, .normalizedGradientDescent, $0) }
    case .worstLargeStep: sizes.map { worst($0, .gradientDescent, 1e4) }
    case .worstStepHundred: sizes.map { worst($0, .gradientDescent, 100) }
    case .worstUnitStep: sizes.map { worst($0, .gradientDescent, 1, cap: 1000) }
    case .worstBatch: sizes.map { worst($0, .batchPerceptron) }
    case .worstPerceptron: sizes.map { worst($0, .perceptron) }
    case .worstNormalizedBatch: sizes.map { worst($0, .normalizedBatchPerceptron) }
    case .twoPoints10: [twoPoints(10)]
    case .twoPoints100: [twoPoints(100)]
    case .twoPoints1000: [twoPoints(1000)]
    case .twoPointsTenth: [twoPoints(0.1)]
    case .randomDescent: [1e2, 1e4, 1e6].map { compared($0, firstWeight: 0.5) }
    case .randomDescentFromFullStep: [1e2, 1e4, 1e6].map { compared($0, firstWeight: 1) }
    case .randomNormalized: [0.1, 1, 10, 100].map { random(.normalizedGradientDescent, $0) }
    case .randomBatch: [random(.batchPerceptron)]
    case .randomPerceptron: [random(.perceptron)]
    case .randomNormalizedBatch: [random(.normalizedBatchPerceptron)]
    case .zeroOneSteps, .zeroOneOuterSteps, .zeroOneLargeStep, .zeroOneUnitStep, .zeroOneBatch:
      images(arm, .zeroOne, at: tier)
    case .threeSevenLargeStep, .threeSevenUnitStep, .threeSevenBatch, .threeSevenNormalized:
      images(arm, .threeSeven, at: tier)
    case .planeShipLargeStep, .planeShipUnitStep, .planeShipBatch:
      images(arm, .planeShip, at: tier)
    case .firstZeroOneSteps, .firstZeroOneLargeStep, .firstZeroOneUnitStep, .firstZeroOneBatch:
      images(arm, .zeroOne, at: tier).map { setup in
        var setup = setup
        setup.inFileOrder = true
        return setup
      }
    case .rareOneLargeStep, .rareOneNormalized: rare(arm, .zeroOne, at: tier)
    case .rareSevenLargeStep, .rareSevenNormalized: rare(arm, .threeSeven, at: tier)
    }
  }

  /// The sizes of the worst-case set along which the count of iterations is fitted.
  private static let sizes = [100, 250, 500, 1000, 2000]

  private static func worst(
    _ n: Int, _ method: Method, _ gamma: Double = 1, cap: Int = 10_000
  ) -> Setup {
    Setup(source: .worstCase, count: n, method: method, gamma: gamma, cap: cap)
  }

  private static func twoPoints(_ gamma: Double) -> Setup {
    Setup(source: .twoPoints, count: 2, method: .gradientDescent, gamma: gamma)
  }

  private static func random(_ method: Method, _ gamma: Double = 1) -> Setup {
    Setup(source: .random, count: 100, method: method, gamma: gamma)
  }

  private static func compared(_ gamma: Double, firstWeight: Double) -> Setup {
    Setup(
      source: .random, count: 100, method: .gradientDescent, gamma: gamma, compared: 50,
      firstWeight: firstWeight)
  }

  private static func images(_ arm: Arm, _ source: Source, at tier: Tier) -> [Setup] {
    func setup(_ method: Method, _ gamma: Double = 1, cap given: Int? = nil) -> Setup {
      Setup(
        source: source, count: 5000, method: method, gamma: gamma, cap: given ?? cap(at: tier))
    }
    return switch arm {
    case .zeroOneSteps, .firstZeroOneSteps:
      [0.1, 1, 10, 100].map { setup(.gradientDescent, $0) }
    case .zeroOneOuterSteps: [0.001, 0.01, 1000].map { setup(.gradientDescent, $0) }
    case .zeroOneUnitStep, .firstZeroOneUnitStep: [setup(.gradientDescent, 1)]
    case .planeShipUnitStep: [setup(.gradientDescent, 1)]
    case .threeSevenUnitStep:
      // A control, which is refuted long before it is solved.
      [setup(.gradientDescent, 1, cap: 3000)]
    case .zeroOneBatch, .firstZeroOneBatch, .threeSevenBatch, .planeShipBatch:
      [setup(.batchPerceptron)]
    case .threeSevenNormalized: [setup(.normalizedGradientDescent, 100)]
    default: [setup(.gradientDescent, 100)]
    }
  }

  private static func rare(_ arm: Arm, _ source: Source, at tier: Tier) -> [Setup] {
    let descends = arm == .rareOneLargeStep || arm == .rareSevenLargeStep
    return [
      Setup(
        source: source, count: 5000, minority: 50,
        method: descends ? .gradientDescent : .normalizedGradientDescent, gamma: 100,
        cap: cap(at: tier))
    ]
  }

  /// Where an unsolved run on images ends.
  ///
  /// At smoke soon after the 480 iterations that a run to be judged takes, so that the control's
  /// small step costs little.
  static func cap(at tier: Tier) -> Int {
    switch tier {
    case .smoke: 600
    case .standard: 10_000
    case .full: 100_000
    }
  }
}
