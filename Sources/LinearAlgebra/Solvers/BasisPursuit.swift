public import Tensors

/// The least L1 norm with which a system can be solved, by a linear program.
///
///     min ‖x‖₁  where  A x = b
///
/// - Shapes: a [n, k]; b [n]; point [k]; multipliers [n].
/// - Accuracy: the norm exceeds the least by at most `gap`, which is at most `tolerance` of it or 1.
/// - Precondition: `a` is a matrix and `b` has as many rows.
/// - Parameters:
///   - a: The matrix.
///   - b: The right-hand side.
///   - tolerance: The certificate accepted.
/// - Returns: The point, the norm, and multipliers y with ‖Aᵀy‖∞ ≤ 1 whose bᵀy bounds it from below.
/// - Throws: As `quadraticProgram`; `.infeasible` where the system has no solution.
public func basisPursuit(
  _ a: Tensor<Double>, _ b: Tensor<Double>, tolerance: Double = 1e-9
) throws(LinearAlgebraError) -> (
  point: Tensor<Double>, norm: Double, multipliers: Tensor<Double>, gap: Double
) {
  require(
    a.rank == 2 && b.shape == [a.shape[0]],
    "basisPursuit: matrix \(a.shape) and right-hand side \(b.shape) do not fit")
  let k = a.shape[1]
  // x = u − v with u, v ≥ 0.
  let turned = a.detached.transposed()
  let both = Tensor.concatenated([turned, -turned]).transposed()
  let signs = -Tensor<Double>(unitScalars(2 * k), shape: [2 * k, 2 * k])
  let found = try solveProgram(
    "basisPursuit", nil, Tensor(repeating: 1, shape: [2 * k]), LinearConstraints(both, b),
    LinearConstraints(signs, Tensor(zeros: [2 * k])), tolerance: tolerance)
  let point = found.point.rows(0..<k) - found.point.rows(k..<2 * k)
  let steepest = largestSize(matmul(found.equalityMultipliers, a.detached))
  let multipliers = found.equalityMultipliers * (-1 / max(1, steepest))
  let norm = abs(point).sum().item
  return (point, norm, multipliers, norm - inner(b.detached, multipliers))
}
