public import Tensors

/// The eigenvalues and eigenvectors of a symmetric matrix.
public struct SymmetricEigen<Element: Scalar>: Sendable {
  /// The eigenvalues in ascending order: [n].
  public let values: Tensor<Element>

  /// The orthonormal eigenvectors, one a column, in the order of the values: [n, n].
  public let vectors: Tensor<Element>
}

/// The eigendecomposition of a symmetric matrix, by reduction to a tridiagonal one and implicit QL.
///
///     A = V diag(λ) Vᵀ,  VᵀV = I,  λ₁ ≤ λ₂ ≤ …
///
/// Each vector's entry of largest size (the first of equals) is positive. `Float` matrices are
/// worked on in `Double`.
///
/// - Shapes: a [n, n]; values [n]; vectors [n, n].
/// - Accuracy: values within n·ulp·‖A‖, tested against LAPACK's `syevd`.
/// - Source: Golub and Van Loan, Matrix Computations, §8.3.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The decomposition.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` after 60
///   sweeps for one value.
public func symmetricEigen<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> SymmetricEigen<Element> {
  let n = a.shape.first ?? 0
  let (tridiagonal, scale) = try reduced(a, keepingVectors: true)
  var (values, beside) = (tridiagonal.diagonal, tridiagonal.beside)
  var vectors: [Double]? = unitScalars(n)
  try diagonalize(&values, &beside, vectors: &vectors)
  guard var rows = vectors else { fatalError("symmetricEigen: the vectors are lost") }
  tridiagonal.transform(rows: &rows, size: n)
  // Swift's sort is stable, so equal values keep their order.
  let order = (0..<n).sorted { values[$0] < values[$1] }
  var sorted = [Double](repeating: 0, count: n * n)
  for (target, row) in order.enumerated() {
    let vector = rows[row * n..<(row + 1) * n]
    let largest = vector.max { abs($0) < abs($1) } ?? 1
    for (k, entry) in vector.enumerated() { sorted[target * n + k] = largest < 0 ? -entry : entry }
  }
  return SymmetricEigen(
    values: Tensor(converting: Tensor(order.map { values[$0] * scale }, shape: [n])),
    vectors: Tensor(converting: Tensor(sorted, shape: [n, n]).transposed()))
}

/// The eigenvalues of a symmetric matrix in ascending order, without its vectors.
///
/// - Shapes: a [n, n]; the result [n].
/// - Accuracy: within n·ulp·‖A‖.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The values.
/// - Throws: As `symmetricEigen(_:)`.
public func symmetricEigenvalues<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  let (tridiagonal, scale) = try reduced(a, keepingVectors: false)
  var (values, beside) = (tridiagonal.diagonal, tridiagonal.beside)
  var none: [Double]?
  try diagonalize(&values, &beside, vectors: &none)
  return Tensor(converting: Tensor(values.sorted().map { $0 * scale }, shape: [values.count]))
}

/// The tridiagonal form of a matrix divided by a power of two that brings it to unit size.
private func reduced<Element: Scalar>(
  _ a: Tensor<Element>, keepingVectors: Bool
) throws(LinearAlgebraError) -> (Tridiagonal, scale: Double) {
  requireSquare("symmetricEigen", a.shape)
  try requireFinite("symmetricEigen", a)
  let n = a.shape[0]
  var (matrix, scale) = scaledToUnit(a)
  for i in 0..<n { for j in 0..<i { matrix[i * n + j] = matrix[j * n + i] } }
  return (Tridiagonal(matrix, size: n, keepingVectors: keepingVectors), scale)
}

/// The numbers of a tensor over a power of two, so that the greatest is in [1, 2).
func scaledToUnit<Element: Scalar>(_ a: Tensor<Element>) -> (scalars: [Double], scale: Double) {
  let scalars = Tensor<Double>(converting: a).scalars
  let largest = scalars.reduce(0) { max($0, abs($1)) }
  guard largest > 0 else { return (scalars, 1) }
  return (scalars.map { $0 / largest.binade }, largest.binade)
}

/// The unit matrix's numbers.
func unitScalars<Element: Scalar>(_ n: Int) -> [Element] {
  var scalars = [Element](repeating: 0, count: n * n)
  for i in 0..<n { scalars[i * n + i] = 1 }
  return scalars
}
