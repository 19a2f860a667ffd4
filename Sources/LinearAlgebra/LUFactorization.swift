public import Tensors

/// The factors of P A = L U with partial pivoting, and what they answer.
public struct LUFactorization<Element: Scalar>: Sendable {
  /// L below the diagonal, whose own diagonal is of ones, and U on and above it: [n, n].
  public let packed: Tensor<Element>

  /// Row i of P A is row `permutation[i]` of A.
  public let permutation: [Int]

  /// The sign of the permutation.
  let sign: Int
}

/// The LU factorization of a square matrix with partial pivoting, in blocks.
///
///     P A = L U,  |L_ij| ≤ 1
///
/// A pivot is the first of the greatest of its column. A singular matrix has factors too, with a
/// zero among the pivots.
///
/// - Shapes: a [n, n]; packed [n, n].
/// - Accuracy: ‖PA − LU‖ within a small multiple of n·ulp of ‖L‖‖U‖, tested against LAPACK.
/// - Source: Toledo, SIAM J. Matrix Anal. Appl. 18 (1997), for the recursion.
/// - Precondition: `a` is square.
/// - Parameter a: The matrix.
/// - Returns: The factors.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func lu<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> LUFactorization<Element> {
  requireSquare("lu", a.shape)
  let n = a.shape[0]
  try requireFinite("lu", a)
  var factors = a.scalars
  let exchanges = withBlock(&factors, rows: n, columns: n) { factorLU($0) }
  var permutation = Array(0..<n)
  var sign = 1
  for (row, other) in exchanges.enumerated() where other != row {
    permutation.swapAt(row, other)
    sign = -sign
  }
  return LUFactorization(
    packed: Tensor(factors, shape: [n, n]), permutation: permutation, sign: sign)
}

extension LUFactorization {
  /// The solution of A X = B.
  ///
  /// - Shapes: b [n] or [n, c]; the result as b.
  /// - Accuracy: backward stable but for matrices built to make the pivots grow.
  /// - Precondition: `b` has n rows.
  /// - Parameter b: The right-hand sides, one a column.
  /// - Returns: The solution.
  /// - Throws: `LinearAlgebraError.singular` where a pivot is zero.
  public func solve(_ b: Tensor<Element>) throws(LinearAlgebraError) -> Tensor<Element> {
    let n = permutation.count
    require(
      (1...2).contains(b.shape.count) && b.shape[0] == n,
      "solve: matrix \(packed.shape) and right-hand side \(b.shape) do not fit")
    if let pivot = pivots.firstIndex(of: 0) { throw .singular(operation: "solve", pivot: pivot) }
    guard b.count > 0 else { return b.detached }
    var matrix = packed.scalars
    var x = b.detached.gathered(rows: permutation).scalars
    withBlock(&matrix, rows: n, columns: n) { matrix in
      withBlock(&x, rows: n, columns: b.count / n) { x in
        substitute(matrix, ascending: true, unit: true, into: x)
        substitute(matrix, ascending: false, into: x)
      }
    }
    return Tensor(x, shape: b.shape)
  }

  /// The determinant; it overflows and underflows where `logDeterminant` does not.
  public var determinant: Element { pivots.reduce(Element(sign), *) }

  /// The logarithm of the determinant's size, −∞ where that is zero, and its sign.
  public var logDeterminant: (logarithm: Element, sign: Int) {
    let negative = pivots.count { $0 < 0 }
    let logarithm = pivots.reduce(0) { $0 + log(abs($1)) }
    if pivots.contains(0) { return (-.infinity, 0) }
    return (logarithm, negative % 2 == 0 ? sign : -sign)
  }

  private var pivots: [Element] {
    let n = permutation.count
    let scalars = packed.scalars
    return (0..<n).map { scalars[$0 * n + $0] }
  }
}

/// The solution of a square system, by LU with partial pivoting.
///
///     A X = B
///
/// - Shapes: a [n, n]; b [n] or [n, c]; the result as b.
/// - Accuracy: as `LUFactorization.solve(_:)`; tested against LAPACK's `gesv`.
/// - Precondition: `a` is square and `b` has as many rows.
/// - Parameters:
///   - a: The matrix.
///   - b: The right-hand sides, one a column.
/// - Returns: The solution.
/// - Throws: `LinearAlgebraError.nonFinite` where the matrix is not finite, `.singular` where a pivot
///   is zero.
public func solve<Element: Scalar>(
  _ a: Tensor<Element>, _ b: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  try lu(a).solve(b)
}

/// The inverse of a square matrix.
///
/// - Shapes: a [n, n]; the result [n, n].
/// - Accuracy: ‖A A⁻¹ − I‖ within a small multiple of n·ulp of the condition number.
/// - Precondition: `a` is square.
/// - Parameter a: The matrix.
/// - Returns: The inverse.
/// - Throws: As `solve(_:_:)`.
public func inverse<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> Tensor<Element> {
  let factors = try lu(a)
  let n = factors.permutation.count
  var unit = [Element](repeating: 0, count: n * n)
  for i in 0..<n { unit[i * n + i] = 1 }
  return try factors.solve(Tensor(unit, shape: [n, n]))
}

/// Factors a tall block by halves of its columns; returns the row exchanged with each.
private func factorLU<Element: Scalar>(_ a: MatrixBlock<Element>) -> [Int] {
  let (m, n) = (a.rows, a.columns)
  if n <= MatrixBlock<Element>.panel { return factorPanel(a) }
  let half = halved(n, leaf: MatrixBlock<Element>.panel)
  let (left, right) = (a[0..<m, 0..<half], a[0..<m, half..<n])
  let first = factorLU(left)
  exchange(first, in: right)
  let (top, bottom) = (0..<half, half..<m)
  let all = 0..<right.columns
  substitute(left[top, top], ascending: true, unit: true, into: right[top, all])
  right[bottom, all].subtract(product: left[bottom, top], right[top, all])
  let second = factorLU(right[bottom, all])
  exchange(second, in: left[bottom, top])
  return first + second.map { half + $0 }
}

private func factorPanel<Element: Scalar>(_ a: MatrixBlock<Element>) -> [Int] {
  let (m, n) = (a.rows, a.columns)
  var columns = [Element](repeating: 0, count: m * n)
  return withBlock(&columns, rows: n, columns: m) { copy in
    for i in 0..<m { for j in 0..<n { copy.start[j * m + i] = a.start[i * a.rowStep + j] } }
    let pivots = copy.transposed.factorPanel()
    for i in 0..<m { for j in 0..<n { a.start[i * a.rowStep + j] = copy.start[j * m + i] } }
    return pivots
  }
}

private func exchange<Element: Scalar>(_ exchanges: [Int], in a: MatrixBlock<Element>) {
  for (row, other) in exchanges.enumerated() where other != row {
    let (x, y) = (a.start + row * a.rowStep, a.start + other * a.rowStep)
    for k in 0..<a.columns { (x[k], y[k]) = (y[k], x[k]) }
  }
}
