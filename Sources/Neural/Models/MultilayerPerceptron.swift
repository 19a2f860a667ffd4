public import Tensors

/// Fully connected layers with ReLU between them.
///
///     h₀ = x,  h_l = relu(h_{l−1} W_l + b_l),  y = h_{L−1} W_L + b_L
///
/// - Shapes: x [n, widths.first]; y [n, widths.last].
public struct MultilayerPerceptron<Element: Scalar>: Parameterised {
  /// The layers from input to output.
  public var layers: [Linear<Element>]

  /// A network of given layers.
  ///
  /// - Precondition: there is a layer, and each takes as many inputs as the one before gives.
  public init(layers: [Linear<Element>]) {
    require(!layers.isEmpty, "MultilayerPerceptron: expected at least one layer")
    for (lower, upper) in zip(layers, layers.dropFirst()) {
      require(
        lower.weight.shape[1] == upper.weight.shape[0],
        "MultilayerPerceptron: weights \(lower.weight.shape) and \(upper.weight.shape) do not fit")
    }
    self.layers = layers
  }

  /// A network with drawn weights and biases of zero; `widths` runs from inputs to outputs.
  ///
  /// - Precondition: there are at least two widths.
  public init(
    widths: [Int], initialiser: Initialiser = .heNormal(), using stream: inout RandomStream
  ) {
    require(
      widths.count >= 2, "MultilayerPerceptron: expected at least two widths, got \(widths)")
    layers = []
    for (inputs, outputs) in zip(widths, widths.dropFirst()) {
      layers.append(
        Linear(inputs: inputs, outputs: outputs, initialiser: initialiser, using: &stream))
    }
  }

  /// The outputs (logits, for a classifier) for a batch of inputs.
  @inlinable
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    var hidden = x
    for (index, layer) in layers.enumerated() {
      hidden = layer(hidden, activation: index < layers.count - 1 ? .relu : .identity)
    }
    return hidden
  }

  /// Visits each layer's weight and bias, from input to output.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    layers.forEachParameter(body)
  }
}
