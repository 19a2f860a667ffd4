public import Tensors

/// Which half of a square matrix holds its numbers.
public enum Triangle: Sendable {
  /// Entries on and above the diagonal.
  case upper
  /// Entries on and below the diagonal.
  case lower
}

/// Solves a triangular system by substitution, in blocks.
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
public func solveTriangular<Element: Scalar>(
  _ t: Tensor<Element>, _ triangle: Triangle, transposed: Bool = false, _ b: Tensor<Element>
) -> Tensor<Element> {
  require(
    t.shape.count == 2 && t.shape[0] == t.shape[1] && (1...2).contains(b.shape.count)
      && b.shape[0] == t.shape[0],
    "solveTriangular: matrix \(t.shape) and right-hand side \(b.shape) do not fit")
  let k = t.shape[0]
  guard b.count > 0 else { return b.detached }
  let width = b.count / k
  var matrix = t.scalars
  var x = b.scalars
  withBlock(&matrix, rows: k, columns: k) { matrix in
    withBlock(&x, rows: k, columns: width) { x in
      substitute(
        transposed ? matrix.transposed : matrix, ascending: (triangle == .lower) != transposed,
        into: x)
    }
  }
  return Tensor(x, shape: b.shape)
}
