import Replication
import TrainingCore

// A deterministic network with distinct inputs has I(X; T) = H(T) of the binned layer, in which each
// code is one joint symbol of all its units, and I(T; Y) = H(T) − H(T | Y). These are properties of
// the bins as much as of the network.
extension Chelombiev2019AdaptiveEstimators {
  /// The number of bins of the adaptive and of the fixed-range estimate.
  static let bins = 30

  /// The edges of entropy-based adaptive bins.
  ///
  /// From a lower bound through quantiles of the layer's distinct activations, all units pooled. What
  /// equals the bound has the first bin to itself.
  static func adaptiveEdges(_ layer: Tensor<Float>, lowest: Float) -> [Float] {
    let sorted = layer.reshaped(to: [layer.count]).sorted(along: 0).scalars
    var distinct: [Float] = []
    for value in sorted where value != lowest && value != distinct.last { distinct.append(value) }
    guard let last = distinct.last else { return [lowest] }
    return [lowest] + (0..<bins).map { distinct[$0 * distinct.count / bins] } + [last]
  }

  /// Equal bins from a lower bound to the greatest activation of all epochs.
  static func fixedEdges(to greatest: Float, lowest: Float) -> [Float] {
    (0...bins).map { lowest + (greatest - lowest) * Float($0) / Float(bins) }
  }

  /// The joint symbol of each row: six bits a unit, the number of edges that are not above it.
  static func symbols(_ layer: Tensor<Float>, edges: [Float]) -> [UInt64] {
    let units = layer.shape[1]
    let places = Tensor(edges).searchSorted(layer, afterEquals: true)
    return (0..<layer.shape[0]).map { row in
      (0..<units).reduce(0) { $0 << 6 | UInt64(places[row * units + $1]) }
    }
  }

  /// The entropy of some symbols, in bits.
  static func entropy(_ symbols: [UInt64]) -> Double {
    let sorted = symbols.sorted()
    let total = Double(sorted.count)
    var (sum, start) = (0.0, 0)
    for index in 1...sorted.count where index == sorted.count || sorted[index] != sorted[start] {
      let count = Double(index - start)
      sum += count * log(count)
      start = index
    }
    return (log(total) - sum / total) / log(2.0)
  }

  /// I(X; T) and I(T; Y) of a binned layer, in bits.
  static func information(
    _ symbols: [UInt64], labels: [Int]
  ) -> (input: Double, label: Double) {
    let input = entropy(symbols)
    let noise = [0, 1].reduce(0.0) { sum, label in
      let part = symbols.indices.filter { labels[$0] == label }.map { symbols[$0] }
      return sum + Double(part.count) / Double(symbols.count) * entropy(part)
    }
    return (input, input - noise)
  }

  /// The least value that bins start from.
  static func lowest(_ activation: Nonlinearity, isOutput: Bool) -> Float {
    // Swish is least at −.2785.
    if isOutput { return 0 }
    return switch activation {
    case .tanh, .elu: -1.000001
    case .swish: -0.2785
    case .relu, .softplus: 0
    }
  }

  /// The kernel density bounds of I(X; T), in bits: the layer with noise of a thousandth of its
  /// greatest activation for its variance.
  ///
  ///     upper: −mean log mean exp(−|tᵢ − tⱼ|² / 2s),  lower: the same with 4s in place of s
  ///
  /// - Source: Kolchinsky and Tracey 2017, arXiv 1706.02419, for mixtures of equal Gaussians: the
  ///   entropy of the mixture less that of the noise.
  static func kernelBounds(_ layer: Tensor<Float>) -> (upper: Double, lower: Double) {
    let t = Tensor<Double>(converting: layer)
    let rows = t.shape[0]
    let variance = 0.001 * abs(t).max().item
    guard variance > 0 else { return (0, 0) }
    let squares = t.sumOfSquares(along: 1)
    var sums = (upper: 0.0, lower: 0.0)
    for start in stride(from: 0, to: rows, by: 256) {
      let part = t.rows(start..<min(start + 256, rows))
      let products = matmul(part, t, transposingB: true)
      let distances = relu(part.sumOfSquares(along: 1, keepingAxis: true) + squares - products * 2)
      sums.upper += logSumExp(distances * (-0.5 / variance), along: 1).sum().item
      sums.lower += logSumExp(distances * (-0.125 / variance), along: 1).sum().item
    }
    let count = Double(rows)
    func bits(_ sum: Double) -> Double { (log(count) - sum / count) / log(2.0) }
    return (bits(sums.upper), bits(sums.lower))
  }
}
