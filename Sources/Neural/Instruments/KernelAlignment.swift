public import Tensors

/// The centred alignment of two kernels of the same examples.
///
///     CKA = ⟨K', L'⟩ / (‖K'‖ ‖L'‖),  K' = H K H,  H = I − 1/n
///
/// - Shapes: k and l [n, n].
/// - Accuracy: worked out in `Double`; NaN where a centred kernel is zero.
/// - Source: Kornblith et al. 2019, arXiv 1905.00414, eq. 2 and 3.
/// - Precondition: both are square and of one size.
public func centredKernelAlignment<E>(_ k: Tensor<E>, _ l: Tensor<E>) -> Double {
  require(
    k.rank == 2 && k.shape[0] == k.shape[1] && k.shape == l.shape,
    "centredKernelAlignment: kernels of shape \(k.shape) and \(l.shape)")
  let (a, b) = (centred(Tensor(converting: k)), centred(Tensor(converting: l)))
  return (a * b).sum().item
    / (a.sumOfSquares().item.squareRoot() * b.sumOfSquares().item.squareRoot())
}

/// The centred alignment of two representations of the same examples, by linear kernels.
///
///     CKA = ‖YᵀX‖² / (‖XᵀX‖ ‖YᵀY‖),  columns centred, Frobenius norms
///
/// - Shapes: x [n, d]; y [n, e].
/// - Accuracy: worked out in `Double`; NaN where a representation is constant.
/// - Source: Kornblith et al. 2019, arXiv 1905.00414, §3.
/// - Precondition: both are matrices with as many rows.
public func linearCKA<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Double {
  require(
    x.rank == 2 && y.rank == 2 && x.shape[0] == y.shape[0],
    "linearCKA: representations of shape \(x.shape) and \(y.shape)")
  let a = Tensor<Double>(converting: x)
  let b = Tensor<Double>(converting: y)
  let (p, q) = (a - a.mean(along: 0), b - b.mean(along: 0))
  func size(_ u: Tensor<Double>, _ v: Tensor<Double>) -> Double {
    matmul(u, v, transposingA: true).sumOfSquares().item
  }
  return size(p, q) / (size(p, p).squareRoot() * size(q, q).squareRoot())
}

/// Rows and columns less their means.
private func centred(_ k: Tensor<Double>) -> Tensor<Double> {
  let rows = k - k.mean(along: 0)
  return rows - rows.mean(along: 1, keepingAxis: true)
}
