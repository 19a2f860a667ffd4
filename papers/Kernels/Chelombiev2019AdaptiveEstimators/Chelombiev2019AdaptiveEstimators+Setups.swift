import Replication

extension Chelombiev2019AdaptiveEstimators {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .codes: [Setup(problem: .dataset)]
    case .swappedCodes: [Setup(problem: .dataset, swapsVertices: true)]
    case .tanh: [network(.tanh, at: tier)]
    case .nonSaturating: nonSaturating.map { network($0, at: tier) }
    case .frozen: nonSaturating.map { frozen($0, at: tier) }
    case .activations, .accuracies: activations(at: tier).map { network($0, at: tier) }
    case .otherAccuracies:
      // The same networks with each activation in another one's place.
      (activations(at: tier).dropFirst() + activations(at: tier).prefix(1))
        .map { network($0, at: tier) }
    case .relu: [network(.relu, at: tier)]
    case .frozenRelu: [frozen(.relu, kernels: true, at: tier)]
    case .penalized: [network(.relu, penalty: 0.015, at: tier)]
    case .slightlyPenalized: [network(.relu, penalty: 1e-6, at: tier)]
    }
  }

  private static let nonSaturating: [Nonlinearity] = [.relu, .elu]

  private static func activations(at tier: Tier) -> [Nonlinearity] {
    switch tier {
    case .smoke: [.tanh, .relu]
    case .standard: [.tanh, .relu, .elu, .softplus]
    case .full: [.tanh, .relu, .elu, .softplus, .swish]
    }
  }

  private static func network(
    _ activation: Nonlinearity, penalty: Double = 0, at tier: Tier
  ) -> Setup {
    let (epochs, estimates) =
      switch tier {
      case .smoke: (100, 8)
      case .standard: (3000, 25)
      case .full: (8000, 400)
      }
    // Kernel estimates take the distances of all pairs of codes: at standard those of a penalty only.
    return Setup(
      problem: .network, activation: activation, penalty: penalty, epochs: epochs,
      estimates: estimates, leastAccuracy: tier == .smoke ? 0 : 0.8,
      kernels: penalty >= 0.01 || tier == .full && activation == .relu)
  }

  private static func frozen(
    _ activation: Nonlinearity, kernels: Bool = false, at tier: Tier
  ) -> Setup {
    var setup = network(activation, at: tier)
    setup.kernels = kernels
    setup.estimates = 3
    setup.leastAccuracy = 0
    setup.trains = false
    return setup
  }
}
