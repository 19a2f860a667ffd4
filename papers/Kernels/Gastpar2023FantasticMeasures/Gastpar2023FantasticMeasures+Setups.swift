import Replication

extension Gastpar2023FantasticMeasures {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .equalWorlds: [enumerated(.enumeratedFunctions, chance: 0.5)]
    case .biasedHypothesis: [enumerated(.enumeratedFunctions, chance: 0.7)]
    case .equalLinearWorlds: [enumerated(.enumeratedFunctionals, chance: 0.5)]
    case .biasedFunctional: [enumerated(.enumeratedFunctionals, chance: 0.7)]
    case .memorizers:
      tier == .smoke
        ? [memorizer(200, 10, at: tier)]
        : [memorizer(50, 5, at: tier), memorizer(200, 10, at: tier), memorizer(1000, 50, at: tier)]
    case .manySamples: [memorizer(200, 1000, at: tier)]
    case .estimators:
      [.quarter, .empiricalLoss, .parameterCount, .coin].map { memorizer($0, at: tier) }
    case .oracle: [memorizer(.oracle, at: tier)]
    case .ranks: orders.map { ranks(of: $0, at: tier) }
    case .algorithmKnown:
      [.quarter, .empiricalLoss, .greatestLoss, .leaveOneOut, .coin].flatMap { estimator in
        orders.map { functional(estimator, of: $0, at: tier) }
      }
    case .freshSamples: orders.map { functional(.freshSamples, of: $0, at: tier) }
    case .subspaces: [subspaces(prefers: true, at: tier)]
    case .noPreference: [subspaces(prefers: false, at: tier)]
    case .randomLabels: [network(.random, at: tier)]
    case .trueLabels: [network(.digits, at: tier)]
    }
  }

  private static let orders = [2, 3, 11]

  /// Small enough that every case can be written down: every probability is a multiple of 1/256.
  private static func enumerated(_ construction: Construction, chance: Double) -> Setup {
    Setup(construction: construction, domain: 4, samples: 2, chance: chance)
  }

  private static func memorizer(_ domain: Int, _ samples: Int, at tier: Tier) -> Setup {
    Setup(
      construction: .functions, domain: domain, samples: samples,
      draws: tier == .smoke ? 2000 : 10_000)
  }

  private static func memorizer(_ estimator: Estimator, at tier: Tier) -> Setup {
    var setup = memorizer(200, 10, at: tier)
    setup.estimator = estimator
    return setup
  }

  private static func ranks(of order: Int, at tier: Tier) -> Setup {
    let n = tier == .smoke ? 12 : 20
    return Setup(construction: .ranks, domain: n, samples: n, order: order, draws: 20_000)
  }

  private static func functional(_ estimator: Estimator, of order: Int, at tier: Tier) -> Setup {
    // Leaving out each point takes a dozen eliminations a draw, and fresh samples as many numbers;
    // neither is anywhere near the bound.
    let isSlow = estimator == .leaveOneOut || estimator == .freshSamples
    return Setup(
      construction: .functionals, domain: 30, samples: 12, order: order, estimator: estimator,
      draws: isSlow ? (tier == .smoke ? 300 : 4000) : (tier == .smoke ? 5000 : 20_000))
  }

  private static func subspaces(prefers: Bool, at tier: Tier) -> Setup {
    Setup(
      construction: .subspaces, domain: 30, samples: 12, prefersSubspace: prefers,
      draws: tier == .smoke ? 4000 : 20_000)
  }

  private static func network(_ labels: Labels, at tier: Tier) -> Setup {
    var setup = Setup(construction: .network)
    setup.labels = labels
    setup.samples = tier == .smoke ? 200 : tier == .standard ? 1000 : 10_000
    setup.hidden = tier == .smoke ? 64 : 256
    setup.epochs = tier == .full ? 2000 : 400
    setup.fresh = tier == .smoke ? 5000 : 20_000
    return setup
  }
}
