public import Tensors

/// A transposed convolution: the layer that undoes the shape of a convolution.
///
///     y = transposedConvolution(x, filters) + bias
///
/// The geometry is that of the convolution which takes y to the shape of x. The rows of y are
/// `(rows − 1) stride + dilation (size − 1) + 1 − margins + excess`; the excess is PyTorch's
/// `output_padding`.
///
/// - Shapes: x [n, inputs, rows, columns]; filters [inputs, outputs / groups, size, size]; bias
///   [outputs].
public struct TransposedConvolutionLayer<Element: Scalar>: Parameterised {
  /// The filters, shaped as for the convolution this is the transpose of.
  public var filters: Tensor<Element>

  /// A number added to each output channel; nil for none.
  public var bias: Tensor<Element>?

  /// Stride, padding, dilation and groups.
  public let geometry: Convolution

  /// Rows and columns beyond the least that give the shape of x.
  public let excess: Extent

  /// A layer of given parameters.
  ///
  /// - Precondition: the bias has an entry for each output; 0 ≤ excess < stride.
  public init(
    filters: Tensor<Element>, bias: Tensor<Element>? = nil, geometry: Convolution = Convolution(),
    excess: Extent = 0
  ) {
    let outputs = filters.rank == 4 ? filters.shape[1] * geometry.groups : -1
    require(
      outputs > 0 && (bias?.shape ?? [outputs]) == [outputs]
        && (0..<geometry.stride.rows).contains(excess.rows)
        && (0..<geometry.stride.columns).contains(excess.columns),
      """
      TransposedConvolutionLayer: filters \(filters.shape), bias \(bias?.shape ?? []) and excess \
      \(excess) do not fit \(geometry)
      """)
    self.filters = filters
    self.bias = bias
    self.geometry = geometry
    self.excess = excess
  }

  /// A layer with drawn filters and, where it has them, biases of zero.
  ///
  /// The fan-in is that of a unit of the result: inputs / groups · rows · columns of the filters,
  /// over the strides; PyTorch takes outputs for inputs and leaves out the strides.
  ///
  /// - Precondition: the groups of the geometry divide inputs and outputs.
  public init(
    inputs: Int, outputs: Int, size: Extent, geometry: Convolution = Convolution(),
    excess: Extent = 0, biased: Bool = true, initialiser: Initialiser = .heNormal(),
    using stream: inout RandomStream
  ) {
    let (groups, area) = (geometry.groups, size.rows * size.columns)
    require(
      inputs % groups == 0 && outputs % groups == 0,
      "TransposedConvolutionLayer: \(groups) groups do not divide \(inputs) and \(outputs)")
    let strides = geometry.stride.rows * geometry.stride.columns
    self.init(
      filters: initialiser.tensor(
        [inputs, outputs / groups, size.rows, size.columns],
        fanIn: Double(inputs / groups * area) / Double(strides),
        fanOut: Double(outputs / groups * area), using: &stream),
      bias: biased ? Tensor(zeros: [outputs]) : nil, geometry: geometry, excess: excess)
  }

  /// The images.
  ///
  /// - Precondition: the channels of `x` are the layer's inputs.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    require(
      x.rank == 4 && x.shape[1] == filters.shape[0],
      "TransposedConvolutionLayer: images \(x.shape) for filters \(filters.shape)")
    let size = Extent(
      rows: least(0, x.shape[2]) + excess.rows, columns: least(1, x.shape[3]) + excess.columns)
    let y = transposedConvolution(x, filters, geometry, size: size)
    return bias.map { y + $0.reshaped(to: [$0.count, 1, 1]) } ?? y
  }

  /// The least rows or columns of an image whose convolution has so many positions.
  private func least(_ axis: Int, _ positions: Int) -> Int {
    let (stride, dilation, margins) =
      axis == 0
      ? (
        geometry.stride.rows, geometry.dilation.rows, geometry.padding.top + geometry.padding.bottom
      )
      : (
        geometry.stride.columns, geometry.dilation.columns,
        geometry.padding.left + geometry.padding.right
      )
    return (positions - 1) * stride + dilation * (filters.shape[2 + axis] - 1) + 1 - margins
  }

  /// Visits the filters, then the bias.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&filters)
    bias.forEachParameter(body)
  }
}
