public import Tensors

/// The squared distances between the rows of two matrices.
///
///     d[i, j] = max(0, ‖xᵢ‖² + ‖yⱼ‖² − 2 ⟨xᵢ, yⱼ⟩)
///
/// - Shapes: x [n, d]; y [m, d]; the result [n, m].
/// - Accuracy: absolute, a small multiple of d·ulp of ‖xᵢ‖² + ‖yⱼ‖²; centre far data first.
/// - Gradient: by its operations; none where the distance is cut to 0.
/// - Precondition: both are matrices with as many columns.
public func pairwiseSquaredDistances<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  requireRows("pairwiseSquaredDistances", x, y)
  let norms = x.sumOfSquares(along: 1, keepingAxis: true) + y.sumOfSquares(along: 1)
  return relu(norms - 2 * matmul(x, y, transposingB: true))
}

/// The distances between the rows of two matrices.
///
/// - Shapes: x [n, d]; y [m, d]; the result [n, m].
/// - Accuracy: the root of that of `pairwiseSquaredDistances(_:_:)`.
/// - Gradient: by its operations; infinite where a distance is 0.
/// - Precondition: both are matrices with as many columns.
public func pairwiseDistances<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  sqrt(pairwiseSquaredDistances(x, y))
}

/// The cosines of the angles between the rows of two matrices.
///
/// - Shapes: x [n, d]; y [m, d]; the result [n, m].
/// - Accuracy: a small multiple of d·ulp; NaN for a row of zeros.
/// - Gradient: by its operations.
/// - Precondition: both are matrices with as many columns.
public func cosineSimilarities<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  requireRows("cosineSimilarities", x, y)
  return matmul(
    x / x.norm(along: 1, keepingAxis: true), y / y.norm(along: 1, keepingAxis: true),
    transposingB: true)
}

/// The Gaussian (RBF) kernel between the rows of two matrices.
///
///     k[i, j] = exp(−γ ‖xᵢ − yⱼ‖²)
///
/// - Shapes: x [n, d]; y [m, d]; the result [n, m].
/// - Gradient: by its operations.
/// - Precondition: both are matrices with as many columns; γ is above zero.
public func gaussianKernel<E>(_ x: Tensor<E>, _ y: Tensor<E>, gamma: E) -> Tensor<E> {
  require(gamma > 0, "gaussianKernel: a gamma of \(gamma)")
  return exp(-gamma * pairwiseSquaredDistances(x, y))
}

/// The Laplace kernel between the rows of two matrices, of the Euclidean distance.
///
///     k[i, j] = exp(−γ ‖xᵢ − yⱼ‖)
///
/// - Shapes: x [n, d]; y [m, d]; the result [n, m].
/// - Gradient: by its operations; none is finite where rows are equal.
/// - Precondition: both are matrices with as many columns; γ is above zero.
public func laplaceKernel<E>(_ x: Tensor<E>, _ y: Tensor<E>, gamma: E) -> Tensor<E> {
  require(gamma > 0, "laplaceKernel: a gamma of \(gamma)")
  return exp(-gamma * pairwiseDistances(x, y))
}

private func requireRows<E>(_ name: String, _ x: Tensor<E>, _ y: Tensor<E>) {
  require(
    x.rank == 2 && y.rank == 2 && x.shape[1] == y.shape[1],
    "\(name): rows of shape \(x.shape) and \(y.shape)")
}
