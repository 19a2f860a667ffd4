public import Tensors

/// Positions as rotations of pairs of columns: rotary embeddings.
///
///     angle(t, i) = t base^(−2i / width),  i < width / 2
///     y[i] = x[i] cos − x[i + width/2] sin,  y[i + width/2] = x[i + width/2] cos + x[i] sin
///
/// Pairs are of the first and the second half of a head's columns, as in LLaMA's published code.
///
/// - Source: Su et al. 2021, arXiv 2104.09864, eq. 34, with its pairs of neighbours moved apart.
public struct RotaryEmbedding<Element: Scalar>: Sendable {
  // [longest, 1, width / 2].
  private let cosines: Tensor<Element>
  private let sines: Tensor<Element>

  /// The rotations of heads of a width, up to a length.
  ///
  /// - Precondition: the width is even.
  public init(width: Int, longest: Int, base: Double = 10_000) {
    require(
      width > 0 && width % 2 == 0 && longest > 0,
      "RotaryEmbedding: a width of \(width) for \(longest) positions")
    let pairs = width / 2
    let exponents = Tensor((0..<pairs).map { -2 * Double($0) / Double(width) })
    let rates = pow(Tensor(base), exponents)
    let places = Tensor((0..<longest).map { Double($0) }, shape: [longest, 1, 1])
    cosines = Tensor(converting: cos(places * rates))
    sines = Tensor(converting: sin(places * rates))
  }

  /// The rotated heads; the first row is at position zero.
  ///
  /// - Shapes: [n, length, heads width]; the result has the shape of `x`.
  /// - Precondition: the length is at most the longest, and the heads divide the columns into the
  ///   width.
  public func callAsFunction(_ x: Tensor<Element>, heads: Int) -> Tensor<Element> {
    let pairs = sines.shape[2]
    require(
      x.rank == 3 && x.shape[1] <= sines.shape[0] && x.shape[2] == heads * 2 * pairs,
      "RotaryEmbedding: shape \(x.shape) with \(heads) heads of width \(2 * pairs)")
    let apart = x.reshaped(to: [x.shape[0], x.shape[1], heads, 2 * pairs])
    let (first, second) = (
      apart.sliced(along: 3, 0..<pairs), apart.sliced(along: 3, pairs..<2 * pairs)
    )
    let (c, s) = (cosines.rows(0..<x.shape[1]), sines.rows(0..<x.shape[1]))
    return Tensor.concatenated([first * c - second * s, second * c + first * s], along: 3)
      .reshaped(to: x.shape)
  }
}
