public import Tensors

/// Scaled dot-product attention of several heads, with any mask.
///
///     y = softmax(scale q kᵀ + mask) v, head by head
///
/// Made of products and a softmax; where queries and keys come of the same rows and the mask is
/// causal or absent, ``selfAttention(_:heads:isCausal:)`` is faster. A row whose every key is
/// masked by minus infinity is not a number.
///
/// - Shapes: q [n, queries, width]; k and v [n, keys, width]; a mask that broadcasts to
///   [n, heads, queries, keys]; y [n, queries, width]. Head h has the columns from h width / heads.
/// - Source: Vaswani et al. 2017, arXiv 1706.03762, eq. 1.
/// - Precondition: the shapes fit, and the heads divide the width.
/// - Parameters:
///   - q: the queries.
///   - k: the keys.
///   - v: the values.
///   - heads: the number of heads.
///   - mask: what is added to the scores: zero, or minus infinity where a key is not seen.
///   - scale: the factor of the scores; 1 / √(width / heads) unless given.
/// - Returns: the heads' results side by side.
public func attention<E>(
  _ q: Tensor<E>, _ k: Tensor<E>, _ v: Tensor<E>, heads: Int, mask: Tensor<E>? = nil,
  scale: Double? = nil
) -> Tensor<E> {
  require(
    q.rank == 3 && k.rank == 3 && k.shape == v.shape && q.shape[0] == k.shape[0]
      && q.shape[2] == k.shape[2] && heads > 0 && q.shape[2] % heads == 0,
    "attention: q \(q.shape), k \(k.shape) and v \(v.shape) with \(heads) heads do not fit")
  let width = q.shape[2] / heads
  func apart(_ x: Tensor<E>) -> Tensor<E> {
    x.reshaped(to: [x.shape[0], x.shape[1], heads, width]).permuted([0, 2, 1, 3])
  }
  let scale = scale ?? 1 / Double(width).squareRoot()
  var scores = matmul(apart(q) * E(scale), apart(k), transposingB: true)
  if let mask { scores = scores + mask }
  return matmul(softmax(scores), apart(v)).permuted([0, 2, 1, 3]).reshaped(to: q.shape)
}

/// The mask that hides later keys: minus infinity above the diagonal, zero elsewhere.
///
/// - Shapes: [length, length].
public func causalMask<E: Scalar>(_ length: Int, of: E.Type = E.self) -> Tensor<E> {
  Tensor(
    (0..<length * length).map { $0 % length > $0 / length ? -E.infinity : 0 },
    shape: [length, length])
}

/// The mask that hides the keys after each sequence's end.
///
/// - Shapes: [sequences, 1, 1, longest].
/// - Precondition: every length lies in 1...longest.
public func paddingMask<E: Scalar>(
  lengths: [Int], longest: Int, of: E.Type = E.self
) -> Tensor<E> {
  require(
    lengths.allSatisfy { (1...longest).contains($0) },
    "paddingMask: lengths \(lengths) are not in 1...\(longest)")
  return Tensor(
    lengths.flatMap { length in (0..<longest).map { $0 < length ? 0 : -E.infinity } },
    shape: [lengths.count, 1, 1, longest])
}
