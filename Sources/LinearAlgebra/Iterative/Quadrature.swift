public import Tensors

/// Places and weights of a quadrature rule.
public struct Quadrature: Sendable {
  /// The places in ascending order: [n].
  public let nodes: Tensor<Double>

  /// Their weights: [n].
  public let weights: Tensor<Double>
}

/// The Gauss–Legendre rule, exact for polynomials below degree 2n.
///
///     ∫ f(x) dx over [−1, 1] ≈ Σ wᵢ f(xᵢ),  Σ wᵢ = 2
///
/// - Accuracy: nodes within 1 ulp of one, weights within 16 n·ulp of their own size; tested against
///   NumPy's `leggauss`.
/// - Source: Golub and Welsch, Math. Comp. 23 (1969); one step of Newton's method polishes the nodes.
/// - Precondition: `n` is at least 1.
/// - Parameter n: How many places.
/// - Returns: The rule.
/// - Throws: As `symmetricEigen(_:)`.
public func gaussLegendre(_ n: Int) throws(LinearAlgebraError) -> Quadrature {
  try gauss("gaussLegendre", n, mass: 2) { k in
    let k = Double(k)
    return k / (4 * k * k - 1).squareRoot()
  }
}

/// The Gauss–Hermite rule for the standard normal law, exact for polynomials below degree 2n.
///
///     E f(Z) ≈ Σ wᵢ f(xᵢ),  Z ~ N(0, 1),  Σ wᵢ = 1
///
/// - Accuracy: nodes within a few ulp of the largest, weights within 64 n·ulp of their own size;
///   tested against NumPy's `hermegauss`.
/// - Source: Golub and Welsch, Math. Comp. 23 (1969); one step of Newton's method polishes the nodes.
/// - Precondition: `n` is in 1...350, beyond which the outermost weights underflow.
/// - Parameter n: How many places.
/// - Returns: The rule.
/// - Throws: As `symmetricEigen(_:)`.
public func gaussHermite(_ n: Int) throws(LinearAlgebraError) -> Quadrature {
  require(n <= 350, "gaussHermite: the weights of \(n) places underflow")
  return try gauss("gaussHermite", n, mass: 1) { Double($0).squareRoot() }
}

/// The rule of orthonormal polynomials with the recurrence x pₖ = bₖ₊₁ pₖ₊₁ + bₖ pₖ₋₁.
private func gauss(
  _ operation: String, _ n: Int, mass: Double, _ recurrence: (Int) -> Double
) throws(LinearAlgebraError) -> Quadrature {
  require(n >= 1, "\(operation): \(n) places")
  let b = (0...n).map { $0 == 0 ? 0 : recurrence($0) }
  var (values, beside) = ([Double](repeating: 0, count: n), Array(b[1...n]))
  beside[n - 1] = 0
  var none: [Double]?
  try diagonalize(&values, &beside, vectors: &none)
  values.sort()
  var weights: [Double] = []
  for i in 0..<n {
    let (value, slope, _) = polynomial(values[i], b, mass: mass)
    values[i] -= value / slope
  }
  // The law is symmetric about zero, so the places are: to the bit.
  let halves = (0..<n).map { (values[$0] - values[n - 1 - $0]) / 2 }
  for x in halves { weights.append(1 / polynomial(x, b, mass: mass).squares) }
  return Quadrature(
    nodes: Tensor(halves, shape: [n]), weights: Tensor(weights, shape: [n]))
}

/// pₙ(x), its derivative, and the sum of the squares of those below it.
private func polynomial(
  _ x: Double, _ b: [Double], mass: Double
) -> (value: Double, slope: Double, squares: Double) {
  var (before, now) = (0.0, 1 / mass.squareRoot())
  var (slopeBefore, slope) = (0.0, 0.0)
  var squares = 0.0
  for k in 0..<b.count - 1 {
    squares += now * now
    let next = (x * now - b[k] * before) / b[k + 1]
    let nextSlope = (now + x * slope - b[k] * slopeBefore) / b[k + 1]
    (before, now, slopeBefore, slope) = (now, next, slope, nextSlope)
  }
  return (now, slope, squares)
}
