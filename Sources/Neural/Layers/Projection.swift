public import Tensors

/// A fully connected layer without biases.
///
///     y = m x W
///
/// The multiplier m is 1 unless a parametrisation by width asks for another.
///
/// - Shapes: x […, inputs]; W [inputs, outputs]; y […, outputs].
public struct Projection<Element: Scalar>: Parameterised {
  /// The weights W.
  public var weight: Tensor<Element>

  /// The multiplier m, which is not trained.
  public let multiplier: Double

  /// A layer of given weights.
  ///
  /// - Precondition: `weight` is a matrix.
  public init(weight: Tensor<Element>, multiplier: Double = 1) {
    require(weight.rank == 2, "Projection: the weight \(weight.shape) is no matrix")
    self.weight = weight
    self.multiplier = multiplier
  }

  /// A layer with drawn weights.
  public init(
    inputs: Int, outputs: Int, initialiser: Initialiser = .heNormal(), multiplier: Double = 1,
    using stream: inout RandomStream
  ) {
    self.init(
      weight: initialiser.weights(inputs: inputs, outputs: outputs, using: &stream),
      multiplier: multiplier)
  }

  /// The outputs for a batch of inputs.
  ///
  /// - Precondition: the last axis of `x` has as many entries as the layer has inputs.
  @inlinable
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    let y = x.mappingRows { matmul($0, weight) }
    return multiplier == 1 ? y : y * Element(multiplier)
  }

  /// Visits the weight.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) { body(&weight) }
}
