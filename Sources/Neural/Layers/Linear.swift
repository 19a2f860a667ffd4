public import Tensors

/// A fully connected layer.
///
///     y = x W + b
///
/// - Shapes: x [n, inputs]; W [inputs, outputs]; b [outputs]; y [n, outputs]. More axes before the
///   last of x stay as they are.
public struct Linear<Element: Scalar>: Parameterised {
  /// The weights W.
  public var weight: Tensor<Element>

  /// The biases b.
  public var bias: Tensor<Element>

  /// A layer of given parameters.
  ///
  /// - Precondition: `weight` is a matrix with as many columns as `bias` has entries.
  public init(weight: Tensor<Element>, bias: Tensor<Element>) {
    require(
      weight.shape.count == 2 && bias.shape == [weight.shape[1]],
      "Linear: weight \(weight.shape) and bias \(bias.shape) do not fit")
    self.weight = weight
    self.bias = bias
  }

  /// A layer with drawn weights and biases of zero.
  public init(
    inputs: Int, outputs: Int, initialiser: Initialiser = .heNormal(),
    using stream: inout RandomStream
  ) {
    weight = initialiser.weights(inputs: inputs, outputs: outputs, using: &stream)
    bias = Tensor(zeros: [outputs])
  }

  /// The outputs for a batch of inputs, with a function of every entry in the same pass.
  ///
  /// - Precondition: the last axis of `x` has as many entries as the layer has inputs.
  /// - Parameters:
  ///   - x: the inputs.
  ///   - activation: what is applied to `x W + b`.
  /// - Returns: the outputs.
  @inlinable
  public func callAsFunction(
    _ x: Tensor<Element>, activation: Activation = .identity
  ) -> Tensor<Element> {
    x.mappingRows { affine($0, weight, bias, activation) }
  }

  /// Visits weight, then bias.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&weight)
    body(&bias)
  }
}

extension Tensor {
  /// A map of rows, applied along the last axis whatever stands before it.
  @usableFromInline
  func mappingRows(_ map: (Tensor) -> Tensor) -> Tensor {
    guard rank > 2, let width = shape.last, width > 0 else { return map(self) }
    let result = map(reshaped(to: [count / width, width]))
    return result.reshaped(to: shape.dropLast() + result.shape.dropFirst())
  }
}
