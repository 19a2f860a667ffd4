public import Tensors

/// A transformer's block: attention and a feed-forward layer, each with a shortcut.
///
///     norms first:  h = x + attention(norm₁(x)),  y = h + feedForward(norm₂(h))
///     norms last:   h = norm₁(x + attention(x)),  y = norm₂(h + feedForward(h))
///
/// - Shapes: x [n, length, width]; y as x.
/// - Source: norms last, Vaswani et al. 2017, arXiv 1706.03762; first, Xiong et al. 2020,
///   arXiv 2002.04745.
public struct TransformerBlock<Element: Scalar>: Parameterised {
  /// The norm of the attention.
  public var attentionNorm: LayerNorm<Element>

  /// The attention.
  public var attention: MultiHeadAttention<Element>

  /// The norm of the feed-forward layer.
  public var feedForwardNorm: LayerNorm<Element>

  /// The feed-forward layer.
  public var feedForward: FeedForward<Element>

  /// Whether norms come first.
  public let normsFirst: Bool

  /// A block of given layers.
  ///
  /// - Parameters:
  ///   - attention: the attention.
  ///   - feedForward: the feed-forward layer.
  ///   - norm: the law of both norms, as they start.
  ///   - normsFirst: whether norms come first.
  public init(
    attention: MultiHeadAttention<Element>, feedForward: FeedForward<Element>,
    norm: LayerNorm<Element>, normsFirst: Bool = true
  ) {
    attentionNorm = norm
    self.attention = attention
    feedForwardNorm = norm
    self.feedForward = feedForward
    self.normsFirst = normsFirst
  }

  /// The results of the rows, in evaluation.
  public func callAsFunction(
    _ x: Tensor<Element>, isCausal: Bool = false, mask: Tensor<Element>? = nil
  ) -> Tensor<Element> {
    applied(x, isCausal, mask) { $0 }
  }

  /// The results of the rows, in training with dropout of both branches.
  public func callAsFunction(
    _ x: Tensor<Element>, isCausal: Bool = false, mask: Tensor<Element>? = nil,
    dropout p: Double, using stream: inout RandomStream
  ) -> Tensor<Element> {
    applied(x, isCausal, mask) { dropout($0, probability: p, using: &stream) }
  }

  private func applied(
    _ x: Tensor<Element>, _ isCausal: Bool, _ mask: Tensor<Element>?,
    _ drop: (Tensor<Element>) -> Tensor<Element>
  ) -> Tensor<Element> {
    if normsFirst {
      let h = x + drop(attention(attentionNorm(x), isCausal: isCausal, mask: mask))
      return h + drop(feedForward(feedForwardNorm(h)))
    }
    let h = attentionNorm(x + drop(attention(x, isCausal: isCausal, mask: mask)))
    return feedForwardNorm(h + drop(feedForward(h)))
  }

  /// Visits norm and attention, then norm and feed-forward layer.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    attentionNorm.forEachParameter(body)
    attention.forEachParameter(body)
    feedForwardNorm.forEachParameter(body)
    feedForward.forEachParameter(body)
  }
}
