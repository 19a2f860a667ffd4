public import Tensors

/// The Cholesky factor of a symmetric positive definite matrix.
///
///     A = L Lᵀ,  L lower triangular,  L_ii > 0
///
/// Solve A x = b by `solveTriangular(l, .lower, b)`, then with `transposed: true`; or by
/// `solvePositiveDefinite(_:_:)`.
///
/// - Shapes: a [n, n]; l [n, n].
/// - Accuracy: ‖A − LLᵀ‖ within a small multiple of n·ulp of ‖A‖, tested against LAPACK.
/// - Precondition: `a` is square. Its upper half is not read.
/// - Parameter a: The matrix.
/// - Returns: The lower factor.
/// - Throws: `LinearAlgebraError.notPositiveDefinite` at the first pivot that is not positive, which
///   includes NaN.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func cholesky<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  requireSquare("cholesky", a.shape)
  let n = a.shape[0]
  var l = a.scalars
  let failure = withBlock(&l, rows: n, columns: n) { block -> LinearAlgebraError? in
    if let pivot = factorCholesky(block) {
      return .notPositiveDefinite(pivot: pivot, value: Double(block.start[pivot * n + pivot]))
    }
    for i in 0..<n { (block.start + i * n + i + 1).update(repeating: 0, count: n - i - 1) }
    return nil
  }
  if let failure { throw failure }
  return Tensor(l, shape: [n, n])
}

/// Factors by halves: a leaf's block, the rows below it, what they leave of the rest.
private func factorCholesky<Element: Scalar>(_ a: MatrixBlock<Element>) -> Int? {
  let n = a.rows
  if n <= MatrixBlock<Element>.triangle { return a.factorCholesky() }
  let half = halved(n, leaf: MatrixBlock<Element>.triangle)
  let first = a[0..<half, 0..<half]
  let below = a[half..<n, 0..<half]
  let rest = a[half..<n, half..<n]
  if let pivot = factorCholesky(first) { return pivot }
  // X Lᵀ = B, as L Xᵀ = Bᵀ.
  substitute(first, ascending: true, into: below.transposed)
  rest.subtract(product: below, below.transposed, lower: true)
  return factorCholesky(rest).map { half + $0 }
}

/// The solution of a symmetric positive definite system.
///
///     A X = B
///
/// - Shapes: a [n, n]; b [n] or [n, c]; the result as b.
/// - Accuracy: backward stable; tested by residuals.
/// - Precondition: `a` is square and `b` has as many rows. The upper half of `a` is not read.
/// - Parameters:
///   - a: The matrix.
///   - b: The right-hand sides, one a column.
/// - Returns: The solution.
/// - Throws: As `cholesky(_:)`.
public func solvePositiveDefinite<Element: Scalar>(
  _ a: Tensor<Element>, _ b: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  let l = try cholesky(a)
  return solveTriangular(l, .lower, transposed: true, solveTriangular(l, .lower, b))
}

/// The logarithm of the determinant of a symmetric positive definite matrix.
///
///     log det A = 2 Σᵢ log L_ii
///
/// - Shapes: a [n, n].
/// - Accuracy: n·ulp of Σ |log L_ii|, beside the error of the factor.
/// - Precondition: `a` is square. Its upper half is not read.
/// - Parameter a: The matrix.
/// - Returns: The logarithm; 0 for the empty matrix.
/// - Throws: As `cholesky(_:)`.
public func logDeterminant<Element: Scalar>(
  positiveDefinite a: Tensor<Element>
) throws(LinearAlgebraError) -> Element {
  let n = a.shape[0]
  let l = try cholesky(a).scalars
  return 2 * (0..<n).reduce(0) { $0 + log(l[$1 * n + $1]) }
}
