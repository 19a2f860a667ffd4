public import Tensors

/// Linear constraints on a vector x of n entries: M x = r, or M x ≤ r.
public struct LinearConstraints: Sendable {
  /// The matrix M: [m, n].
  public let matrix: Tensor<Double>

  /// The right-hand sides r: [m].
  public let bounds: Tensor<Double>

  /// Takes a matrix and its right-hand sides.
  ///
  /// - Precondition: there is one bound a row.
  public init(_ matrix: Tensor<Double>, _ bounds: Tensor<Double>) {
    require(
      matrix.rank == 2 && bounds.shape == [matrix.shape[0]],
      "LinearConstraints: matrix \(matrix.shape) and bounds \(bounds.shape) do not fit")
    self.matrix = matrix.detached
    self.bounds = bounds.detached
  }

  /// No constraint on n entries.
  static func none(_ n: Int) -> LinearConstraints {
    LinearConstraints(Tensor(zeros: [0, n]), Tensor(zeros: [0]))
  }

  var count: Int { matrix.shape[0] }
}

/// The solution of a linear or quadratic program, with its certificate.
///
/// Multipliers that are not negative and stationary prove that no feasible point has an objective
/// below `dualObjective`.
public struct ProgramSolution: Sendable {
  /// The point x: [n].
  public let point: Tensor<Double>

  /// The multipliers y of the equalities: [p].
  public let equalityMultipliers: Tensor<Double>

  /// The multipliers z ≥ 0 of the inequalities: [m].
  public let inequalityMultipliers: Tensor<Double>

  /// ½ xᵀPx + qᵀx.
  public let objective: Double

  /// −½ xᵀPx − bᵀy − hᵀz.
  public let dualObjective: Double

  /// The largest violation of a constraint, relative to the largest bound or 1.
  public let primalResidual: Double

  /// The largest entry of Px + q + Aᵀy + Gᵀz, relative to the largest of q or 1.
  public let dualResidual: Double

  /// How many steps were taken.
  public let iterations: Int

  /// The objective's distance from its bound.
  public var gap: Double { objective - dualObjective }

  /// The largest of both residuals and of the gap relative to the objective or 1.
  public var worst: Double {
    max(primalResidual, dualResidual, abs(gap) / max(1, abs(objective)))
  }
}

/// The minimum of a convex quadratic function under linear constraints.
///
///     min ½ xᵀPx + qᵀx  where  A x = b,  G x ≤ h
///
/// - Shapes: quadratic P [n, n]; linear q [n]; A [p, n]; G [m, n].
/// - Accuracy: `worst` is at most the tolerance. Where the active constraints are independent, the
///   point is then computed from them alone, to a small multiple of their condition number's ulp.
/// - Source: Mehrotra's predictor and corrector as in Vandenberghe, "The CVXOPT linear and quadratic
///   cone program solvers" (2010).
/// - Precondition: P is symmetric positive semidefinite; the shapes fit.
/// - Parameters:
///   - quadratic: P; none where nil.
///   - linear: q.
///   - equalities: A and b; none where nil.
///   - inequalities: G and h; none where nil.
///   - tolerance: The certificate accepted.
///   - iterations: How many steps may be taken.
/// - Returns: The solution and its certificate.
/// - Throws: `LinearAlgebraError.infeasible` and `.unbounded` where multipliers or a direction prove
///   it, `.nonFinite` where the input is not finite, `.notConverged` where the certificate stays
///   wider.
public func quadraticProgram(
  quadratic: Tensor<Double>?, linear: Tensor<Double>, equalities: LinearConstraints? = nil,
  inequalities: LinearConstraints? = nil, tolerance: Double = 1e-9, iterations: Int = 200
) throws(LinearAlgebraError) -> ProgramSolution {
  try solveProgram(
    "quadraticProgram", quadratic, linear, equalities, inequalities, tolerance: tolerance,
    iterations: iterations)
}

/// Solves a program in the name of an operation, which errors carry.
func solveProgram(
  _ operation: String, _ quadratic: Tensor<Double>?, _ linear: Tensor<Double>,
  _ equalities: LinearConstraints?, _ inequalities: LinearConstraints?, tolerance: Double,
  iterations: Int = 200
) throws(LinearAlgebraError) -> ProgramSolution {
  let n = linear.count
  let quadratic = quadratic?.detached ?? Tensor(zeros: [n, n])
  let (equal, unequal) = (equalities ?? .none(n), inequalities ?? .none(n))
  require(
    linear.rank == 1 && quadratic.shape == [n, n] && equal.matrix.shape[1] == n
      && unequal.matrix.shape[1] == n,
    """
    \(operation): P \(quadratic.shape), q \(linear.shape), A \(equal.matrix.shape) and \
    G \(unequal.matrix.shape) do not fit
    """)
  try requireFinite(
    operation, quadratic, linear, equal.matrix, equal.bounds, unequal.matrix,
    unequal.bounds)
  let problem = InteriorPoint(
    p: quadratic, q: linear.detached, a: equal.matrix, b: equal.bounds, g: unequal.matrix,
    h: unequal.bounds)
  var search = problem
  var ending = search.run(tolerance: tolerance, iterations: iterations)
  if case .stalled = ending { ending = problem.verdict() ?? ending }
  switch ending {
  case .solved(let solution): return solution
  case .infeasible: throw .infeasible(operation: operation)
  case .unbounded: throw .unbounded(operation: operation)
  case .stalled(let iteration, let worst):
    throw .notConverged(
      operation: operation, iterations: iteration, residual: worst, tolerance: tolerance)
  }
}

/// The minimum of a linear function under linear constraints.
///
///     min cᵀx  where  A x = b,  G x ≤ h
///
/// Among several minimisers the one found lies inside their face.
///
/// - Shapes: objective c [n]; A [p, n]; G [m, n].
/// - Accuracy: as `quadraticProgram`.
/// - Precondition: The shapes fit.
/// - Parameters:
///   - objective: c.
///   - equalities: A and b; none where nil.
///   - inequalities: G and h; none where nil.
///   - tolerance: The certificate accepted.
/// - Returns: The solution and its certificate.
/// - Throws: As `quadraticProgram`.
public func linearProgram(
  _ objective: Tensor<Double>, equalities: LinearConstraints? = nil,
  inequalities: LinearConstraints? = nil, tolerance: Double = 1e-9
) throws(LinearAlgebraError) -> ProgramSolution {
  try solveProgram(
    "linearProgram", nil, objective, equalities, inequalities, tolerance: tolerance)
}
