public import Tensors

/// A fit of least p-norm, with its certificate.
public struct PowerFit: Sendable {
  /// The coefficients x: [k].
  public let coefficients: Tensor<Double>

  /// ‖A x − b‖_p.
  public let norm: Double

  /// What no coefficients' norm falls below, by a dual point.
  public let lowerBound: Double

  /// How many weighted least-squares problems were solved.
  public let iterations: Int
}

/// The coefficients of least p-norm of the residual, by iteratively reweighted least squares.
///
///     min ‖A x − b‖_p,  1 < p
///
/// Each step solves a least-squares problem weighted by |r|^(p−2) and walks along it as far as the
/// norm falls. The dual point is |r|^(p−1) sign(r) made orthogonal to the columns of A: over its
/// q-norm (1/p + 1/q = 1) its inner product with b bounds the norm from below. For p = 1 or ∞ use
/// `linearProgram`.
///
/// - Shapes: a [n, k] with n ≥ k; b [n]; the coefficients [k].
/// - Accuracy: `norm − lowerBound` is at most `tolerance` times the norm of b.
/// - Source: Björck, Numerical Methods for Least Squares Problems (1996), §4.5; the dual point is
///   Hölder's inequality.
/// - Precondition: the shapes fit, `p` is above 1 and finite.
/// - Parameters:
///   - a: The matrix, of full column rank.
///   - b: The right-hand side.
///   - p: The power.
///   - tolerance: The bracket accepted.
///   - iterations: How many steps may be taken.
/// - Returns: The fit and its bracket.
/// - Throws: `LinearAlgebraError.rankDeficient` where A lacks rank, `.nonFinite` where the input is
///   not finite, `.notConverged` where the bracket stays wider, as for p near 1 it may.
public func leastPowers(
  _ a: Tensor<Double>, _ b: Tensor<Double>, p: Double, tolerance: Double = 1e-9,
  iterations: Int = 1000
) throws(LinearAlgebraError) -> PowerFit {
  let (n, k) = try requireMatrix("leastPowers", a)
  require(
    n >= k && b.shape == [n] && p > 1 && p.isFinite,
    "leastPowers: matrix \(a.shape), right-hand side \(b.shape), power \(p)")
  try requireFinite("leastPowers", b)
  let (a, b) = (a.detached, b.detached)
  let basis = qr(a).q
  let accepted = tolerance * powerNorm(b, p)
  var x = try leastSquares(a, b)
  var best = 0.0
  for iteration in 0...iterations {
    let rest = b - matmul(a, x)
    let norm = powerNorm(rest, p)
    best = max(best, dualBound(rest, b, basis, p))
    if norm - best <= accepted {
      return PowerFit(
        coefficients: x, norm: norm, lowerBound: min(best, norm), iterations: iteration)
    }
    guard iteration < iterations, let next = try step(a, b, x, rest, norm, p) else {
      throw .notConverged(
        operation: "leastPowers", iterations: iteration, residual: norm - best,
        tolerance: accepted)
    }
    x = next
  }
  fatalError("leastPowers: the loop ended")
}

/// (Σ |rᵢ|^p)^(1/p), scaled so that it neither overflows nor underflows.
private func powerNorm(_ r: Tensor<Double>, _ p: Double) -> Double {
  let size = largestSize(r)
  return size > 0 ? size * pow(pow(abs(r) / size, p).sum().item, 1 / p) : 0
}

/// bᵀu / ‖u‖_q for the dual point u; 0 where there is none.
private func dualBound(
  _ rest: Tensor<Double>, _ b: Tensor<Double>, _ basis: Tensor<Double>, _ p: Double
) -> Double {
  let size = largestSize(rest)
  guard size > 0 else { return 0 }
  var u =
    pow(abs(rest) / size, p - 1) * (gate(Tensor(1), where: rest) - gate(Tensor(1), where: -rest))
  for _ in 0..<2 { u -= matmul(basis, matmul(u, basis)) }
  let length = powerNorm(u, p / (p - 1))
  return length > 0 ? inner(b, u) / length : 0
}

/// The next coefficients, or nil where no share of the step lowers the norm.
private func step(
  _ a: Tensor<Double>, _ b: Tensor<Double>, _ x: Tensor<Double>, _ rest: Tensor<Double>,
  _ norm: Double, _ p: Double
) throws(LinearAlgebraError) -> Tensor<Double>? {
  // Residuals of rounding size would have weights without bound, or none.
  let sizes = maximum(abs(rest) / largestSize(rest), Tensor(1e-12))
  let weights = pow(sizes, (p - 2) / 2)
  let target = try leastSquares(a * weights.reshaped(to: [b.count, 1]), b * weights)
  // Newton's step of the p-th power is the difference over p − 1.
  var share = p > 2 ? 1 / (p - 1) : 1
  for _ in 0..<40 {
    let next = x + share * (target - x)
    if powerNorm(b - matmul(a, next), p) < norm { return next }
    share /= 2
  }
  return nil
}
