public import Tensors

/// Examples mixed with others of their batch, and their targets alike.
///
///     x' = λ x + (1 − λ) x[π],  t' = λ t + (1 − λ) t[π],  λ ~ Beta(α, α),  π a permutation
///
/// One λ a batch, as in the authors' code; with α = 0 nothing is mixed.
///
/// - Shapes: x [n, …]; targets [n, …], such as one-hot classes; the same.
/// - Source: Zhang et al. 2018, mixup, arXiv 1710.09412, eq. 2.
/// - Precondition: both have n examples; α is not negative.
/// - Parameters:
///   - x: the examples.
///   - targets: what they are to be mapped to.
///   - alpha: α.
///   - stream: the source: λ, then π.
/// - Returns: the mixed examples and targets, and λ.
public func mixup<Element: Scalar>(
  _ x: Tensor<Element>, targets: Tensor<Element>, alpha: Double, using stream: inout RandomStream
) -> (x: Tensor<Element>, targets: Tensor<Element>, share: Element) {
  require(
    x.rank >= 1 && targets.rank >= 1 && x.shape[0] == targets.shape[0] && alpha >= 0,
    "mixup: x \(x.shape), targets \(targets.shape) and an alpha of \(alpha)")
  guard alpha > 0 else { return (x, targets, 1) }
  let share = Element(stream.beta(alpha, alpha, shape: [], of: Double.self).item)
  let order = stream.permutation(of: x.shape[0])
  return (
    share * x + (1 - share) * x.gathered(rows: order),
    share * targets + (1 - share) * targets.gathered(rows: order), share
  )
}
