public import Tensors

/// Attention of several heads, from a sequence to itself or to another.
///
///     [q k v] = x W + b,  y = attention(q, k, v) Wₒ + bₒ
///
/// Queries and keys may be normalised head by head and turned by their positions before the product.
///
/// - Shapes: x [n, length, width]; the packed weights [width, 3 width]; y as x.
/// - Source: Vaswani et al. 2017, arXiv 1706.03762, §3.2.2; norms of queries and keys, Dehghani et
///   al. 2023, arXiv 2302.05442.
public struct MultiHeadAttention<Element: Scalar>: Parameterised {
  /// The maps to queries, keys and values, side by side.
  public var inputs: Linear<Element>

  /// The map of the heads' results.
  public var output: Linear<Element>

  /// The norm of each head's queries; nil for none.
  public var queryNorm: LayerNorm<Element>?

  /// The norm of each head's keys; nil for none.
  public var keyNorm: LayerNorm<Element>?

  /// The number of heads.
  public let heads: Int

  /// The rotations by position; nil for none.
  public let rotary: RotaryEmbedding<Element>?

  /// A layer with drawn weights and biases of zero.
  ///
  /// - Precondition: the heads divide the width.
  /// - Parameters:
  ///   - width: the columns of a row.
  ///   - heads: the number of heads.
  ///   - normalisesQueries: whether queries and keys have a layer norm without offset each.
  ///   - rotary: the rotations by position.
  ///   - initialiser: the law of the packed weights.
  ///   - outputInitialiser: the law of the output's weights; the same unless given.
  ///   - stream: the source.
  public init(
    width: Int, heads: Int, normalisesQueries: Bool = false,
    rotary: RotaryEmbedding<Element>? = nil, initialiser: Initialiser = .xavierUniform(),
    outputInitialiser: Initialiser? = nil, using stream: inout RandomStream
  ) {
    require(
      heads > 0 && width % heads == 0,
      "MultiHeadAttention: \(heads) heads do not divide a width of \(width)")
    inputs = Linear(inputs: width, outputs: 3 * width, initialiser: initialiser, using: &stream)
    output = Linear(
      inputs: width, outputs: width, initialiser: outputInitialiser ?? initialiser, using: &stream)
    let norm = normalisesQueries ? LayerNorm<Element>(width: width / heads, offset: false) : nil
    queryNorm = norm
    keyNorm = norm
    self.heads = heads
    self.rotary = rotary
  }

  /// Attention of a sequence to itself.
  ///
  /// - Parameters:
  ///   - x: the sequences.
  ///   - isCausal: whether a row sees itself and the rows before it alone.
  ///   - mask: what is added to the scores, broadcast to [n, heads, length, length]; nil for none.
  /// - Returns: the rows' results.
  public func callAsFunction(
    _ x: Tensor<Element>, isCausal: Bool = false, mask: Tensor<Element>? = nil
  ) -> Tensor<Element> {
    let packed = turned(inputs(x))
    guard let mask else { return output(selfAttention(packed, heads: heads, isCausal: isCausal)) }
    let width = packed.shape[2] / 3
    let parts = packed.split(along: 2, into: [width, width, width])
    let hidden = isCausal ? mask + causalMask(x.shape[1]) : mask
    return output(attention(parts[0], parts[1], parts[2], heads: heads, mask: hidden))
  }

  /// Attention of rows to the rows of another sequence: keys and values are made of the latter.
  ///
  /// - Parameters:
  ///   - x: the rows that ask.
  ///   - memory: the rows that are asked.
  ///   - mask: what is added to the scores, broadcast to [n, heads, rows, memory's rows].
  /// - Returns: a result for each row of `x`.
  public func callAsFunction(
    _ x: Tensor<Element>, attendingTo memory: Tensor<Element>, mask: Tensor<Element>? = nil
  ) -> Tensor<Element> {
    require(rotary == nil, "MultiHeadAttention: positions of two sequences are not comparable")
    let width = output.weight.shape[0]
    func part(_ x: Tensor<Element>, _ columns: Range<Int>) -> Tensor<Element> {
      let weight = inputs.weight.sliced(along: 1, columns)
      return Linear(weight: weight, bias: inputs.bias.rows(columns))(x)
    }
    let q = normalised(part(x, 0..<width), by: queryNorm)
    let k = normalised(part(memory, width..<2 * width), by: keyNorm)
    return output(
      attention(q, k, part(memory, 2 * width..<3 * width), heads: heads, mask: mask))
  }

  /// Queries and keys normalised and turned, where the layer does either.
  private func turned(_ packed: Tensor<Element>) -> Tensor<Element> {
    guard rotary != nil || queryNorm != nil else { return packed }
    let width = packed.shape[2] / 3
    let parts = packed.split(along: 2, into: [width, width, width])
    let heads = self.heads
    let q = normalised(parts[0], by: queryNorm)
    let k = normalised(parts[1], by: keyNorm)
    return Tensor.concatenated(
      [
        rotary.map { $0(q, heads: heads) } ?? q, rotary.map { $0(k, heads: heads) } ?? k, parts[2],
      ], along: 2)
  }

  private func normalised(_ x: Tensor<Element>, by norm: LayerNorm<Element>?) -> Tensor<Element> {
    guard let norm else { return x }
    return norm(x.reshaped(to: [x.count / norm.scale.count, norm.scale.count]))
      .reshaped(to: x.shape)
  }

  /// Visits the input map, the output map, and the norms.
  @inlinable
  public mutating func forEachParameter(_ body: (inout Tensor<Element>) -> Void) {
    inputs.forEachParameter(body)
    output.forEachParameter(body)
    queryNorm.forEachParameter(body)
    keyNorm.forEachParameter(body)
  }
}
