import Replication

extension Roberts2021PrinciplesDLTheory {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    // An independent Newton solution of the three equations of half-stable activations (chapter 5).
    case .swish: [stated(.swish, bias: 0.55514317, weight: 1.98800468, kernel: 14.32017276)]
    case .gelu: [stated(.gelu, bias: 0.17292239, weight: 1.98305826, kernel: 3.56155279)]
    case .sigmoid: [Setup(experiment: .criticality, nonlinearity: .sigmoid)]
    case .tanhRecursion: [recursion(.tanh, weight: 1)]
    case .supercriticalTanhRecursion: [recursion(.tanh, weight: 1.1)]
    case .leakyRecursion: [recursion(.leaky, weight: leakyWeight)]
    case .subcritical: [growth(1.6, at: tier)]
    case .critical: [growth(2, at: tier)]
    case .supercritical: [growth(2.4, at: tier)]
    case .linear: [shallow(.linear, weight: 1, at: tier)]
    case .relu: [shallow(.relu, weight: 2, at: tier)]
    case .leaky: [shallow(.leaky, weight: leakyWeight, at: tier)]
    case .tanh: [shallow(.tanh, weight: 1, at: tier)]
    case .wideRelu: [ensemble(width: 256, depth: 8, nets: tier == .smoke ? 100 : 1000)]
    case .narrowShallow: [ensemble(width: 32, depth: 4, nets: 4000)]
    case .middleShallow: [ensemble(width: 64, depth: 8, nets: 4000)]
    case .middleDeep: [ensemble(width: 64, depth: 16, nets: 4000)]
    case .wideDeep: [ensemble(width: 128, depth: 16, nets: 4000)]
    case .residual: [ensemble(width: 64, depth: 16, nets: 1000, skip: 0.9)]
    case .weakResidual: [ensemble(width: 64, depth: 16, nets: 1000, skip: 0.25)]
    case .tangentKernel: [tangentKernel(2, at: tier)]
    case .supercriticalTangentKernel: [tangentKernel(2.4, at: tier)]
    case .trained: [2, 4].map { trained(depth: $0, at: tier) }
    case .featureLearning: [2, 4].map { trained(depth: $0, outputWidth: 32, at: tier) }
    case .algorithms:
      [.gradientDescent, .stochastic, .momentum].map { predicted(by: $0, at: tier) }
    case .deepCritical: [images(32, weight: 2, rate: 16, at: tier)]
    case .deepSubcritical: [images(32, weight: 1.2, rate: 16, at: tier)]
    case .deepSupercritical: [images(32, weight: 3, rate: 16, at: tier)]
    case .shallowCritical: [images(2, weight: 2, rate: 16, at: tier)]
    case .shallowSubcritical: [images(2, weight: 1.2, rate: 16, at: tier)]
    case .shallowSupercritical: [images(2, weight: 3, rate: 16, at: tier)]
    case .depths:
      (tier == .full ? [1, 2, 3, 4, 8, 16, 32, 64] : [1, 2, 3, 4, 8, 16, 32]).map {
        images($0, weight: 2, rate: 12, at: tier)
      }
    case .depthThree: [images(3, weight: 2, rate: 12, at: tier)]
    }
  }

  /// 1/A₂ with A₂ = (1 + leak²)/2.
  private static let leakyWeight = 2 / (1 + Nonlinearity.leak * Nonlinearity.leak)

  private static func stated(
    _ nonlinearity: Nonlinearity, bias: Double, weight: Double, kernel: Double
  ) -> Setup {
    Setup(
      experiment: .criticality, nonlinearity: nonlinearity, biasVariance: bias,
      weightVariance: weight, fixedPoint: kernel)
  }

  private static func recursion(_ nonlinearity: Nonlinearity, weight: Double) -> Setup {
    Setup(
      experiment: .recursion, nonlinearity: nonlinearity, weightVariance: weight, depth: 2000)
  }

  private static func ensemble(
    _ nonlinearity: Nonlinearity = .relu, weight: Double = 2, width: Int, depth: Int, nets: Int,
    skip: Double = 0
  ) -> Setup {
    Setup(
      experiment: .ensemble, nonlinearity: nonlinearity, weightVariance: weight, widths: [width],
      depth: depth, nets: nets, skip: skip)
  }

  /// Forty wide networks of ReLU, at criticality or off it.
  private static func growth(_ weight: Double, at tier: Tier) -> Setup {
    ensemble(weight: weight, width: tier == .smoke ? 128 : 256, depth: 16, nets: 40)
  }

  /// Networks whose depth is a seventh of their width and less.
  private static func shallow(
    _ nonlinearity: Nonlinearity, weight: Double, at tier: Tier
  ) -> Setup {
    ensemble(
      nonlinearity, weight: weight, width: 64, depth: tier == .smoke ? 8 : 9,
      nets: tier == .smoke ? 1000 : 4000)
  }

  private static func tangentKernel(_ weight: Double, at tier: Tier) -> Setup {
    Setup(
      experiment: .tangentKernel, weightVariance: weight, widths: [tier == .full ? 1024 : 256],
      depths: [4, 8, 16, 32], nets: 40)
  }

  private static func trained(depth: Int, outputWidth: Int = 0, at tier: Tier) -> Setup {
    Setup(
      experiment: .kernelChange, nonlinearity: .tanh, weightVariance: 1,
      widths: [32, 64, 128, 256, 512] + (tier == .full ? [1024] : []), depth: depth,
      outputWidth: outputWidth)
  }

  private static func predicted(by algorithm: Algorithm, at tier: Tier) -> Setup {
    Setup(
      experiment: .kernelPrediction, nonlinearity: .tanh, weightVariance: 1, widths: [64, 1024],
      depth: 2, algorithm: algorithm)
  }

  private static func images(
    _ depth: Int, weight: Double, rate: Double, at tier: Tier
  ) -> Setup {
    Setup(
      experiment: .images, weightVariance: weight, widths: [64], depth: depth,
      images: tier == .full ? 60_000 : 1000, steps: 400, rate: rate)
  }
}
