import Replication

extension He2024LayerwiseBounds {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .deep:
      (tier == .smoke ? [(20, 10)] : [(10, 5), (20, 10), (200, 20)])
        .map { deep(dimension: $0, samples: $1, draws: 100_000) }
    case .manySamples:
      [deep(dimension: 50, samples: 100, draws: tier == .smoke ? 100_000 : 400_000)]
    case .funnel: [stack(.distances, funnelWidths, funnelGains, at: tier)]
    case .flat: [stack(.distances, [20, 20, 20, 20, 20], [1, 1, 1, 1], at: tier)]
    case .direct: [stack(.klBound, [20], [], at: tier)]
    case .layered: [stack(.klBound, [20, 15, 10, 5], [1, 1, 1], at: tier)]
    case .funnelBound: [stack(.wassersteinBound, funnelWidths, funnelGains, at: tier)]
    case .dropout: zeroing.map { Setup(problem: .dropout, noise: $0) }
    case .keepAll: zeroing.map { Setup(problem: .dropout, noise: $0, drops: false) }
    case .dropConnect: zeroing.map { Setup(problem: .dropout, noise: $0, rows: 2) }
    case .keepAllWeights:
      zeroing.map { Setup(problem: .dropout, noise: $0, drops: false, rows: 2) }
    case .gaussianNoise: [0.5, 1, 2].map { Setup(problem: .gaussianNoise, noise: $0) }
    case .noisyLayers: [Setup(problem: .noisyLayers, noise: 0.3)]
    case .identityLayers:
      [Setup(problem: .noisyLayers, noise: 0.3, drops: false, layers: .identity)]
    case .tightLayer: [Setup(problem: .noisyLayers, noise: 0.3, layers: .none)]
    case .gibbs: [world(sizes: [3])]
    case .mixedMinimizer: [world(sizes: [3], isGibbs: false)]
    case .fixedTemperature: [world(sizes: sizes(at: tier))]
    case .growingTemperature: [world(sizes: sizes(at: tier), temperatureFalls: true)]
    case .twoWide: [Setup(problem: .factors, widths: [7, 7], noise: 0.3)]
    case .sixNarrow: [Setup(problem: .factors, widths: [4, 4, 4, 4, 4, 4], noise: 0.3)]
    case .sixWide: [Setup(problem: .factors, widths: [7, 7, 7, 7, 7, 7], noise: 0.3)]
    case .architectures: [architectures(noise: 0.3)]
    case .withoutDropout: [architectures(noise: 0)]
    }
  }

  private static let funnelWidths = [20, 20, 10, 10, 5]
  private static let funnelGains = [0.5, 0.7, 2, 2]
  private static let zeroing = [0.1, 0.3, 0.5]

  /// Six widths from the dimension to 2; the third layer widens, which adds no rank.
  private static func deep(dimension d: Int, samples: Int, draws: Int) -> Setup {
    Setup(
      problem: .distances, samples: samples, draws: draws,
      widths: [d, d, d / 2, d, d / 4, 2])
  }

  private static func stack(
    _ problem: Problem, _ widths: [Int], _ gains: [Double], at tier: Tier
  ) -> Setup {
    let draws = problem == .distances ? (tier == .smoke ? 20_000 : 100_000) : 4000
    return Setup(problem: problem, samples: 10, draws: draws, widths: widths, gains: gains)
  }

  private static func sizes(at tier: Tier) -> [Int] { Array(2...(tier == .smoke ? 5 : 8)) }

  private static func world(
    sizes: [Int], isGibbs: Bool = true, temperatureFalls: Bool = false
  ) -> Setup {
    Setup(
      problem: .gibbs, inverseTemperature: 4, temperatureFalls: temperatureFalls,
      isGibbs: isGibbs, sizes: sizes)
  }

  private static func architectures(noise: Double) -> Setup {
    Setup(
      problem: .architectures, noise: noise, drops: noise > 0, inverseTemperature: 8, sizes: [3])
  }
}
