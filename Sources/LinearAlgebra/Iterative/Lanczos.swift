public import Tensors

/// Eigenvalues of an operator from a Krylov space, with their error bounds.
public struct RitzPairs: Sendable {
  /// The Ritz values in ascending order: [k].
  public let values: Tensor<Double>

  /// The Ritz vectors, one a column, in the order of the values: [n, k].
  public let vectors: Tensor<Double>

  /// ‖A v − θ v‖ of each: an eigenvalue lies within it of the value: [k].
  public let residuals: Tensor<Double>

  /// The squared first entries of the small matrix's eigenvectors, of sum one: the weight that the
  /// starting vector gives each value: [k].
  public let weights: Tensor<Double>

  /// How many products with the operator were taken.
  public let steps: Int
}

/// The Lanczos process with full reorthogonalisation on a symmetric operator.
///
///     A V = V T + β v eᵀ,  VᵀV = I,  T tridiagonal
///
/// It ends early where the Krylov space is invariant. Each vector is made orthogonal to all before it
/// twice, so no copies of converged values appear.
///
/// - Shapes: start [n]; the operator takes and gives [n].
/// - Accuracy: values within their residuals, which are exact up to n·ulp·‖A‖.
/// - Source: Golub and Van Loan, Matrix Computations, §10.3.
/// - Precondition: `start` is a vector that is not zero, `steps` is at least 1.
/// - Parameters:
///   - start: The first vector; for a random one draw normal numbers.
///   - steps: How many products to take; at most n are.
///   - apply: The product of the operator and a vector.
/// - Returns: All Ritz pairs.
/// - Throws: `LinearAlgebraError.nonFinite` where the start or a product is not finite,
///   `.notConverged` as `symmetricEigen(_:)`.
public func lanczos(
  from start: Tensor<Double>, steps: Int, applying apply: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> RitzPairs {
  require(
    start.rank == 1 && steps >= 1, "lanczos: \(steps) steps from a start of shape \(start.shape)")
  let n = start.count
  let size = inner(start, start).squareRoot()
  guard size.isFinite, size > 0 else { throw .nonFinite(operation: "lanczos") }
  var basis: [Tensor<Double>] = [start.detached / size]
  var (diagonal, beside): ([Double], [Double]) = ([], [])
  var scale = 0.0
  while true {
    let v = basis[diagonal.count]
    var w = apply(v).detached
    guard w.isFinite else { throw .nonFinite(operation: "lanczos") }
    diagonal.append(inner(v, w))
    let all = Tensor.concatenated(basis).reshaped(to: [basis.count, n])
    for _ in 0..<2 { w -= matmul(matmul(all, w), all) }
    let norm = inner(w, w).squareRoot()
    beside.append(norm)
    scale = max(scale, abs(diagonal[diagonal.count - 1]), norm)
    if diagonal.count == min(steps, n) || norm <= Double(n) * Double.ulpOfOne * scale { break }
    basis.append(w / norm)
  }
  let k = diagonal.count
  var (values, rest) = (diagonal, beside)
  let last = rest[k - 1]
  rest[k - 1] = 0
  var vectors: [Double]? = unitScalars(k)
  try diagonalize(&values, &rest, vectors: &vectors)
  guard let rows = vectors else { fatalError("lanczos: the vectors are lost") }
  let order = (0..<k).sorted { values[$0] < values[$1] }
  let small = Tensor(order.flatMap { rows[$0 * k..<($0 + 1) * k] }, shape: [k, k])
  return RitzPairs(
    values: Tensor(order.map { values[$0] }, shape: [k]),
    vectors: matmul(small, Tensor.concatenated(basis).reshaped(to: [k, n])).transposed(),
    residuals: Tensor(order.map { last * abs(rows[$0 * k + k - 1]) }, shape: [k]),
    weights: Tensor(order.map { rows[$0 * k] * rows[$0 * k] }, shape: [k]), steps: k)
}

/// The least and the greatest eigenvalues of a symmetric operator, by Lanczos' process.
///
/// - Shapes: start [n]; the operator takes and gives [n].
/// - Accuracy: each value's residual is at most `tolerance` times the largest value's size.
/// - Source: Golub and Van Loan, Matrix Computations, §10.3.
/// - Precondition: the start is a vector that is not zero, `least` and `greatest` are not negative.
/// - Parameters:
///   - start: The first vector; it must not be orthogonal to the vectors looked for.
///   - least: How many of the least values are wanted.
///   - greatest: How many of the greatest values are wanted.
///   - tolerance: The residual accepted, as a share of the largest value's size.
///   - steps: How many products may be taken; where nil, n.
///   - apply: The product of the operator and a vector.
/// - Returns: The pairs wanted, in ascending order.
/// - Throws: As `lanczos(from:steps:applying:)`, and `LinearAlgebraError.notConverged` where a
///   residual stays larger.
public func extremeEigenvalues(
  from start: Tensor<Double>, least: Int, greatest: Int, tolerance: Double = 1e-10,
  steps: Int? = nil, applying apply: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> RitzPairs {
  require(
    least >= 0 && greatest >= 0 && least + greatest >= 1,
    "extremeEigenvalues: \(least) of the least and \(greatest) of the greatest values")
  let limit = min(steps ?? start.count, start.count)
  var count = min(limit, 2 * (least + greatest) + 20)
  while true {
    let found = try lanczos(from: start, steps: count, applying: apply)
    let k = found.values.count
    let wanted = Array(0..<min(least, k)) + Array(max(min(least, k), k - greatest)..<k)
    let residuals = found.residuals.scalars
    let worst = wanted.reduce(0) { max($0, residuals[$1]) } / max(largestSize(found.values), 1e-300)
    if worst <= tolerance && wanted.count == least + greatest {
      return RitzPairs(
        values: found.values.gathered(rows: wanted),
        vectors: found.vectors.transposed().gathered(rows: wanted).transposed(),
        residuals: found.residuals.gathered(rows: wanted),
        weights: found.weights.gathered(rows: wanted), steps: found.steps)
    }
    guard count < limit, found.steps == count else {
      throw .notConverged(
        operation: "extremeEigenvalues", iterations: found.steps, residual: worst,
        tolerance: tolerance)
    }
    count = min(limit, 2 * count)
  }
}
