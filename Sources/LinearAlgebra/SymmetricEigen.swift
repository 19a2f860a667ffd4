public import Tensors

/// The eigenvalues and eigenvectors of a symmetric matrix.
public struct SymmetricEigen<Element: Scalar>: Sendable {
  /// The eigenvalues in ascending order: [n].
  public let values: Tensor<Element>

  /// The orthonormal eigenvectors, one a column, in the order of the values: [n, n].
  public let vectors: Tensor<Element>
}

/// The eigendecomposition of a symmetric matrix, by cyclic Jacobi rotations.
///
///     A = V diag(λ) Vᵀ,  VᵀV = I,  λ₁ ≤ λ₂ ≤ …
///
/// Each vector's entry of largest size (the first of equals) is positive.
///
/// - Shapes: a [n, n]; values [n]; vectors [n, n].
/// - Accuracy: values within n·ulp·‖A‖, tested against LAPACK's `syevd`.
/// - Source: Golub and Van Loan, Matrix Computations, §8.5.
/// - Precondition: `a` is square. Its lower half is not read.
/// - Parameter a: The matrix.
/// - Returns: The decomposition.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` after 60
///   sweeps.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func symmetricEigen<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> SymmetricEigen<Element> {
  require(
    a.shape.count == 2 && a.shape[0] == a.shape[1],
    "symmetricEigen: expected a square matrix, got \(a.shape)")
  let n = a.shape[0]
  var matrix = a.scalars
  for i in 0..<n { for j in 0..<i { matrix[i * n + j] = matrix[j * n + i] } }
  guard matrix.allSatisfy(\.isFinite) else { throw .nonFinite(operation: "symmetricEigen") }
  var vectors = [Element](repeating: 0, count: n * n)
  for i in 0..<n { vectors[i * n + i] = 1 }

  let size = matrix.withUnsafeBufferPointer { $0.baseAddress.map { length($0, n * n) } ?? 0 }
  let tolerance = size * Element.ulpOfOne / 4
  var residual = offDiagonal(matrix, n)
  var sweeps = 0
  while residual > tolerance {
    guard sweeps < 60 else {
      throw .notConverged(
        operation: "symmetricEigen", iterations: sweeps, residual: Double(residual),
        tolerance: Double(tolerance))
    }
    sweep(&matrix, &vectors, n)
    residual = offDiagonal(matrix, n)
    sweeps += 1
  }

  let values = (0..<n).map { matrix[$0 * n + $0] }
  // Swift's sort is stable, so equal values keep their order.
  let order = (0..<n).sorted { values[$0] < values[$1] }
  var columns = [Element](repeating: 0, count: n * n)
  for (column, row) in order.enumerated() {
    let vector = vectors[row * n..<(row + 1) * n]
    let largest = vector.max { abs($0) < abs($1) } ?? 1
    for (k, entry) in vector.enumerated() { columns[k * n + column] = largest < 0 ? -entry : entry }
  }
  return SymmetricEigen(
    values: Tensor(order.map { values[$0] }, shape: [n]), vectors: Tensor(columns, shape: [n, n]))
}

/// Rotates every pair once; rows of `vectors` become the eigenvectors.
@inline(__always)
private func sweep<Element: Scalar>(
  _ matrix: inout [Element], _ vectors: inout [Element], _ n: Int
) {
  matrix.withUnsafeMutableBufferPointer { matrix in
    vectors.withUnsafeMutableBufferPointer { vectors in
      guard let a = matrix.baseAddress, let v = vectors.baseAddress else { return }
      for p in 0..<n {
        for q in p + 1..<max(n, p + 1) where a[p * n + q] != 0 {
          let (c, s) = jacobiRotation(a[p * n + p], a[q * n + q], a[p * n + q])
          rotate(a + p * n, a + q * n, n, cosine: c, sine: s)
          for row in 0..<n {
            let x = a[row * n + p]
            let y = a[row * n + q]
            a[row * n + p] = c * x - s * y
            a[row * n + q] = s * x + c * y
          }
          a[p * n + q] = 0
          a[q * n + p] = 0
          rotate(v + p * n, v + q * n, n, cosine: c, sine: s)
        }
      }
    }
  }
}

/// The rotation that makes the symmetric 2 × 2 matrix [[a, b], [b, d]] diagonal.
@inline(__always)
func jacobiRotation<Element: Scalar>(
  _ a: Element, _ d: Element, _ b: Element
) -> (cosine: Element, sine: Element) {
  let theta = (d - a) / (2 * b)
  // The smaller of the two angles; where theta² overflows the tangent is 0 to working precision.
  let root = abs(theta) + (theta * theta + 1).squareRoot()
  let tangent = theta < 0 ? -1 / root : 1 / root
  let cosine = 1 / (tangent * tangent + 1).squareRoot()
  return (cosine, tangent * cosine)
}

/// The length of the part above the diagonal.
private func offDiagonal<Element: Scalar>(_ matrix: [Element], _ n: Int) -> Element {
  var sum: Element = 0
  for i in 0..<n {
    for j in i + 1..<max(n, i + 1) { sum += matrix[i * n + j] * matrix[i * n + j] }
  }
  return sum.squareRoot()
}
