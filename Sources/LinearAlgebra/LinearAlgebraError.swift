public import Diagnostics
internal import Tensors

/// A matrix that an operation cannot answer for.
///
/// Shapes that disagree are programmer's errors and stop the process; these are properties of the
/// numbers themselves.
public enum LinearAlgebraError: Diagnosable, Equatable {
  /// An entry of the input is NaN or infinite.
  case nonFinite(operation: String)

  /// Columns (or rows) are linearly dependent to working precision.
  case rankDeficient(operation: String, rank: Int, expected: Int)

  /// A pivot of the LU factorization is zero.
  case singular(operation: String, pivot: Int)

  /// A pivot of the Cholesky factorization is not positive.
  case notPositiveDefinite(pivot: Int, value: Double)

  /// An iteration ended before its residual reached the tolerance.
  case notConverged(operation: String, iterations: Int, residual: Double, tolerance: Double)

  /// No point satisfies the constraints.
  case infeasible(operation: String)

  /// The objective falls without bound inside the constraints.
  case unbounded(operation: String)

  /// A function has one sign at both ends of the interval in which a root is looked for.
  case noSignChange(lower: Double, upper: Double)

  /// What went wrong, with the numbers that show it.
  public var problem: String {
    switch self {
    case .nonFinite(let operation):
      "\(operation): an entry of the input is NaN or infinite"
    case .rankDeficient(let operation, let rank, let expected):
      "\(operation): numerical rank \(rank), expected full rank \(expected)"
    case .singular(let operation, let pivot):
      "\(operation): the matrix is singular, pivot \(pivot) is zero"
    case .notPositiveDefinite(let pivot, let value):
      "cholesky: pivot \(pivot) is \(value), expected a positive number"
    case .notConverged(let operation, let iterations, let residual, let tolerance):
      "\(operation): residual \(residual) after \(iterations) iterations, expected at most "
        + "\(tolerance)"
    case .infeasible(let operation):
      "\(operation): multipliers prove that no point satisfies the constraints"
    case .unbounded(let operation):
      "\(operation): the objective falls without bound along a feasible direction"
    case .noSignChange(let lower, let upper):
      "root: the function has one sign at both \(lower) and \(upper)"
    }
  }

  /// What to do about it.
  public var remedy: String {
    switch self {
    case .nonFinite:
      "Find the step before it that diverged or divided by zero."
    case .rankDeficient:
      "Remove dependent columns, or use pseudoInverse(_:), which needs no full rank."
    case .singular:
      "Use pseudoInverse(_:) or leastSquares(_:_:), or add a ridge to the diagonal."
    case .notPositiveDefinite:
      "Add a ridge to the diagonal, or use symmetricEigen(_:), which needs no definiteness."
    case .notConverged:
      "Scale the data to unit size, allow more iterations or accept a larger tolerance."
    case .infeasible:
      "Check the signs of the constraints, or relax the bounds that contradict each other."
    case .unbounded:
      "Bound the variables, or check the sign of the objective."
    case .noSignChange:
      "Widen the interval until the signs at its ends differ."
    }
  }
}

/// Stops an operation whose input is not finite.
func requireFinite<Element: Scalar>(
  _ operation: String, _ tensors: Tensor<Element>...
) throws(LinearAlgebraError) {
  for tensor in tensors where !tensor.isFinite { throw .nonFinite(operation: operation) }
}
