public import Tensors

/// A function of a symmetric matrix, by its eigenvalues.
///
///     f(A) = V diag(f(λ)) Vᵀ
///
/// - Shapes: a [n, n]; the result [n, n], symmetric to the bit.
/// - Accuracy: that of the eigenvalues, n·ulp·‖A‖, times the slope of f.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameters:
///   - a: The matrix.
///   - function: The function of an eigenvalue.
/// - Returns: The matrix.
/// - Throws: As `symmetricEigen(_:)`; `LinearAlgebraError.nonFinite` where a value of the function is
///   not finite.
public func symmetricFunction<Element: Scalar>(
  _ a: Tensor<Element>, _ function: (Element) -> Element
) throws(LinearAlgebraError) -> Tensor<Element> {
  let eigen = try symmetricEigen(a)
  let values = Tensor(eigen.values.scalars.map(function), shape: eigen.values.shape)
  try requireFinite("symmetricFunction", values)
  let n = values.count
  var result = matmul(eigen.vectors * values, eigen.vectors, transposingB: true).scalars
  for i in 0..<n { for j in 0..<i { result[i * n + j] = result[j * n + i] } }
  return Tensor(result, shape: [n, n])
}

/// The symmetric square root of a positive semidefinite matrix.
///
///     S S = A,  S symmetric positive semidefinite
///
/// Eigenvalues below zero by no more than rounding count as zero.
///
/// - Shapes: a [n, n]; the result [n, n].
/// - Accuracy: ‖S S − A‖ within a small multiple of n·ulp·‖A‖.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The root.
/// - Throws: As `symmetricEigen(_:)`; `LinearAlgebraError.notPositiveDefinite` where an eigenvalue is
///   below −n·ulp of the largest.
public func symmetricSquareRoot<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  try requireSpectrum(a, above: -1)
  return try symmetricFunction(a) { $0 > 0 ? $0.squareRoot() : 0 }
}

/// The inverse of the symmetric square root of a positive definite matrix.
///
///     S A S = I,  S symmetric positive definite
///
/// - Shapes: a [n, n]; the result [n, n].
/// - Accuracy: within n·ulp times the condition number of A.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The inverse root.
/// - Throws: As `symmetricEigen(_:)`; `LinearAlgebraError.notPositiveDefinite` where an eigenvalue is
///   not above n·ulp of the largest.
public func symmetricInverseSquareRoot<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  try requireSpectrum(a, above: 1)
  return try symmetricFunction(a) { 1 / $0.squareRoot() }
}

/// The logarithm of a symmetric positive definite matrix.
///
/// - Shapes: a [n, n]; the result [n, n].
/// - Accuracy: within n·ulp times the condition number of A.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The symmetric matrix whose exponential is A.
/// - Throws: As `symmetricInverseSquareRoot(_:)`.
public func symmetricLogarithm<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  try requireSpectrum(a, above: 1)
  return try symmetricFunction(a) { log($0) }
}

/// The exponential of a symmetric matrix.
///
/// - Shapes: a [n, n]; the result [n, n].
/// - Accuracy: within n·ulp·‖A‖ of the result's norm.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The exponential.
/// - Throws: As `symmetricFunction(_:_:)`.
public func symmetricExponential<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  try symmetricFunction(a) { exp($0) }
}

/// Stops where the least eigenvalue is not above a multiple of the spectrum's rounding.
private func requireSpectrum<Element: Scalar>(
  _ a: Tensor<Element>, above multiple: Element
) throws(LinearAlgebraError) {
  let values = try symmetricEigenvalues(a).scalars
  guard let least = values.first, let greatest = values.last else { return }
  let rounding = Element(values.count) * Element.ulpOfOne * max(abs(least), abs(greatest))
  let floor = multiple * rounding
  if least < floor || multiple > 0 && least <= floor {
    throw .notPositiveDefinite(pivot: 0, value: Double(least))
  }
}

/// The eigendecomposition of a symmetric matrix relative to a positive definite one.
///
///     A V = B V diag(λ),  Vᵀ B V = I,  λ₁ ≤ λ₂ ≤ …
///
/// - Shapes: a and b [n, n]; values [n]; vectors [n, n].
/// - Accuracy: within n·ulp·‖A‖‖B⁻¹‖, tested against LAPACK's `sygvd`.
/// - Source: Golub and Van Loan, Matrix Computations, algorithm 8.7.1.
/// - Precondition: both are square of one size. The lower half of `a` and the upper of `b` are not
///   read.
/// - Parameters:
///   - a: The symmetric matrix.
///   - b: The positive definite matrix.
/// - Returns: The values and the vectors, one a column.
/// - Throws: As `symmetricEigen(_:)` and `cholesky(_:)`.
public func symmetricEigen<Element: Scalar>(
  _ a: Tensor<Element>, relativeTo b: Tensor<Element>
) throws(LinearAlgebraError) -> SymmetricEigen<Element> {
  requireSquare("symmetricEigen", a.shape)
  require(a.shape == b.shape, "symmetricEigen: matrices \(a.shape) and \(b.shape) do not fit")
  let n = a.shape[0]
  let l = try cholesky(b)
  var full = a.scalars
  for i in 0..<n { for j in 0..<i { full[i * n + j] = full[j * n + i] } }
  let half = solveTriangular(l, .lower, Tensor(full, shape: [n, n]))
  let eigen = try symmetricEigen(solveTriangular(l, .lower, half.transposed()))
  return SymmetricEigen(
    values: eigen.values, vectors: solveTriangular(l, .lower, transposed: true, eigen.vectors))
}
