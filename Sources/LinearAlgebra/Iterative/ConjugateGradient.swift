public import Tensors

/// The solution of a linear system by an iteration, with its certificate.
public struct IterativeSolution: Sendable {
  /// The solution: [n].
  public let solution: Tensor<Double>

  /// ‖b − A x‖ / ‖b‖, computed from the solution; 0 where b is zero.
  public let residual: Double

  /// How many products with A were taken to find it.
  public let iterations: Int
}

/// The solution of a symmetric positive definite system given by its products with vectors.
///
///     A x = b
///
/// - Shapes: b [n]; the operator takes and gives [n].
/// - Accuracy: ‖b − A x‖ ≤ tolerance ‖b‖, measured on the solution itself.
/// - Source: Golub and Van Loan, Matrix Computations, algorithm 11.5.1.
/// - Precondition: `b` is a vector.
/// - Parameters:
///   - b: The right-hand side.
///   - tolerance: The relative residual accepted.
///   - iterations: How many products may be taken; where nil, 10 n.
///   - preconditioner: An approximate inverse, symmetric positive definite; none where nil.
///   - apply: The product of A and a vector.
/// - Returns: The solution with its residual.
/// - Throws: `LinearAlgebraError.nonFinite` where `b` is not finite, `.notConverged` where the
///   residual stays larger or A is not positive definite.
public func conjugateGradient(
  _ b: Tensor<Double>, tolerance: Double = 1e-10, iterations: Int? = nil,
  preconditioner: ((Tensor<Double>) -> Tensor<Double>)? = nil,
  applying apply: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> IterativeSolution {
  require(b.rank == 1, "conjugateGradient: a right-hand side of shape \(b.shape) is no vector")
  try requireFinite("conjugateGradient", b)
  let b = b.detached
  let limit = iterations ?? 10 * b.count
  let size = inner(b, b).squareRoot()
  var x = Tensor<Double>(zeros: b.shape)
  var count = 0
  guard size > 0 else { return IterativeSolution(solution: x, residual: 0, iterations: 0) }
  // The recursion's residual drifts from the true one: it is begun again from that one.
  var residual = 1.0
  restarts: for _ in 0..<10 {
    var r = count == 0 ? b : b - apply(x)
    residual = inner(r, r).squareRoot() / size
    if residual <= tolerance {
      return IterativeSolution(solution: x, residual: residual, iterations: count)
    }
    var z = preconditioner?(r) ?? r
    var p = z
    var rho = inner(r, z)
    while count < limit {
      let q = apply(p)
      count += 1
      let curvature = inner(p, q)
      guard curvature > 0, curvature.isFinite, rho > 0 else { break restarts }
      let step = rho / curvature
      x += step * p
      r -= step * q
      if inner(r, r).squareRoot() <= 0.5 * tolerance * size { continue restarts }
      z = preconditioner?(r) ?? r
      let next = inner(r, z)
      p = z + (next / rho) * p
      rho = next
    }
    break
  }
  let r = b - apply(x)
  residual = inner(r, r).squareRoot() / size
  guard residual <= tolerance else {
    throw .notConverged(
      operation: "conjugateGradient", iterations: count, residual: residual, tolerance: tolerance)
  }
  return IterativeSolution(solution: x, residual: residual, iterations: count)
}
