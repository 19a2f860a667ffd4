public import Tensors

/// A fixed random map of inputs to features, on which linear methods approach kernel methods.
///
///     Fourier: φ(x) = √(2 / D) cos(x W + b),  W ~ N(0, 2γ),  b uniform on 0..<2π
///     ReLU:    φ(x) = √(2 / D) relu(x W),  W ~ N(0, 1)
///
/// Inner products of Fourier features approach exp(−γ ‖x − x'‖²), those of ReLU features
/// ‖x‖ ‖x'‖ κ₁ of their cosine, see ``reluDual(_:)``.
///
/// - Shapes: x [n, inputs]; the result [n, D].
/// - Source: Rahimi and Recht, Random Features for Large-Scale Kernel Machines (2007), algorithm 1;
///   Cho and Saul, Kernel Methods for Deep Learning (2009), §2.
public struct RandomFeatures<Element: Scalar>: Sendable {
  /// The weights W: [inputs, D].
  public let weights: Tensor<Element>

  /// The phases b: [D]; nil for ReLU features.
  public let phases: Tensor<Element>?

  /// Fourier features of the Gaussian kernel.
  ///
  /// - Precondition: both numbers are at least one, γ is above zero.
  public static func fourier(
    inputs: Int, features: Int, gamma: Double, using stream: inout RandomStream
  ) -> RandomFeatures {
    require(
      inputs >= 1 && features >= 1 && gamma > 0,
      "RandomFeatures: \(features) of \(inputs) inputs with a gamma of \(gamma)")
    let weights: Tensor<Element> =
      Element((2 * gamma).squareRoot()) * stream.normal(shape: [inputs, features])
    return RandomFeatures(
      weights: weights,
      phases: Element(2 * Double.pi) * stream.uniform(shape: [features], of: Element.self))
  }

  /// ReLU features of the arc-cosine kernel of first order.
  ///
  /// - Precondition: both numbers are at least one.
  public static func relu(
    inputs: Int, features: Int, using stream: inout RandomStream
  ) -> RandomFeatures {
    require(inputs >= 1 && features >= 1, "RandomFeatures: \(features) of \(inputs) inputs")
    return RandomFeatures(weights: stream.normal(shape: [inputs, features]), phases: nil)
  }

  /// The features of inputs.
  ///
  /// - Precondition: `x` is a matrix with as many columns as there are inputs.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    let scale = Element((2 / Double(weights.shape[1])).squareRoot())
    guard let phases else { return scale * Tensors.relu(matmul(x, weights)) }
    return scale * cos(matmul(x, weights) + phases)
  }
}
