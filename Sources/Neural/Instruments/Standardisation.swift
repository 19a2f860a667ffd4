public import Tensors

/// Features or channels brought to mean zero and deviation one.
///
///     y = (x − mean) / deviation, along axis 1
///
/// The deviation is that of the whole population, divided by n (the convention of scikit-learn), and
/// 1 where all values are equal.
public struct Standardisation<Element: Scalar>: Hashable, Sendable {
  /// The mean of each feature or channel.
  public let mean: [Element]

  /// The deviation of each.
  public let deviation: [Element]

  /// Given means and deviations.
  ///
  /// - Precondition: there are as many of both, and deviations are above zero.
  public init(mean: [Element], deviation: [Element]) {
    require(
      mean.count == deviation.count && deviation.allSatisfy { $0 > 0 },
      "Standardisation: \(mean.count) means, and deviations \(deviation)")
    self.mean = mean
    self.deviation = deviation
  }

  /// The means and deviations of examples.
  ///
  /// - Shapes: `[n, features]`, or `[n, channels, …]` whose further axes count as examples.
  /// - Accuracy: sums in the order of the bit contract, in two passes.
  /// - Precondition: there is an axis 1 and an entry of each of its features.
  public init(fitting x: Tensor<Element>) {
    require(
      x.rank >= 2 && x.count > 0, "Standardisation: shape \(x.shape) has no examples of features")
    let features = x.shape[1]
    let columns = x.permuted([1, 0] + Array(2..<x.rank))
      .reshaped(to: [features, x.count / features])
    let center = columns.mean(along: 1, keepingAxis: true)
    let variance =
      (columns - center).sumOfSquares(along: 1) / Element(Double(x.count / features))
    let spread = columns.max(along: 1) - columns.min(along: 1)
    mean = center.scalars
    deviation = zip(variance.scalars, spread.scalars).map { $1 > 0 ? $0.squareRoot() : 1 }
  }

  /// The standardised examples.
  ///
  /// - Shapes: that of x.
  /// - Precondition: axis 1 of `x` has an entry a mean.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    require(
      x.rank >= 2 && x.shape[1] == mean.count,
      "Standardisation: shape \(x.shape) for \(mean.count) features")
    let shape = [mean.count] + Array(repeating: 1, count: x.rank - 2)
    return (x - Tensor(mean, shape: shape)) / Tensor(deviation, shape: shape)
  }
}
