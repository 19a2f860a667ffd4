public import Tensors

/// Each row along the last axis normalised by its own moments, or by its root mean square.
///
///     y = (x − mean) / √(variance + ε) scale + offset;  not centred: y = x / √(mean(x²) + ε) scale
///
/// - Shapes: x […, width]; everything stored [width].
/// - Source: Ba, Kiros and Hinton 2016, arXiv 1607.06450; not centred, Zhang and Sennrich 2019,
///   arXiv 1910.07467.
public struct LayerNorm<Element: Scalar>: Parameterised {
  /// A factor for each column.
  public var scale: Tensor<Element>

  /// A summand for each column; nil for none.
  public var offset: Tensor<Element>?

  /// Whether the mean is taken off.
  public let centred: Bool

  /// What is added to the variance.
  public let epsilon: Double

  /// A layer with scales of one and, where it has them, offsets of zero.
  ///
  /// - Precondition: the width is above zero; what is not centred has no offsets.
  public init(width: Int, offset: Bool = true, centred: Bool = true, epsilon: Double = 1e-5) {
    require(width > 0, "LayerNorm: a width of \(width)")
    require(centred || !offset, "LayerNorm: a root-mean-square norm has no offset")
    scale = Tensor(repeating: 1, shape: [width])
    self.offset = offset ? Tensor(zeros: [width]) : nil
    self.centred = centred
    self.epsilon = epsilon
  }

  /// A root-mean-square norm with scales of one.
  public static func rms(width: Int, epsilon: Double = 1e-5) -> LayerNorm {
    LayerNorm(width: width, offset: false, centred: false, epsilon: epsilon)
  }

  /// The normalised rows.
  ///
  /// - Precondition: the last axis of `x` has the layer's width.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    centred
      ? layerNorm(x, scale: scale, offset: offset, epsilon: epsilon)
      : rmsNorm(x, scale: scale, epsilon: epsilon)
  }

  /// Visits scale, then offset.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    body(&scale)
    offset.forEachParameter(body)
  }
}
