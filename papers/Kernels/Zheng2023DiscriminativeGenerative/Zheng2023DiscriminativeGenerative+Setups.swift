import Replication

extension Zheng2023DiscriminativeGenerative {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .logistic: gaussians(.logistic, in: dimensions(at: tier), at: tier)
    case .bayes: gaussians(.bayes, in: dimensions(at: tier), at: tier)
    case .separatedLogistic:
      gaussians(.logistic, in: dimensions(at: tier), separation: 10, at: tier)
    case .bayesWide: gaussians(.bayes, in: wide(at: tier), at: tier)
    case .quadratic: gaussians(.quadratic, in: [25, 50, 100], at: tier)
    case .unsharedBayes: gaussians(.unsharedBayes, in: dimensions(at: tier), at: tier)
    case .threeLogistic: gaussians(.logistic, classes: 3, in: [50, 100], at: tier)
    case .threeBayes: gaussians(.bayes, classes: 3, in: [50, 100], at: tier)
    case .manyLogistic: many(.logistic, at: tier)
    case .manyBayes: many(.bayes, at: tier)
    case .digitsLogistic: [features(.digits, .logistic)]
    case .digitsBayes: [features(.digits, .bayes)]
    case .digitsDisjoint: [features(.digits, .logistic, disjoint: true)]
    case .digitsTuned: [features(.digits, .tunedLogistic)]
    case .photosLogistic: [features(.photos, .logistic)]
    case .photosBayes: [features(.photos, .bayes)]
    case .photosDisjoint: [features(.photos, .logistic, disjoint: true)]
    }
  }

  private static func dimensions(at tier: Tier) -> [Int] {
    switch tier {
    case .smoke: [25, 50, 100, 200]
    case .standard: [100, 200, 400]
    case .full: [100, 200, 400, 1000]
    }
  }

  private static func wide(at tier: Tier) -> [Int] {
    tier == .smoke ? dimensions(at: tier) : [25, 50] + dimensions(at: tier)
  }

  private static func gaussians(
    _ method: Method, classes: Int = 2, in dimensions: [Int], separation: Double = 1, at tier: Tier
  ) -> [Setup] {
    dimensions.map { dimension in
      Setup(
        source: .gaussians, method: method, classes: classes, dimension: dimension,
        separation: separation, tests: tier == .smoke ? 2000 : 10_000)
    }
  }

  /// The paper's further classes, at its own dimensions.
  private static func many(_ method: Method, at tier: Tier) -> [Setup] {
    guard tier == .full else { return [] }
    return [5, 7].flatMap { classes in
      gaussians(method, classes: classes, in: [100, 200, 400, 1000], at: tier)
    }
  }

  private static func features(
    _ source: Source, _ method: Method, disjoint: Bool = false
  ) -> Setup {
    Setup(
      source: source, method: method, sizes: [10, 20, 50, 100, 300, 1000, 5000],
      disjoint: disjoint,
      // Five epochs of 25 000 photographs.
      features: Features(source: source, steps: source == .digits ? 1200 : 975))
  }
}
