public import LinearAlgebra
public import Tensors

/// A logistic regression on standardised features: what a linear reader finds in a representation.
///
/// - Source: Alain and Bengio 2016, arXiv 1610.01644; solved to its minimum instead of by gradient
///   steps.
public struct LinearProbe<Element: Scalar>: Sendable {
  private let scaling: Standardisation<Double>
  private let weights: Tensor<Double>
  private let bias: Tensor<Double>

  /// The classifier on the standardised features, with its certificate.
  public let classifier: LinearClassifier

  /// Fits a probe.
  ///
  /// - Precondition: as `logisticRegression`, and there is an example.
  /// - Parameters:
  ///   - features: the representation: [n, …], whose further axes are features.
  ///   - labels: the classes.
  ///   - classes: how many there are.
  ///   - cost: the weight of the loss against ½ ‖W‖².
  ///   - tolerance: the largest entry of the gradient accepted.
  /// - Throws: as `logisticRegression`.
  public init(
    _ features: Tensor<Element>, labels: [Int], classes: Int, cost: Double = 1,
    tolerance: Double = 1e-4
  ) throws(LinearAlgebraError) {
    let x = Self.rows(features)
    scaling = Standardisation(fitting: x)
    classifier = try logisticRegression(
      scaling(x), labels: labels, classes: classes, cost: cost, tolerance: tolerance)
    // Of two classes the one logit is that of the second.
    let pair = classifier.bias.count == 1
    weights =
      pair
      ? Tensor.concatenated([-0.0 * classifier.weights, classifier.weights], along: 1)
      : classifier.weights
    bias = pair ? Tensor.concatenated([Tensor([0.0]), classifier.bias]) : classifier.bias
  }

  /// The logits of the classes: [n, classes].
  ///
  /// - Precondition: there are as many features as were fitted.
  public func callAsFunction(_ features: Tensor<Element>) -> Tensor<Double> {
    matmul(scaling(Self.rows(features)), weights) + bias
  }

  /// The share of examples whose class has the greatest logit.
  public func accuracy(_ features: Tensor<Element>, labels: [Int]) -> Double {
    Neural.accuracy(logits: self(features), labels: labels)
  }

  private static func rows(_ features: Tensor<Element>) -> Tensor<Double> {
    require(
      features.rank >= 2 && features.count > 0, "LinearProbe: features of \(features.shape)")
    let n = features.shape[0]
    return Tensor(converting: features.reshaped(to: [n, features.count / n]))
  }
}
