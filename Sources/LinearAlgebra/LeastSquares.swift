public import Tensors

/// The shortest least-squares solution of a system of full rank.
///
///     A tall:  x = argmin ‖A x − b‖
///     A wide:  x = argmin ‖x‖ with A x = b
///
/// Both are A⁺b, by QR of A or of Aᵀ.
///
/// - Shapes: a [n, k]; b [n] or [n, c]; the result [k] or [k, c].
/// - Accuracy: backward stable; tested against LAPACK's `gelsd`.
/// - Precondition: `a` is a matrix with at least one row and column, `b` has as many rows.
/// - Parameters:
///   - a: The matrix.
///   - b: The right-hand sides, one a column.
/// - Returns: The solution.
/// - Throws: `LinearAlgebraError.rankDeficient` where a pivot of R is below max(n, k)·ulp of the
///   largest, `.nonFinite` where the input is not finite.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func leastSquares<Element: Scalar>(
  _ a: Tensor<Element>, _ b: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  require(
    a.shape.count == 2 && (1...2).contains(b.shape.count) && a.shape[0] == b.shape[0]
      && a.shape[0] >= 1 && a.shape[1] >= 1,
    "leastSquares: matrix \(a.shape) and right-hand side \(b.shape) do not fit")
  let (n, k) = (a.shape[0], a.shape[1])
  guard a.scalars.allSatisfy(\.isFinite), b.scalars.allSatisfy(\.isFinite) else {
    throw .nonFinite(operation: "leastSquares")
  }
  let right = Tensor(b.scalars, shape: [n, b.count / n])
  let resultShape = [k] + b.shape.dropFirst()
  if n >= k {
    let factors = qr(a)
    try requireFullRank(factors.r, of: n, "leastSquares")
    let x = solveTriangular(factors.r, .upper, matmul(factors.q, right, transposingA: true))
    return Tensor(x.scalars, shape: resultShape)
  }
  let factors = qr(Tensor(transposedScalars(a.scalars, rows: n, columns: k), shape: [k, n]))
  try requireFullRank(factors.r, of: k, "leastSquares")
  let x = matmul(factors.q, solveTriangular(factors.r, .upper, transposed: true, right))
  return Tensor(x.scalars, shape: resultShape)
}

/// Stops where a pivot of R is zero to working precision.
private func requireFullRank<Element: Scalar>(
  _ r: Tensor<Element>, of length: Int, _ operation: String
) throws(LinearAlgebraError) {
  let k = r.shape[0]
  let scalars = r.scalars
  let pivots = (0..<k).map { abs(scalars[$0 * k + $0]) }
  let floor = (pivots.max() ?? 0) * Element(length) * Element.ulpOfOne
  let rank = pivots.count { $0 > floor }
  if rank < k { throw .rankDeficient(operation: operation, rank: rank, expected: k) }
}

/// The Moore–Penrose inverse, for any rank.
///
///     A⁺ = V Σ⁺ Uᵀ
///
/// Singular values at or below the cutoff count as zero.
///
/// - Shapes: a [n, k]; the result [k, n].
/// - Accuracy: tested against SciPy's `pinv` and the four Penrose identities.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameters:
///   - a: The matrix.
///   - cutoff: The cutoff as a share of the largest singular value; max(n, k)·ulp where nil.
/// - Returns: The inverse.
/// - Throws: As `singularValueDecomposition(_:)`.
public func pseudoInverse<Element: Scalar>(
  _ a: Tensor<Element>, cutoff: Element? = nil
) throws(LinearAlgebraError) -> Tensor<Element> {
  let factors = try singularValueDecomposition(a)
  let (n, k) = (a.shape[0], a.shape[1])
  let rank = factors.values.count
  let values = factors.values.scalars
  let floor = (cutoff ?? Element(max(n, k)) * Element.ulpOfOne) * (values.first ?? 0)
  var scaled = factors.v.scalars
  for row in 0..<k {
    for column in 0..<rank {
      let value = values[column]
      scaled[row * rank + column] = value > floor ? scaled[row * rank + column] / value : 0
    }
  }
  return matmul(Tensor(scaled, shape: [k, rank]), factors.u, transposingB: true)
}
