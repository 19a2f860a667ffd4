internal import CKernels

/// The attention of sequences to themselves, on queries, keys and values packed in rows.
struct SelfAttention: Sendable {
  let examples: Int
  let tokens: Int
  let heads: Int
  /// The columns of a head.
  let width: Int
  let isCausal: Bool
  let scale: Double

  private var kernel: ck_attention {
    ck_attention(
      examples: examples, tokens: tokens, heads: heads, width: width, causal: isCausal ? 1 : 0,
      scale: scale)
  }

  /// The result; the weights are constants, kept for the gradient.
  func callAsFunction<E>(_ x: Tensor<E>) -> Tensor<E> {
    var output: Tensor<E>?
    let weights = Tensor<E>(shape: [examples, heads, tokens, tokens]) { weights in
      output = Tensor(shape: [examples, tokens, heads * width]) { target in
        withUnsafePointer(to: kernel) { shape in
          x.withPointer { ck_self_attention(Tensor<E>.type, shape, $0, weights, target) }
        }
      }
    }
    return (output ?? Tensor(zeros: [examples, tokens, heads * width]))
      .recorded(.selfAttention(self), x, weights)
  }

  func gradient<E>(_ x: Tensor<E>, _ weights: Tensor<E>, _ g: Tensor<E>) -> Tensor<E> {
    Tensor(shape: x.shape) { target in
      withUnsafePointer(to: kernel) { shape in
        x.withPointer { x in
          weights.withPointer { weights in
            g.withPointer {
              ck_self_attention_gradient(Tensor<E>.type, shape, x, weights, $0, target)
            }
          }
        }
      }
    }.recorded(.selfAttentionGradient(self), [x, weights, g])
  }

  /// The same function made of other operations, for derivatives of its gradient.
  func composed<E>(_ x: Tensor<E>) -> Tensor<E> {
    let parts = x.reshaped(to: [examples, tokens, 3, heads, width]).permuted([2, 0, 3, 1, 4])
    func part(_ index: Int) -> Tensor<E> {
      parts.rows(index..<index + 1).reshaped(to: [examples, heads, tokens, width])
    }
    var scores = products(part(0) * E(scale), part(1), false, true)
    if isCausal {
      let hidden = (0..<tokens * tokens).map { place -> E in
        place % tokens > place / tokens ? -E.infinity : 0
      }
      scores = scores + Tensor(hidden, shape: [tokens, tokens])
    }
    return products(softmax(scores), part(2), false, false).permuted([0, 2, 1, 3])
      .reshaped(to: [examples, tokens, heads * width])
  }
}

/// Scaled dot-product attention of sequences to themselves, head by head.
///
///     y = softmax(q kᵀ / √(width / heads)) v
///
/// A row holds the queries of all heads, then their keys, then their values; head h has the columns
/// from h width / heads of each. Queries are scaled before the product, whose entries, like those
/// of the result, are chains in the order of a matrix product. With a causal mask a row's chains
/// run over the rows up to itself.
///
/// - Shapes: `[n, length, 3 width]` gives `[n, length, width]`.
/// - Gradient: of everything, any number of times; the weights of all heads are kept for it.
/// - Source: Vaswani et al. 2017, arXiv 1706.03762, eq. 1.
/// - Precondition: there are three axes, and the heads divide a third of the last.
/// - Parameters:
///   - x: the packed rows.
///   - heads: the number of heads.
///   - isCausal: whether a row sees itself and the rows before it alone.
/// - Returns: the heads' results side by side.
public func selfAttention<E>(
  _ x: Tensor<E>, heads: Int, isCausal: Bool = false
) -> Tensor<E> {
  require(
    x.rank == 3 && x.shape[2] % 3 == 0 && heads > 0 && x.shape[2] / 3 % heads == 0
      && x.shape[2] > 0,
    "selfAttention: shape \(x.shape) is not [n, length, 3 width] of \(heads) heads")
  let width = x.shape[2] / 3 / heads
  let form = SelfAttention(
    examples: x.shape[0], tokens: x.shape[1], heads: heads, width: width, isCausal: isCausal,
    scale: 1 / Double(width).squareRoot())
  return form(x)
}
