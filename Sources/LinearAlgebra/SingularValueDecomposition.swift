public import Tensors

/// The factors of A = U diag(σ) Vᵀ.
public struct SingularValueDecomposition<Element: Scalar>: Sendable {
  /// The orthonormal left vectors, one a column: [n, min(n, k)].
  public let u: Tensor<Element>

  /// The singular values in descending order: [min(n, k)].
  public let values: Tensor<Element>

  /// The orthonormal right vectors, one a column: [k, min(n, k)].
  public let v: Tensor<Element>
}

/// The thin singular value decomposition, by reduction to a bidiagonal matrix and implicit QR.
///
///     A = U diag(σ) Vᵀ,  σ₁ ≥ σ₂ ≥ … ≥ 0
///
/// Each right vector's entry of largest size (the first of equals) is positive. `Float` matrices are
/// worked on in `Double`.
///
/// - Shapes: a [n, k]; u [n, min(n, k)]; values [min(n, k)]; v [k, min(n, k)].
/// - Accuracy: values within a small multiple of n·ulp·σ₁, so small ones relatively to the largest;
///   tested against LAPACK's `gesdd`.
/// - Source: Golub and Van Loan, Matrix Computations, §8.6.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: The decomposition.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` after 75
///   sweeps for one value.
public func singularValueDecomposition<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> SingularValueDecomposition<Element> {
  let (n, k) = try requireMatrix("singularValueDecomposition", a)
  if n < k {
    let turned = try singularValueDecomposition(a.detached.transposed())
    return SingularValueDecomposition(u: turned.v, values: turned.values, v: turned.u)
  }
  let (scalars, scale) = scaledToUnit(a)
  // A tall matrix is first made square, which is cheaper.
  let factors = n > k ? qr(Tensor(scalars, shape: [n, k])) : nil
  let form = Bidiagonal(factors?.r.scalars ?? scalars, size: k, keepingVectors: true)
  var (values, beside) = (form.diagonal, form.beside)
  var left: [Double]? = unitScalars(k)
  var right = left
  try diagonalize(&values, &beside, left: &left, right: &right)
  guard var u = left, var v = right else { fatalError("svd: the vectors are lost") }
  form.transform(left: &u, right: &v, size: k)

  let order = (0..<k).sorted { abs(values[$0]) > abs(values[$1]) }
  var (sortedLeft, sortedRight) = ([Double](), [Double]())
  for row in order {
    let vector = v[row * k..<(row + 1) * k]
    let sign = (vector.max { abs($0) < abs($1) } ?? 1) < 0 ? -1.0 : 1
    let image = values[row].sign == .minus ? -sign : sign
    sortedRight += vector.map { sign * $0 }
    sortedLeft += u[row * k..<(row + 1) * k].map { image * $0 }
  }
  var leftVectors = Tensor(sortedLeft, shape: [k, k]).transposed()
  if let factors { leftVectors = matmul(factors.q, leftVectors) }
  return SingularValueDecomposition(
    u: Tensor(converting: leftVectors),
    values: Tensor(converting: Tensor(order.map { abs(values[$0]) * scale }, shape: [k])),
    v: Tensor(converting: Tensor(sortedRight, shape: [k, k]).transposed()))
}

/// The singular values in descending order, without the vectors.
///
/// - Shapes: a [n, k]; the result [min(n, k)].
/// - Accuracy: as `singularValueDecomposition(_:)`.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: The values.
/// - Throws: As `singularValueDecomposition(_:)`.
public func singularValues<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  let (n, k) = try requireMatrix("singularValues", a)
  if n < k { return try singularValues(a.detached.transposed()) }
  let (scalars, scale) = scaledToUnit(a)
  let square = n > k ? qr(Tensor(scalars, shape: [n, k])).r.scalars : scalars
  let form = Bidiagonal(square, size: k, keepingVectors: false)
  var (values, beside) = (form.diagonal, form.beside)
  var (left, right): ([Double]?, [Double]?)
  try diagonalize(&values, &beside, left: &left, right: &right)
  let sorted = values.map { abs($0) * scale }.sorted(by: >)
  return Tensor(converting: Tensor(sorted, shape: [k]))
}

/// Stops where a tensor is no matrix with entries, and throws where one is not finite.
func requireMatrix<Element: Scalar>(
  _ operation: String, _ a: Tensor<Element>
) throws(LinearAlgebraError) -> (rows: Int, columns: Int) {
  require(
    a.shape.count == 2 && a.shape[0] >= 1 && a.shape[1] >= 1,
    "\(operation): expected a matrix, got \(a.shape)")
  try requireFinite(operation, a)
  return (a.shape[0], a.shape[1])
}
