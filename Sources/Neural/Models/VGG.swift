public import Tensors

/// A plain network of 3 × 3 convolutions with batch norms, halved by maximum pooling.
///
///     h = relu(norm(conv(h))) layer by layer, pooled by 2 × 2 after each stage,
///     logits = mean over pixels(h) W + b
///
/// - Shapes: images [n, channels, rows, columns] give [n, classes]; rows and columns can be halved
///   once a stage.
/// - Source: Simonyan and Zisserman 2014, arXiv 1409.1556, table 1, with batch norms and one linear
///   layer, as is usual for CIFAR.
public struct VGG<Element: Scalar>: BatchNormalised {
  /// The layers of each stage.
  public var stages: [[NormalisedConvolution<Element>]]

  /// The head.
  public var head: Linear<Element>

  /// A network of stages, each given by the channels of its layers.
  ///
  /// - Precondition: there is a stage, and none is empty.
  public init(
    stages widths: [[Int]], channels: Int = 3, classes: Int = 10,
    initialiser: Initialiser = .kaimingNormal(fan: .output), using stream: inout RandomStream
  ) {
    require(
      !widths.isEmpty && widths.allSatisfy { !$0.isEmpty }, "VGG: stages \(widths) are empty")
    var inputs = channels
    stages = []
    for stage in widths {
      var layers: [NormalisedConvolution<Element>] = []
      for width in stage {
        layers.append(
          NormalisedConvolution(
            inputs: inputs, outputs: width, initialiser: initialiser, using: &stream))
        inputs = width
      }
      stages.append(layers)
    }
    head = Linear(
      inputs: inputs, outputs: classes, initialiser: .inverseRootUniform, using: &stream)
  }

  /// VGG-11 with widths k, 2k, 4k and 8k; 64 is the standard k.
  public static func vgg11(
    width k: Int = 64, classes: Int = 10, using stream: inout RandomStream
  ) -> VGG {
    VGG(
      stages: [[k], [2 * k], [4 * k, 4 * k], [8 * k, 8 * k], [8 * k, 8 * k]], classes: classes,
      using: &stream)
  }

  /// The logits in evaluation.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> { applied(x, evaluating) }

  /// The logits in training; the statistics of every batch norm are added to the list.
  public func callAsFunction(
    _ x: Tensor<Element>, gathering statistics: inout [BatchStatistics<Element>]
  ) -> Tensor<Element> {
    gathering(&statistics) { applied(x, $0) }
  }

  private func applied(_ x: Tensor<Element>, _ norm: Normalising<Element>) -> Tensor<Element> {
    let end = stages.reduce(x) { h, stage in
      maximumPooling(stage.reduce(h) { norm($1.norm, $1.convolution($0), true) }, Window(2))
    }
    return head(globalAveragePooling(end))
  }

  /// Visits the layers of each stage, then the head.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    stages.forEachParameter(body)
    head.forEachParameter(body)
  }

  /// Visits the norms in the order in which an image meets them.
  public mutating func forEachBatchNorm(_ body: (inout BatchNorm<Element>) -> Void) {
    stages.forEachBatchNorm(body)
  }
}
