public import Tensors

/// A transformer over the patches of an image, with norms first.
///
///     h = [class, patches W + b] + positions,  h = blocks(h),  logits = norm(h)[class] Wₒ + bₒ
///
/// Weights start normal of deviation 0.02, truncated at twice it; biases and the class vector at
/// zero.
///
/// - Shapes: images [n, channels, size, size] give [n, classes]. A patch's columns are its channels,
///   in each its rows.
/// - Source: Dosovitskiy et al. 2021, arXiv 2010.11929, eqs. 1–4.
public struct VisionTransformer<Element: Scalar>: Parameterised {
  /// The sizes of a network.
  public struct Form: Hashable, Sendable, Codable {
    /// The rows and the columns of an image.
    public var image = 32
    /// The channels of an image.
    public var channels = 3
    /// The rows and the columns of a patch.
    public var patch = 4
    /// The columns of a row.
    public var width: Int
    /// The number of blocks.
    public var depth: Int
    /// The heads of each attention.
    public var heads: Int
    /// The hidden units of a feed-forward layer; four times the width unless set.
    public var hidden: Int
    /// The number of classes.
    public var classes = 10

    /// Takes the sizes, for images of CIFAR-10 and patches of 4 × 4.
    public init(width: Int, depth: Int, heads: Int) {
      self.width = width
      self.depth = depth
      self.heads = heads
      hidden = 4 * width
    }
  }

  /// The map of the patches.
  public var patches: Linear<Element>

  /// The vector that stands for the whole image.
  public var whole: Tensor<Element>

  /// The vectors of the positions.
  public var positions: Tensor<Element>

  /// The blocks.
  public var blocks: [TransformerBlock<Element>]

  /// The norm before the head.
  public var norm: LayerNorm<Element>

  /// The head.
  public var head: Linear<Element>

  /// The rows and the columns of a patch.
  public let patch: Int

  /// A network with drawn weights.
  ///
  /// - Precondition: the patch divides the image, and the heads the width.
  public init(_ form: Form, using stream: inout RandomStream) {
    require(
      form.patch > 0 && form.image % form.patch == 0,
      "VisionTransformer: patches of \(form.patch) do not divide images of \(form.image)")
    let law = Initialiser.truncatedNormal(deviation: 0.02)
    let (width, side) = (form.width, form.image / form.patch)
    patch = form.patch
    patches = Linear(
      inputs: form.channels * patch * patch, outputs: width, initialiser: law, using: &stream)
    whole = Tensor(zeros: [1, 1, width])
    positions = law.tensor([side * side + 1, width], fanIn: 1, fanOut: 1, using: &stream)
    blocks = (0..<form.depth).map { _ in
      TransformerBlock(
        attention: MultiHeadAttention(
          width: width, heads: form.heads, initialiser: law, using: &stream),
        feedForward: FeedForward(
          width: width, hidden: form.hidden, initialiser: law, using: &stream),
        norm: LayerNorm(width: width))
    }
    norm = LayerNorm(width: width)
    head = Linear(inputs: width, outputs: form.classes, initialiser: law, using: &stream)
  }

  /// The logits, in evaluation.
  ///
  /// - Precondition: the images have the size that the positions were made for.
  public func callAsFunction(_ x: Tensor<Element>) -> Tensor<Element> {
    applied(x, { $0 }) { $0($1) }
  }

  /// The logits in training with dropout, of the vectors and of every branch.
  public func callAsFunction(
    _ x: Tensor<Element>, dropout p: Double, using stream: inout RandomStream
  ) -> Tensor<Element> {
    var own = stream
    let result = applied(x, { dropout($0, probability: p, using: &own) }) {
      $0($1, dropout: p, using: &own)
    }
    stream = own
    return result
  }

  private func applied(
    _ x: Tensor<Element>, _ drop: (Tensor<Element>) -> Tensor<Element>,
    _ block: (TransformerBlock<Element>, Tensor<Element>) -> Tensor<Element>
  ) -> Tensor<Element> {
    require(
      x.rank == 4 && x.shape[2] % patch == 0 && x.shape[3] % patch == 0
        && x.shape[2] * x.shape[3] / (patch * patch) + 1 == positions.shape[0],
      "VisionTransformer: images \(x.shape) for \(positions.shape[0]) positions")
    let (n, channels, width) = (x.shape[0], x.shape[1], positions.shape[1])
    let (down, across) = (x.shape[2] / patch, x.shape[3] / patch)
    let cut = x.reshaped(to: [n, channels, down, patch, across, patch])
      .permuted([0, 2, 4, 1, 3, 5])
      .reshaped(to: [n, down * across, channels * patch * patch])
    let first = whole.broadcast(to: [n, 1, width])
    let h = Tensor.concatenated([first, patches(cut)], along: 1) + positions
    let seen = blocks.reduce(drop(h)) { block($1, $0) }
    return head(norm(seen.sliced(along: 1, 0..<1).reshaped(to: [n, width])))
  }

  /// Visits patches, the class vector, positions, blocks, norm and head.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    patches.forEachParameter(body)
    body(&whole)
    body(&positions)
    blocks.forEachParameter(body)
    norm.forEachParameter(body)
    head.forEachParameter(body)
  }
}
