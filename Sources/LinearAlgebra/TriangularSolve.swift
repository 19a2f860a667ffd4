public import Tensors

/// Which half of a square matrix holds its numbers.
public enum Triangle: Sendable {
  /// Entries on and above the diagonal.
  case upper
  /// Entries on and below the diagonal.
  case lower
}

/// Solves a triangular system by substitution.
///
///     T X = B,  or Tᵀ X = B
///
/// - Shapes: t [k, k]; b [k] or [k, c]; the result as b.
/// - Accuracy: the solution is that of a system whose entries differ by at most k·ulp of their size.
/// - Precondition: `t` is square and `b` has as many rows. A zero on the diagonal gives infinities.
/// - Parameters:
///   - t: The matrix; the other half is not read.
///   - triangle: Which half of `t` counts.
///   - transposed: Whether to solve with the transpose.
///   - b: The right-hand sides, one a column.
/// - Returns: The solution.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func solveTriangular<Element: Scalar>(
  _ t: Tensor<Element>, _ triangle: Triangle, transposed: Bool = false, _ b: Tensor<Element>
) -> Tensor<Element> {
  require(
    t.shape.count == 2 && t.shape[0] == t.shape[1] && (1...2).contains(b.shape.count)
      && b.shape[0] == t.shape[0],
    "solveTriangular: matrix \(t.shape) and right-hand side \(b.shape) do not fit")
  let k = t.shape[0]
  guard k > 0 else { return b }
  let width = b.count / k
  let matrix = t.scalars
  var x = b.scalars
  let ascending = (triangle == .lower) != transposed
  x.withUnsafeMutableBufferPointer { x in
    matrix.withUnsafeBufferPointer { matrix in
      guard let x = x.baseAddress else { return }
      for step in 0..<k {
        let i = ascending ? step : k - 1 - step
        let row = x + i * width
        for earlier in 0..<step {
          let j = ascending ? earlier : k - 1 - earlier
          let entry = transposed ? matrix[j * k + i] : matrix[i * k + j]
          addMultiple(-entry, of: x + j * width, to: row, width)
        }
        let pivot = matrix[i * k + i]
        for column in 0..<width { row[column] /= pivot }
      }
    }
  }
  return Tensor(x, shape: b.shape)
}
