public import Tensors

/// A convolution with a batch norm after it.
public struct NormalisedConvolution<Element: Scalar>: BatchNormalised {
  /// The convolution, without biases.
  public var convolution: ConvolutionLayer<Element>

  /// The batch norm.
  public var norm: BatchNorm<Element>

  /// Layers with drawn filters; `size` is odd, and images keep their size but for the stride.
  public init(
    inputs: Int, outputs: Int, size: Int = 3, stride: Int = 1,
    initialiser: Initialiser = .kaimingNormal(fan: .output), using stream: inout RandomStream
  ) {
    convolution = ConvolutionLayer(
      inputs: inputs, outputs: outputs, size: Extent(size),
      geometry: Convolution(stride: Extent(stride), padding: Margins(size / 2)), biased: false,
      initialiser: initialiser, using: &stream)
    norm = BatchNorm(channels: outputs)
  }

  /// Visits the filters, then the norm.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    convolution.forEachParameter(body)
    norm.forEachParameter(body)
  }

  /// Visits the norm.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Element>) -> Void) { body(&norm) }
}

/// How a batch norm is applied: by running or by the batch's statistics; with a rectifier or not.
typealias Normalising<Element: Scalar> = (
  _ norm: BatchNorm<Element>, _ x: Tensor<Element>, _ rectified: Bool
) -> Tensor<Element>

/// Evaluation: by the running statistics.
func evaluating<E>(_ norm: BatchNorm<E>, _ x: Tensor<E>, _ rectified: Bool) -> Tensor<E> {
  norm(x, rectified: rectified)
}

/// Training: by the batch's statistics, which are gathered.
func gathering<E, Result>(
  _ statistics: inout [BatchStatistics<E>], _ body: (Normalising<E>) -> Result
) -> Result {
  body { norm, x, rectified in
    let (y, moments) = norm.training(x, rectified: rectified)
    statistics.append(moments)
    return y
  }
}

/// Two convolutions with a shortcut: the basic block of residual networks.
///
///     norms after:   y = relu(norm₂(conv₂(relu(norm₁(conv₁(x))))) + shortcut(x))
///     norms before:  a = relu(norm₁(x)),  y = conv₂(relu(norm₂(conv₁(a)))) + shortcut
///
/// Where size or channels change, the shortcut is a convolution by 1 × 1, with a batch norm after it
/// where norms come after, and of `a` where they come before; elsewhere it is x.
///
/// - Source: He et al. 2015, arXiv 1512.03385, §4.2, option B; norms before, He et al. 2016,
///   arXiv 1603.05027.
public struct ResidualBlock<Element: Scalar>: BatchNormalised {
  /// The first convolution.
  public var first: ConvolutionLayer<Element>

  /// The norm after the first convolution, or before it.
  public var firstNorm: BatchNorm<Element>

  /// The second convolution.
  public var second: ConvolutionLayer<Element>

  /// The norm after the second convolution, or before it.
  public var secondNorm: BatchNorm<Element>

  /// The shortcut's convolution; nil where the shortcut is the identity.
  public var shortcut: ConvolutionLayer<Element>?

  /// The norm of the shortcut; nil where it has none.
  public var shortcutNorm: BatchNorm<Element>?

  /// Whether norms come before the convolutions.
  public let normsFirst: Bool

  /// A block with drawn filters.
  public init(
    inputs: Int, outputs: Int, stride: Int = 1, normsFirst: Bool = false,
    initialiser: Initialiser = .kaimingNormal(fan: .output), using stream: inout RandomStream
  ) {
    func layer(_ inputs: Int, size: Int, stride: Int) -> ConvolutionLayer<Element> {
      ConvolutionLayer(
        inputs: inputs, outputs: outputs, size: Extent(size),
        geometry: Convolution(stride: Extent(stride), padding: Margins(size / 2)),
        biased: false, initialiser: initialiser, using: &stream)
    }
    let changes = stride != 1 || inputs != outputs
    first = layer(inputs, size: 3, stride: stride)
    firstNorm = BatchNorm(channels: normsFirst ? inputs : outputs)
    second = layer(outputs, size: 3, stride: 1)
    secondNorm = BatchNorm(channels: outputs)
    shortcut = changes ? layer(inputs, size: 1, stride: stride) : nil
    shortcutNorm = changes && !normsFirst ? BatchNorm(channels: outputs) : nil
    self.normsFirst = normsFirst
  }

  func applied(_ x: Tensor<Element>, _ norm: Normalising<Element>) -> Tensor<Element> {
    if normsFirst {
      let a = norm(firstNorm, x, true)
      return second(norm(secondNorm, first(a), true)) + (shortcut.map { $0(a) } ?? x)
    }
    let y = norm(secondNorm, second(norm(firstNorm, first(x), true)), false)
    guard let shortcut, let shortcutNorm else { return relu(y + x) }
    return relu(y + norm(shortcutNorm, shortcut(x), false))
  }

  /// Visits first, second and shortcut, each with its norm.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    first.forEachParameter(body)
    firstNorm.forEachParameter(body)
    second.forEachParameter(body)
    secondNorm.forEachParameter(body)
    shortcut.forEachParameter(body)
    shortcutNorm.forEachParameter(body)
  }

  /// Visits the norms: first, second, shortcut.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Element>) -> Void) {
    body(&firstNorm)
    body(&secondNorm)
    shortcutNorm.forEachBatchNorm(body)
  }
}
