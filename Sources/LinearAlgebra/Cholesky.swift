public import Tensors

/// The Cholesky factor of a symmetric positive definite matrix.
///
///     A = L Lᵀ,  L lower triangular,  L_ii > 0
///
/// Solve A x = b by `solveTriangular(l, .lower, b)`, then with `transposed: true`.
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
  require(
    a.shape.count == 2 && a.shape[0] == a.shape[1],
    "cholesky: expected a square matrix, got \(a.shape)")
  let n = a.shape[0]
  let source = a.scalars
  var l = [Element](repeating: 0, count: n * n)
  var failure: LinearAlgebraError?
  l.withUnsafeMutableBufferPointer { buffer in
    guard let l = buffer.baseAddress else { return }
    for i in 0..<n {
      for j in 0...i {
        let rest = source[i * n + j] - dot(l + i * n, l + j * n, j)
        if j < i {
          l[i * n + j] = rest / l[j * n + j]
        } else if rest > 0 && rest.isFinite {
          l[i * n + i] = rest.squareRoot()
        } else {
          failure = .notPositiveDefinite(pivot: i, value: Double(rest))
          return
        }
      }
    }
  }
  if let failure { throw failure }
  return Tensor(l, shape: [n, n])
}
