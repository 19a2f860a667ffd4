public import Tensors

/// The spectral norm of a matrix: its largest singular value.
///
/// - Accuracy: within a small multiple of n·ulp of it.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: The norm.
/// - Throws: As `singularValues(_:)`.
public func spectralNorm<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Element {
  try singularValues(a).scalars[0]
}

/// The condition number of a matrix: its largest singular value over its least.
///
/// - Accuracy: relative error within n·ulp times the condition number itself; ∞ where the least
///   value is zero.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: The number, at least 1.
/// - Throws: As `singularValues(_:)`.
public func conditionNumber<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Element {
  let values = try singularValues(a).scalars
  return values[values.count - 1] == 0 ? .infinity : values[0] / values[values.count - 1]
}

/// The number of singular values above a cutoff.
///
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameters:
///   - a: The matrix.
///   - cutoff: The cutoff as a share of the largest singular value; max(n, k)·ulp where nil.
/// - Returns: The rank.
/// - Throws: As `singularValues(_:)`.
public func numericalRank<Element: Scalar>(
  _ a: Tensor<Element>, cutoff: Element? = nil
) throws(LinearAlgebraError) -> Int {
  let values = try singularValues(a).scalars
  let share = cutoff ?? Element(max(a.shape[0], a.shape[1])) * Element.ulpOfOne
  return values.count { $0 > share * values[0] }
}

/// The exponential of the entropy of the singular values as shares of their sum.
///
///     exp(−Σ pᵢ log pᵢ),  pᵢ = σᵢ / Σσ
///
/// - Source: Roy and Vetterli, EUSIPCO 2007, definition 1.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: A number in [1, min(n, k)]; NaN of a matrix of zeros.
/// - Throws: As `singularValues(_:)`.
public func effectiveRank<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Element {
  let values = try singularValues(a).scalars
  let sum = values.reduce(0, +)
  guard sum > 0 else { return .nan }
  return exp(-values.filter { $0 > 0 }.reduce(0) { $0 + $1 / sum * log($1 / sum) })
}

/// The polar factors of a matrix: the nearest one with orthonormal columns (or rows), and the rest.
///
///     A = W H for a tall matrix, A = H W for a wide one; H symmetric positive semidefinite
///
/// - Shapes: a [n, k]; orthonormal W [n, k]; symmetric H [min(n, k), min(n, k)].
/// - Accuracy: a small multiple of n·ulp·‖A‖. Where A lacks rank W is one of several.
/// - Source: Higham, Functions of Matrices (2008), §8.1.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: Both factors.
/// - Throws: As `singularValueDecomposition(_:)`.
public func polarFactors<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> (orthonormal: Tensor<Element>, symmetric: Tensor<Element>) {
  let factors = try singularValueDecomposition(a)
  let basis = a.shape[0] >= a.shape[1] ? factors.v : factors.u
  return (
    matmul(factors.u, factors.v, transposingB: true),
    matmul(basis * factors.values, basis, transposingB: true)
  )
}
