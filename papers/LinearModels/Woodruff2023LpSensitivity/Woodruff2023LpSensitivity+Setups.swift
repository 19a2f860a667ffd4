import Replication
import TrainingCore

extension Woodruff2023LpSensitivity {
  static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .spikyTotals: totals(.spiky, at: tier)
    case .heavyTotals: tier == .smoke ? [] : totals(.heavy, at: tier)
    case .imageTotals: tier == .smoke ? [] : totals(.images, at: tier)
    case .gaussianTotals: totals(.gaussian, at: tier)
    case .copiedTotals: totals(.copies, at: tier)
    case .spikyUniform: [fixed(.spiky, .uniform, at: tier)]
    case .spikySensitivity: [fixed(.spiky, .sensitivity, at: tier)]
    case .gaussianUniform: [fixed(.gaussian, .uniform, at: tier)]
    case .gaussianSensitivity: [fixed(.gaussian, .sensitivity, at: tier)]
    case .spikyMixture: [fixed(.spiky, .mixture, at: tier)]
    case .spikyHalfUniform: [fixed(.spiky, .halfUniform, at: tier)]
    case .growingSensitivity: growing(.gaussian, .sensitivity, rows: 2000, at: tier)
    case .growingRootLeverage: growing(.gaussian, .rootLeverage, rows: 6400, at: tier)
    case .growingTallUniform: growing(.tall, .uniform, rows: 2000, at: tier)
    case .steepSensitivity:
      switch tier {
      case .smoke: []
      case .standard: [4, 8, 16].map { steep($0, rows: 3200) }
      case .full: [4, 8, 16, 32].map { steep($0, rows: 100_000) }
      }
    case .steepFitted: tier == .smoke ? [] : [steep(4, rows: tier == .full ? 100_000 : 3200)]
    case .steepSpikyUniform: tier == .smoke ? [] : [steepSpiky]
    case .manyRows: tier == .smoke ? [] : [manyRows(isRescaled: true, at: tier)]
    case .manyRowsUnscaled: tier == .smoke ? [] : [manyRows(isRescaled: false, at: tier)]
    case .tooFewRows:
      [4, 8].map {
        Setup(
          matrix: .gaussian, rows: 600, dimension: $0, power: 1, scheme: .rootLeverage,
          sizes: [$0 - 1], isExact: true)
      }
    case .enoughRows:
      [4, 8].map {
        Setup(
          matrix: .gaussian, rows: 600, dimension: $0, power: 1, scheme: .rootLeverage,
          sizes: [4], size: .dimensions)
      }
    }
  }

  private static func totals(_ matrix: Matrix, at tier: Tier) -> [Setup] {
    let dimensions =
      switch tier {
      case .smoke: [4]
      case .standard: [4, 8]
      case .full: [4, 8, 32, 128]
      }
    let rows =
      switch tier {
      case .smoke: 300
      case .standard: 600
      case .full: 6400
      }
    return dimensions.map {
      Setup(
        matrix: matrix, rows: rows, dimension: $0,
        powers: tier == .smoke ? [1, 4] : [1, 1.5, 3, 4])
    }
  }

  /// A few numbers of rows at p = 4, of which 200 is judged.
  private static func fixed(_ matrix: Matrix, _ scheme: Scheme, at tier: Tier) -> Setup {
    Setup(
      matrix: matrix, rows: 600, dimension: tier == .smoke ? 4 : 8, power: 4, scheme: scheme,
      sizes: tier == .smoke ? [200] : [50, 100, 200, 400])
  }

  /// Distortions at p = 1 over rows in units of d, or over percents of n where nearly all are needed.
  private static func growing(
    _ matrix: Matrix, _ scheme: Scheme, rows: Int, at tier: Tier
  ) -> [Setup] {
    let isTall = matrix == .tall
    let dimensions =
      switch tier {
      case .smoke: [Int]()
      case .standard: [4, 8, 16, 32]
      case .full: [4, 8, 16, 32, 64, 128]
      }
    return dimensions.map {
      Setup(
        matrix: matrix, rows: tier == .full ? 100_000 : rows, dimension: $0, power: 1,
        scheme: scheme,
        sizes: isTall
          ? [50, 60, 70, 80, 85, 90, 92, 94, 96, 98, 100] : [1, 2, 4, 6, 8, 12, 16, 24, 32],
        size: isTall ? .percent : .dimensions)
    }
  }

  private static func steep(_ dimension: Int, rows: Int) -> Setup {
    Setup(
      matrix: .gaussian, rows: rows, dimension: dimension, powers: [4], power: 4,
      scheme: .sensitivity, sizes: [1, 2, 4, 8, 16, 32, 64, 128, 200], size: .dimensions)
  }

  /// The uniform draw that the bound must not hold for, at the smallest dimension.
  private static var steepSpiky: Setup {
    Setup(
      matrix: .spiky, rows: 3200, dimension: 4, powers: [4], power: 4, scheme: .uniform,
      sizes: [10, 50, 60, 70, 80, 90, 95, 100], size: .percent)
  }

  private static func manyRows(isRescaled: Bool, at tier: Tier) -> Setup {
    Setup(
      matrix: .gaussian, rows: tier == .full ? 100_000 : 6400, dimension: 8, power: 1,
      scheme: .rootLeverage, sizes: [100, 200, 400, 800, 1600], isRescaled: isRescaled)
  }
}
