public import Tensors

/// A convolution of images with filters.
///
///     y = convolution(x, filters) + bias
///
/// - Shapes: x [n, inputs, rows, columns]; filters [outputs, inputs / groups, size, size]; bias
///   [outputs]; y [n, outputs, positions, positions].
public struct ConvolutionLayer<Element: Scalar>: Parameterised {
  /// The filters.
  public var filters: Tensor<Element>

  /// A number added to each output channel; nil for none, as before a batch norm.
  public var bias: Tensor<Element>?

  /// Stride, padding, dilation and groups.
  public let geometry: Convolution

  /// A layer of given parameters.
  ///
  /// - Precondition: the bias has an entry for each filter.
  public init(
    filters: Tensor<Element>, bias: Tensor<Element>? = nil, geometry: Convolution = Convolution()
  ) {
    require(
      filters.rank == 4 && (bias?.shape ?? [filters.shape[0]]) == [filters.shape[0]],
      "ConvolutionLayer: filters \(filters.shape) and bias \(bias?.shape ?? []) do not fit")
    self.filters = filters
    self.bias = bias
    self.geometry = geometry
  }

  /// A layer with drawn filters and, where it has them, biases of zero.
  ///
  /// - Precondition: the groups of the geometry divide inputs and outputs.
  /// - Parameters:
  ///   - inputs: the channels of the images.
  ///   - outputs: the channels of the result.
  ///   - size: the rows and columns of a filter.
  ///   - geometry: stride, padding, dilation and groups.
  ///   - biased: whether the layer has biases.
  ///   - initialiser: the law of the filters.
  ///   - stream: the source of the filters.
  public init(
    inputs: Int, outputs: Int, size: Extent, geometry: Convolution = Convolution(),
    biased: Bool = true, initialiser: Initialiser = .heNormal(), using stream: inout RandomStream
  ) {
    require(
      inputs % geometry.groups == 0 && outputs % geometry.groups == 0,
      "ConvolutionLayer: \(geometry.groups) groups do not divide \(inputs) and \(outputs) channels")
    self.init(
      filters: initialiser.filters(
        [outputs, inputs / geometry.groups, size.rows, size.columns], using: &stream),
      bias: biased ? Tensor(zeros: [outputs]) : nil, geometry: geometry)
  }

  /// The convolved images.
  ///
  /// - Precondition: the channels of `x` are the layer's inputs, and the filters fit into them.
  @inlinable
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    let y = convolution(x, filters, geometry)
    return bias.map { y + $0.reshaped(to: [$0.count, 1, 1]) } ?? y
  }

  /// Visits the filters, then the bias.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&filters)
    bias.forEachParameter(body)
  }
}
