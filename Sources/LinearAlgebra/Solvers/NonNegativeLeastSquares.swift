public import Tensors

/// A least-squares solution without negative entries, with its certificate.
public struct NonNegativeFit: Sendable {
  /// The solution x ≥ 0: [k].
  public let solution: Tensor<Double>

  /// ‖A x − b‖.
  public let residual: Double

  /// The largest violation of the optimality conditions: of aⱼᵀ(b − A x) ≤ 0, with equality where
  /// xⱼ > 0, relative to ‖A‖ ‖b‖.
  public let violation: Double

  /// How many entries entered the support.
  public let iterations: Int
}

/// The least-squares solution without negative entries.
///
///     min ‖A x − b‖ where x ≥ 0
///
/// - Shapes: a [n, k]; b [n]; the solution [k].
/// - Accuracy: `violation` is at most `tolerance`; tested against SciPy's `nnls`.
/// - Source: Lawson and Hanson, Solving Least Squares Problems (1974), ch. 23, by QR of the support.
/// - Precondition: `a` is a matrix with at least one row and column, `b` has as many rows.
/// - Parameters:
///   - a: The matrix.
///   - b: The right-hand side.
///   - tolerance: The violation accepted.
///   - iterations: How many entries may enter in all; where nil, 3 k + 10.
/// - Returns: The solution and its certificate.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` where a
///   violation stays larger.
public func nonNegativeLeastSquares(
  _ a: Tensor<Double>, _ b: Tensor<Double>, tolerance: Double = 1e-11, iterations: Int? = nil
) throws(LinearAlgebraError) -> NonNegativeFit {
  let (n, k) = try requireMatrix("nonNegativeLeastSquares", a)
  require(b.shape == [n], "nonNegativeLeastSquares: matrix \(a.shape) and vector \(b.shape)")
  try requireFinite("nonNegativeLeastSquares", b)
  let limit = iterations ?? 3 * k + 10
  let columns = a.detached.transposed()
  let scale = (inner(columns, columns) * inner(b, b)).squareRoot()
  var x = [Double](repeating: 0, count: k)
  var support: [Int] = []
  for iteration in 0...limit {
    let rest = b - matmul(Tensor(x, shape: [k]), columns)
    let pull = matmul(columns, rest).scalars
    let barred = Set(support)
    let violation = (0..<k).reduce(0) {
      max($0, barred.contains($1) ? abs(pull[$1]) : pull[$1])
    }
    if violation <= tolerance * scale {
      return NonNegativeFit(
        solution: Tensor(x, shape: [k]), residual: inner(rest, rest).squareRoot(),
        violation: scale > 0 ? violation / scale : 0, iterations: iteration)
    }
    let entering = (0..<k).filter { !barred.contains($0) }.max { pull[$0] < pull[$1] }
    guard iteration < limit, let entering, pull[entering] > 0, support.count < n else {
      throw .notConverged(
        operation: "nonNegativeLeastSquares", iterations: iteration,
        residual: violation / scale, tolerance: tolerance)
    }
    support.append(entering)
    try settle(&x, &support, columns: columns, b)
  }
  fatalError("nonNegativeLeastSquares: the loop ended")
}

/// Walks to the least-squares solution on the support; entries that reach zero leave it.
private func settle(
  _ x: inout [Double], _ support: inout [Int], columns: Tensor<Double>, _ b: Tensor<Double>
) throws(LinearAlgebraError) {
  while !support.isEmpty {
    let target = try leastSquares(columns.gathered(rows: support).transposed(), b).scalars
    var fraction = 1.0
    var leaving: Int?
    for (index, value) in zip(support, target) where value <= 0 {
      let reach = x[index] > 0 ? x[index] / (x[index] - value) : 0
      if reach < fraction || leaving == nil {
        fraction = reach
        leaving = index
      }
    }
    for (index, value) in zip(support, target) {
      x[index] = leaving == nil ? value : max(0, x[index] + fraction * (value - x[index]))
    }
    guard let leaving else { return }
    x[leaving] = 0
    support = support.filter { x[$0] > 0 }
  }
}
