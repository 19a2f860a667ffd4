public import Tensors

/// Entries set to zero at random, the others scaled up so that the mean stays.
///
///     y = x mask,  mask = 0 with chance p, 1 / (1 − p) otherwise, entry by entry
///
/// For training; evaluation leaves it out.
///
/// - Shapes: the result has the shape of `x`.
/// - Source: Srivastava et al. 2014, in the inverted form of today's libraries.
/// - Precondition: 0 ≤ p < 1.
/// - Parameters:
///   - x: the entries.
///   - p: the chance of an entry to be dropped; zero draws nothing.
///   - stream: the source of the mask.
/// - Returns: what is left.
public func dropout<E>(
  _ x: Tensor<E>, probability p: Double, using stream: inout RandomStream
) -> Tensor<E> {
  require((0..<1).contains(p), "dropout: a probability of \(p) is not in [0, 1)")
  return p == 0 ? x : x * stream.dropoutMask(keep: 1 - p, shape: x.shape)
}

/// Whole channels set to zero at random, the others scaled up.
///
/// - Shapes: `[n, channels, …]`; the result has the shape of `x`.
/// - Source: Tompson et al. 2015, arXiv 1411.4280.
/// - Precondition: 0 ≤ p < 1, and there are two axes at least.
public func channelDropout<E>(
  _ x: Tensor<E>, probability p: Double, using stream: inout RandomStream
) -> Tensor<E> {
  require(
    (0..<1).contains(p) && x.rank >= 2,
    "channelDropout: a probability of \(p) for shape \(x.shape)")
  let shape = Array(x.shape[..<2]) + Array(repeating: 1, count: x.rank - 2)
  return p == 0 ? x : x * stream.dropoutMask(keep: 1 - p, shape: shape)
}
