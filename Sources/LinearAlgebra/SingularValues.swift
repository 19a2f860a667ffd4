public import Tensors

/// The factors of A = U diag(σ) Vᵀ.
public struct SingularValueDecomposition<Element: Scalar>: Sendable {
  /// The left vectors, one a column; a column of zeros where σ is zero: [n, min(n, k)].
  public let u: Tensor<Element>

  /// The singular values in descending order: [min(n, k)].
  public let values: Tensor<Element>

  /// The right vectors, one a column; a column of zeros where σ of a wide matrix is zero:
  /// [k, min(n, k)].
  public let v: Tensor<Element>
}

/// The thin singular value decomposition, by QR and one-sided Jacobi rotations.
///
///     A = U diag(σ) Vᵀ,  σ₁ ≥ σ₂ ≥ … ≥ 0
///
/// - Shapes: a [n, k]; u [n, min(n, k)]; values [min(n, k)]; v [k, min(n, k)].
/// - Accuracy: values within a small multiple of n·ulp·σ₁, tested against LAPACK's `gesdd`.
/// - Source: Golub and Van Loan, Matrix Computations, §8.6.3.
/// - Precondition: `a` is a matrix with at least one row and column.
/// - Parameter a: The matrix.
/// - Returns: The decomposition.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` after 60
///   sweeps.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func singularValueDecomposition<Element: Scalar>(
  _ a: Tensor<Element>
) throws(LinearAlgebraError) -> SingularValueDecomposition<Element> {
  require(
    a.shape.count == 2 && a.shape[0] >= 1 && a.shape[1] >= 1,
    "singularValueDecomposition: expected a matrix, got \(a.shape)")
  let (n, k) = (a.shape[0], a.shape[1])
  guard a.scalars.allSatisfy(\.isFinite) else {
    throw .nonFinite(operation: "singularValueDecomposition")
  }
  if n < k {
    let turned = try singularValueDecomposition(
      Tensor(transposedScalars(a.scalars, rows: n, columns: k), shape: [k, n]))
    return SingularValueDecomposition(u: turned.v, values: turned.values, v: turned.u)
  }
  let factors = qr(a)
  // Rows of `columns` are the columns of R V, which the rotations make orthogonal.
  var columns = transposedScalars(factors.r.scalars, rows: k, columns: k)
  var right = [Element](repeating: 0, count: k * k)
  for i in 0..<k { right[i * k + i] = 1 }
  let tolerance = Element(k) * Element.ulpOfOne
  var sweeps = 0
  while true {
    let residual = sweep(&columns, &right, k, tolerance: tolerance)
    sweeps += 1
    if residual <= tolerance { break }
    guard sweeps < 60 else {
      throw .notConverged(
        operation: "singularValueDecomposition", iterations: sweeps, residual: Double(residual),
        tolerance: Double(tolerance))
    }
  }

  let values = columns.withUnsafeBufferPointer { buffer in
    (0..<k).map { row in buffer.baseAddress.map { length($0 + row * k, k) } ?? 0 }
  }
  let order = (0..<k).sorted { values[$0] > values[$1] }
  var left = [Element](repeating: 0, count: k * k)
  var v = [Element](repeating: 0, count: k * k)
  for (column, row) in order.enumerated() {
    for i in 0..<k {
      left[i * k + column] = values[row] > 0 ? columns[row * k + i] / values[row] : 0
      v[i * k + column] = right[row * k + i]
    }
  }
  return SingularValueDecomposition(
    u: matmul(factors.q, Tensor(left, shape: [k, k])),
    values: Tensor(order.map { values[$0] }, shape: [k]), v: Tensor(v, shape: [k, k]))
}

/// Rotates every pair of columns once; returns the largest cosine met between two of them.
@inline(__always)
private func sweep<Element: Scalar>(
  _ columns: inout [Element], _ right: inout [Element], _ k: Int, tolerance: Element
) -> Element {
  var worst: Element = 0
  columns.withUnsafeMutableBufferPointer { columns in
    right.withUnsafeMutableBufferPointer { right in
      guard let a = columns.baseAddress, let v = right.baseAddress else { return }
      for p in 0..<k {
        for q in p + 1..<max(k, p + 1) {
          let product = dot(a + p * k, a + q * k, k)
          let first = dot(a + p * k, a + p * k, k)
          let second = dot(a + q * k, a + q * k, k)
          let bound = first.squareRoot() * second.squareRoot()
          guard product != 0, bound > 0 else { continue }
          let cosine = abs(product) / bound
          worst = max(worst, cosine)
          guard cosine > tolerance else { continue }
          let (c, s) = jacobiRotation(first, second, product)
          rotate(a + p * k, a + q * k, k, cosine: c, sine: s)
          rotate(v + p * k, v + q * k, k, cosine: c, sine: s)
        }
      }
    }
  }
  return worst
}
