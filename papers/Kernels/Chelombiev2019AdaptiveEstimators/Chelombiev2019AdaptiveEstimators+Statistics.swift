import Replication
import TrainingCore

// Statistics over all networks at once.
extension Chelombiev2019AdaptiveEstimators {
  /// C of the hidden layers for every network of an arm, and its test accuracy at the end.
  private static func networks(
    _ sample: Sample<Self>, _ arm: Arm
  ) throws -> [(compression: [Double], accuracy: Double)] {
    try sample.seeds.flatMap { seed in
      try sample.outcomes(of: arm, seed: seed).map { _, outcome in
        (
          outcome.hiddenCompression.y.map { $0.value ?? .nan },
          outcome.testAccuracy.y.last?.value ?? .nan
        )
      }
    }
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// s √((n − 1) / χ²₀.₉₅), with the quantile after Wilson and Hilferty.
  static func leastSpread(_ sample: Sample<Self>) throws -> Double {
    let networks = try networks(sample, .relu).map(\.compression)
    let layers = networks[0].indices.map { layer in networks.map { $0[layer] } }
    guard let values = layers.max(by: { mean($0) < mean($1) }) else { return .nan }
    let degrees = Double(values.count - 1)
    let center = mean(values)
    let squares = values.reduce(0) { $0 + ($1 - center) * ($1 - center) }
    let root = 1 - 2 / (9 * degrees) + normalQuantile(0.95) * sqrt(2 / (9 * degrees))
    return sqrt(squares / (degrees * root * root * root))
  }

  /// r between each hidden layer's compression and the test accuracy.
  private static func correlations(
    _ sample: Sample<Self>
  ) throws -> (correlations: [Double], count: Int) {
    let compressions = try networks(sample, .activations).map(\.compression)
    let accuracies = try networks(sample, .accuracies).map(\.accuracy)
    let correlations = compressions[0].indices.map { layer in
      correlation(compressions.map { $0[layer] }, accuracies)
    }
    return (correlations, compressions.count)
  }

  /// Pearson's correlation; not a number where one side is constant.
  private static func correlation(_ xs: [Double], _ ys: [Double]) -> Double {
    let (meanX, meanY) = (mean(xs), mean(ys))
    var (xx, xy, yy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(xs, ys) {
      xx += (x - meanX) * (x - meanX)
      xy += (x - meanX) * (y - meanY)
      yy += (y - meanY) * (y - meanY)
    }
    return xy / sqrt(xx * yy)
  }

  /// The lower end of Fisher's 90 % interval of r in the last hidden layer.
  static func leastCorrelation(_ sample: Sample<Self>) throws -> Double {
    let (correlations, count) = try correlations(sample)
    let r = correlations[correlations.count - 1]
    return tanh(log((1 + r) / (1 - r)) / 2 - normalQuantile(0.95) / sqrt(Double(count - 3)))
  }

  /// r in the last hidden layer less the greatest in another one.
  static func correlationLead(_ sample: Sample<Self>) throws -> Double {
    let correlations = try correlations(sample).correlations
    guard correlations.allSatisfy(\.isFinite), let greatest = correlations.dropLast().max(),
      let last = correlations.last
    else { return .nan }
    return last - greatest
  }
}
