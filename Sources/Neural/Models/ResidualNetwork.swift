public import Tensors

/// A residual network of basic blocks for small images.
///
///     h = stem(x),  h = blocks(h),  logits = mean over pixels(h) W + b
///
/// - Shapes: images [n, channels, rows, columns] give [n, classes].
/// - Source: He et al. 2015, arXiv 1512.03385, §4.2; the widths are the caller's.
public struct ResidualNetwork<Element: Scalar>: BatchNormalised {
  /// The first convolution.
  public var stem: ConvolutionLayer<Element>

  /// The norm of the first convolution; nil where norms come first.
  public var stemNorm: BatchNorm<Element>?

  /// The blocks.
  public var blocks: [ResidualBlock<Element>]

  /// The norm after the blocks, where norms come first and it is asked for.
  public var lastNorm: BatchNorm<Element>?

  /// The head.
  public var head: Linear<Element>

  /// A network of stages of blocks; each stage but the first starts with a stride of two.
  ///
  /// - Precondition: there is a stage, and none is empty.
  /// - Parameters:
  ///   - widths: the channels of each stage.
  ///   - counts: the number of blocks of each stage.
  ///   - channels: the channels of the images.
  ///   - classes: the number of classes.
  ///   - normsFirst: whether norms come before convolutions.
  ///   - endsInNorm: whether a norm and a rectifier follow the blocks where norms come first.
  ///   - initialiser: the law of all filters.
  ///   - stream: the source.
  public init(
    widths: [Int], blocks counts: [Int], channels: Int = 3, classes: Int = 10,
    normsFirst: Bool = false, endsInNorm: Bool = true,
    initialiser: Initialiser = .kaimingNormal(fan: .output), using stream: inout RandomStream
  ) {
    require(
      !widths.isEmpty && widths.count == counts.count && counts.allSatisfy { $0 > 0 },
      "ResidualNetwork: stages of \(counts) blocks with widths \(widths)")
    stem = ConvolutionLayer(
      inputs: channels, outputs: widths[0], size: 3, geometry: Convolution(padding: 1),
      biased: false, initialiser: initialiser, using: &stream)
    stemNorm = normsFirst ? nil : BatchNorm(channels: widths[0])
    blocks = []
    var inputs = widths[0]
    for (stage, (width, count)) in zip(widths, counts).enumerated() {
      for index in 0..<count {
        blocks.append(
          ResidualBlock(
            inputs: inputs, outputs: width, stride: stage > 0 && index == 0 ? 2 : 1,
            normsFirst: normsFirst, initialiser: initialiser, using: &stream))
        inputs = width
      }
    }
    lastNorm = normsFirst && endsInNorm ? BatchNorm(channels: inputs) : nil
    head = Linear(
      inputs: inputs, outputs: classes, initialiser: .inverseRootUniform, using: &stream)
  }

  /// CIFAR's network of 6n + 2 layers: three stages of n blocks and widths W, 2W and 4W.
  ///
  /// W is 16 in the paper. The shortcut of a new stage is a convolution by 1 × 1.
  public static func cifar(
    n: Int, width: Int = 16, classes: Int = 10, using stream: inout RandomStream
  ) -> ResidualNetwork {
    ResidualNetwork(
      widths: [width, 2 * width, 4 * width], blocks: [n, n, n], classes: classes, using: &stream)
  }

  /// ResNet-18 for small images, of widths k, 2k, 4k and 8k; 64 is the standard k.
  ///
  /// With norms first and no norm at the end it is the network of Nakkiran et al. 2019,
  /// arXiv 1912.02292.
  public static func resNet18(
    width k: Int = 64, classes: Int = 10, normsFirst: Bool = false, endsInNorm: Bool = true,
    using stream: inout RandomStream
  ) -> ResidualNetwork {
    ResidualNetwork(
      widths: [k, 2 * k, 4 * k, 8 * k], blocks: [2, 2, 2, 2], classes: classes,
      normsFirst: normsFirst, endsInNorm: endsInNorm, using: &stream)
  }

  /// The logits in evaluation.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> { applied(x, evaluating) }

  /// The logits in training; the statistics of every batch norm are added to the list.
  ///
  /// - Parameters:
  ///   - x: the images.
  ///   - statistics: what ``BatchNormalised/absorb(_:)-(_)`` takes.
  /// - Returns: the logits.
  public func callAsFunction(
    _ x: Tensor<Element>, gathering statistics: inout [BatchStatistics<Element>]
  ) -> Tensor<Element> {
    gathering(&statistics) { applied(x, $0) }
  }

  private func applied(_ x: Tensor<Element>, _ norm: Normalising<Element>) -> Tensor<Element> {
    let start = stemNorm.map { norm($0, stem(x), true) } ?? stem(x)
    let end = blocks.reduce(start) { $1.applied($0, norm) }
    return head(globalAveragePooling(lastNorm.map { norm($0, end, true) } ?? end))
  }

  /// Visits the stem with its norm, the blocks, the last norm and the head.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    stem.forEachParameter(body)
    stemNorm.forEachParameter(body)
    blocks.forEachParameter(body)
    lastNorm.forEachParameter(body)
    head.forEachParameter(body)
  }

  /// Visits the norms in the order in which an image meets them.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Element>) -> Void) {
    stemNorm.forEachBatchNorm(body)
    blocks.forEachBatchNorm(body)
    lastNorm.forEachBatchNorm(body)
  }
}
