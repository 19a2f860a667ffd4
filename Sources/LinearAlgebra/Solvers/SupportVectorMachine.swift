public import Tensors

/// A linear separation of two classes, with the bracket of its margin.
public struct HardMargin: Sendable {
  /// The weights w, scaled so that the nearest points have y (⟨w, x⟩ + b) = 1: [d].
  public let weights: Tensor<Double>

  /// The bias b; 0 where none is fitted.
  public let bias: Double

  /// The multipliers of the points, zero off the support: [n].
  public let multipliers: Tensor<Double>

  /// The distance of the nearest point from the boundary: min y (⟨w, x⟩ + b) / ‖w‖.
  public let margin: Double

  /// What no separation's margin exceeds, by the multipliers.
  public let upperBound: Double
}

/// The hard-margin support vector machine: the linear separation of greatest margin.
///
///     min ½ ‖w‖²  where  yᵢ (⟨w, xᵢ⟩ + b) ≥ 1
///
/// - Shapes: x [n, d]; labels n of −1 and 1.
/// - Accuracy: the margin brackets the greatest one with `upperBound`, usually to its last digits.
/// - Source: as `quadraticProgram`; through the origin `leastNormPoint(ofHullOf:)` does the same.
/// - Precondition: `x` is a matrix, and there is one label of −1 or 1 a row.
/// - Parameters:
///   - x: The points.
///   - labels: Their classes.
///   - fittingBias: Whether b is fitted; else the boundary goes through the origin.
///   - tolerance: The certificate accepted.
/// - Returns: The separation.
/// - Throws: `LinearAlgebraError.infeasible` where multipliers prove that no separation exists;
///   otherwise as `quadraticProgram`.
public func hardMarginSVM(
  _ x: Tensor<Double>, labels: [Int], fittingBias: Bool = true, tolerance: Double = 1e-9
) throws(LinearAlgebraError) -> HardMargin {
  let rows = try signedRows("hardMarginSVM", x, labels, constant: fittingBias ? 1 : 0)
  let (n, d) = (x.shape[0], x.shape[1])
  var curvature = Tensor<Double>(zeros: [d + 1, d + 1])
  for i in 0..<d { curvature[i, i] = 1 }
  // Without a bias its weight is pinned by a curvature of its own.
  if !fittingBias { curvature[d, d] = 1 }
  let found = try solveProgram(
    "hardMarginSVM", curvature, Tensor(zeros: [d + 1]), nil,
    LinearConstraints(-rows, Tensor(repeating: -1, shape: [n])), tolerance: tolerance)
  let weights = found.point.rows(0..<d)
  let size = inner(weights, weights).squareRoot()
  let least = matmul(rows, found.point).scalars.min() ?? 0
  return HardMargin(
    weights: weights, bias: fittingBias ? found.point.scalars[d] : 0,
    multipliers: found.inequalityMultipliers, margin: least / size,
    upperBound: 1 / (2 * max(found.dualObjective, 0)).squareRoot())
}

/// A soft-margin machine, with its certificate.
public struct SoftMargin: Sendable {
  /// The weights w: [d].
  public let weights: Tensor<Double>

  /// The multipliers of the points, in [0, C]: [n].
  public let multipliers: Tensor<Double>

  /// ½ ‖w‖² + C Σ hinge.
  public let objective: Double

  /// How far the least objective can lie below it.
  public let gap: Double

  /// How many passes over the points were made.
  public let passes: Int
}

/// The soft-margin support vector machine through the origin, by dual coordinate descent.
///
///     min ½ ‖w‖² + C Σ max(0, 1 − yᵢ ⟨w, xᵢ⟩)
///
/// For a bias that is penalised like a weight, append a constant column to the points.
///
/// - Shapes: x [n, d]; labels n of −1 and 1.
/// - Accuracy: the duality gap is at most `tolerance` times the objective of w = 0, which is C n.
/// - Source: Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008,
///   in cyclic order.
/// - Precondition: `x` is a matrix, there is one label of −1 or 1 a row, the cost is above zero.
/// - Parameters:
///   - x: The points.
///   - labels: Their classes.
///   - cost: C.
///   - tolerance: The relative gap accepted.
///   - passes: How many passes may be made.
/// - Returns: The weights and their certificate.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` where the
///   gap stays larger.
public func softMarginSVM(
  _ x: Tensor<Double>, labels: [Int], cost: Double, tolerance: Double = 1e-6, passes: Int = 10_000
) throws(LinearAlgebraError) -> SoftMargin {
  require(cost > 0, "softMarginSVM: a cost of \(cost)")
  let rows = try signedRows("softMarginSVM", x, labels, constant: nil)
  let (n, d) = (x.shape[0], x.shape[1])
  let squares = (rows * rows).sum(along: 1).scalars
  let points = rows.scalars
  var multipliers = [Double](repeating: 0, count: n)
  var weights = [Double](repeating: 0, count: d)
  var gap = Double.infinity
  for pass in 0...passes {
    let w = Tensor(weights, shape: [d])
    let slack = relu(1 - matmul(rows, w)).sum().item
    let (half, reached) = (inner(w, w) / 2, multipliers.reduce(0, +))
    // The dual value Σα − ½‖w‖².
    gap = max(0, 2 * half + cost * slack - reached)
    if gap <= tolerance * cost * Double(n) {
      return SoftMargin(
        weights: w, multipliers: Tensor(multipliers, shape: [n]), objective: half + cost * slack,
        gap: gap, passes: pass)
    }
    if pass == passes { break }
    points.withUnsafeBufferPointer { points in
      weights.withUnsafeMutableBufferPointer { weights in
        guard let z = points.baseAddress, let w = weights.baseAddress else { return }
        for i in 0..<n where squares[i] > 0 {
          let slope = dot(z + i * d, w, d) - 1
          let next = min(max(multipliers[i] - slope / squares[i], 0), cost)
          addMultiple(next - multipliers[i], of: z + i * d, to: w, d)
          multipliers[i] = next
        }
      }
    }
  }
  throw .notConverged(
    operation: "softMarginSVM", iterations: passes, residual: gap,
    tolerance: tolerance * cost * Double(n))
}

/// A minimum over weights and a bias.
public struct LinearClassifier: Sendable {
  /// The weights: [d], or [d, outputs].
  public let weights: Tensor<Double>

  /// The bias: [], or [outputs]; zero where none is fitted.
  public let bias: Tensor<Double>

  /// The minimum over both, with the gradient that certifies it.
  public let minimum: Minimum
}

/// The support vector machine with squared hinge and a bias that is not penalised.
///
///     min λ/2 ‖w‖² + 1/n Σ max(0, 1 − yᵢ (⟨w, xᵢ⟩ + b))²
///
/// - Shapes: x [n, d]; labels n of −1 and 1; weights [d].
/// - Accuracy: the gradient's largest entry is at most `tolerance`.
/// - Source: Newton's method on the active points, as Keerthi and DeCoste, JMLR 6 (2005).
/// - Precondition: `x` is a matrix, there is one label of −1 or 1 a row, λ is above zero.
/// - Parameters:
///   - x: The points.
///   - labels: Their classes.
///   - ridge: λ.
///   - start: A classifier to begin with, say that of a larger λ; zeros where nil.
///   - tolerance: The largest entry of the gradient accepted.
///   - iterations: How many steps may be taken.
/// - Returns: The classifier with its certificate.
/// - Throws: As `minimizeByNewton`.
public func squaredHingeSVM(
  _ x: Tensor<Double>, labels: [Int], ridge: Double, from start: LinearClassifier? = nil,
  tolerance: Double = 1e-10, iterations: Int = 1000
) throws(LinearAlgebraError) -> LinearClassifier {
  require(ridge > 0, "squaredHingeSVM: a ridge of \(ridge)")
  let rows = try signedRows("squaredHingeSVM", x, labels, constant: 1)
  let (n, d) = (x.shape[0], x.shape[1])
  let penalties = Tensor(
    [Double](repeating: ridge, count: d) + [0], shape: [d + 1])
  let first =
    start.map { Tensor.concatenated([$0.weights, $0.bias.reshaped(to: [1])]) }
    ?? Tensor(zeros: [d + 1])
  let minimum = try minimizeByNewton(
    from: first, tolerance: tolerance, iterations: iterations
  ) { v in
    let slack = relu(1 - matmul(rows, v))
    let pull = matmul(slack, rows) * (-2 / Double(n))
    return (
      inner(v, penalties * v) / 2 + inner(slack, slack) / Double(n), penalties * v + pull
    )
  } hessian: { v in
    let slack = (1 - matmul(rows, v)).scalars
    let active = rows.gathered(rows: (0..<n).filter { slack[$0] > 0 })
    var matrix = (matmul(active, active, transposingA: true) * (2 / Double(n))).scalars
    for i in 0..<d { matrix[i * (d + 1) + i] += ridge }
    return Tensor(matrix, shape: [d + 1, d + 1])
  }
  return LinearClassifier(
    weights: minimum.point.rows(0..<d), bias: minimum.point.rows(d..<d + 1).reshaped(to: []),
    minimum: minimum)
}

/// The points times their labels, with a constant column where one is asked for.
private func signedRows(
  _ operation: String, _ x: Tensor<Double>, _ labels: [Int], constant: Double?
) throws(LinearAlgebraError) -> Tensor<Double> {
  require(
    x.rank == 2 && labels.count == x.shape[0] && labels.allSatisfy { abs($0) == 1 },
    "\(operation): points \(x.shape) and \(labels.count) labels, which must be −1 or 1")
  try requireFinite(operation, x)
  let signs = Tensor(labels.map(Double.init), shape: [labels.count, 1])
  guard let constant else { return x.detached * signs }
  let column = Tensor(repeating: constant, shape: [1, labels.count])
  return Tensor.concatenated([x.detached.transposed(), column]).transposed() * signs
}
