internal import Tensors

/// The state of a primal-dual interior-point method.
///
///     min ½ xᵀPx + qᵀx  where  A x = b,  G x + s = h,  s ≥ 0.
struct InteriorPoint {
  let p: Tensor<Double>
  let q: Tensor<Double>
  let a: Tensor<Double>
  let b: Tensor<Double>
  let g: Tensor<Double>
  let h: Tensor<Double>
  var x: Tensor<Double>
  var y: Tensor<Double>
  var z: Tensor<Double>
  var s: Tensor<Double>

  init(
    p: Tensor<Double>, q: Tensor<Double>, a: Tensor<Double>, b: Tensor<Double>,
    g: Tensor<Double>, h: Tensor<Double>
  ) {
    (self.p, self.q, self.a, self.b, self.g, self.h) = (p, q, a, b, g, h)
    x = Tensor(zeros: q.shape)
    y = Tensor(zeros: b.shape)
    z = Tensor(zeros: h.shape)
    s = z
  }

  /// How a run ends.
  enum Ending {
    case solved(ProgramSolution)
    case infeasible
    case unbounded
    case stalled(iteration: Int, worst: Double)
  }

  /// Steps until the certificate is within the tolerance or nothing changes any more.
  mutating func run(tolerance: Double, iterations: Int) -> Ending {
    var best: ProgramSolution?
    // Without definite systems there are no steps.
    var moves = (try? start()) != nil
    var iteration = 0
    while moves {
      var found = solution(iterations: iteration)
      // Near the end the active constraints are known, and rounding keeps the steps from going on.
      if found.worst <= 1e-5 { found = polished(found) }
      if found.worst < best?.worst ?? .infinity { best = found }
      if let best, best.worst <= tolerance { return .solved(best) }
      if provesInfeasible { return .infeasible }
      if found.primalResidual <= 1e-6 && provesUnbounded { return .unbounded }
      let limit = min(iterations, (best?.iterations ?? 0) + 30)
      moves = iteration < limit && (try? step()) == true
      if moves { iteration += 1 }
    }
    return .stalled(iteration: iteration, worst: best?.worst ?? .infinity)
  }

  private var stationarity: Tensor<Double> {
    matmul(p, x) + q + matmul(y, a) + matmul(z, g)
  }

  /// The point with its certificate.
  func solution(iterations: Int) -> ProgramSolution {
    let (curved, straight) = (inner(x, matmul(p, x)), inner(q, x))
    let bound = max(1, largestSize(b), largestSize(h))
    let violation = max(
      largestSize(matmul(a, x) - b), largestSize(relu(matmul(g, x) - h)))
    let slope = stationarity
    // Infinite numbers count as no certificate.
    let dual = slope.isFinite ? largestSize(slope) / max(1, largestSize(q)) : .infinity
    return ProgramSolution(
      point: x, equalityMultipliers: y, inequalityMultipliers: z, objective: curved / 2 + straight,
      dualObjective: -curved / 2 - inner(b, y) - inner(h, z),
      primalResidual: violation.isNaN ? .infinity : violation / bound, dualResidual: dual,
      iterations: iterations)
  }

  /// Starts at the least-squares point, with slacks and multipliers made positive.
  mutating func start() throws(LinearAlgebraError) {
    let one = Tensor<Double>(repeating: 1, shape: h.shape)
    let system = try Normal(self, weights: one)
    let slope = -q + matmul(h, g)
    (x, y) = system.solve(slope, -b)
    z = matmul(g, x) - h
    s = lifted(-z)
    z = lifted(z)
  }

  private func lifted(_ v: Tensor<Double>) -> Tensor<Double> {
    let least = v.scalars.min() ?? 1
    return least > 0 ? v : v + (1 - least)
  }

  /// One predictor and corrector; false where no progress can be made any more.
  mutating func step() throws(LinearAlgebraError) -> Bool {
    let count = max(h.count, 1)
    let (slope, equal, unequal) = (stationarity, matmul(a, x) - b, matmul(g, x) + s - h)
    let weights = z / s
    guard weights.isFinite else { return false }
    let system = try Normal(self, weights: weights)
    func direction(_ complement: Tensor<Double>) -> Move {
      let pull = weights * unequal - complement / s
      let (dx, dy) = system.solve(-slope - matmul(pull, g), equal)
      let across = matmul(g, dx)
      return Move(x: dx, y: dy, z: weights * across + pull, s: -unequal - across)
    }
    let product = s * z
    var move = direction(product)
    if h.count > 0 {
      let reach = self.reach(move)
      let mean = product.sum().item / Double(count)
      let after = inner(s + reach * move.s, z + reach * move.z) / Double(count)
      let ratio = max(0, after / mean)
      move = direction(product + move.s * move.z - ratio * ratio * ratio * mean)
    }
    let reach = h.count > 0 ? 0.995 * self.reach(move) : 1
    let length = reach > 0.99 ? min(reach, 1) : reach
    guard move.isFinite, length > 1e-12 else { return false }
    x += length * move.x
    y += length * move.y
    z += length * move.z
    s += length * move.s
    return true
  }

  private struct Move {
    let x, y, z, s: Tensor<Double>
    var isFinite: Bool { x.isFinite && y.isFinite && z.isFinite && s.isFinite }
  }

  /// How far slacks and multipliers stay positive, at most 1 / 0.995.
  private func reach(_ move: Move) -> Double {
    var reach = 1 / 0.995
    for (value, change) in [(s, move.s), (z, move.z)] {
      for (v, d) in zip(value.scalars, change.scalars) where d < 0 { reach = min(reach, -v / d) }
    }
    return reach
  }

  /// Whether the multipliers prove that no point is feasible, by Farkas' lemma.
  var provesInfeasible: Bool {
    let value = inner(b, y) + inner(h, z)
    guard value < 0 else { return false }
    return largestSize(matmul(y, a) + matmul(z, g)) <= -1e-9 * value
  }

  /// Whether the point is a direction inside the constraints along which the objective falls; it
  /// proves that there is no bound where some point is feasible.
  var provesUnbounded: Bool {
    let value = inner(q, x)
    guard value < 0 else { return false }
    let worst = max(
      largestSize(matmul(p, x)), largestSize(matmul(a, x)), largestSize(relu(matmul(g, x))))
    return worst <= -1e-9 * value
  }

  /// The solution computed from its active constraints alone, where that is a better one.
  func polished(_ found: ProgramSolution) -> ProgramSolution {
    let active = zip(z.scalars, s.scalars).enumerated().filter { $1.0 > $1.1 }.map(\.offset)
    let (n, m) = (q.count, b.count + active.count)
    let rows = Tensor.concatenated([a, g.gathered(rows: active)])
    var matrix = [Double](repeating: 0, count: (n + m) * (n + m))
    let (quadratic, entries) = (p.scalars, rows.scalars)
    for i in 0..<n { for j in 0..<n { matrix[i * (n + m) + j] = quadratic[i * n + j] } }
    for i in 0..<m {
      for j in 0..<n {
        matrix[(n + i) * (n + m) + j] = entries[i * n + j]
        matrix[j * (n + m) + n + i] = entries[i * n + j]
      }
    }
    let system = Tensor(matrix, shape: [n + m, n + m])
    let right = Tensor.concatenated([-q, b, h.gathered(rows: active)])
    guard let factors = try? lu(system), var answer = try? factors.solve(right) else {
      return found
    }
    if let change = try? factors.solve(right - matmul(system, answer)) { answer += change }
    var other = self
    other.x = answer.rows(0..<n)
    other.y = answer.rows(n..<n + b.count)
    let pulls = answer.rows(n + b.count..<n + m).scalars
    var multipliers = [Double](repeating: 0, count: h.count)
    for (row, pull) in zip(active, pulls) { multipliers[row] = pull }
    guard answer.isFinite, multipliers.allSatisfy({ $0 >= 0 }) else { return found }
    other.z = Tensor(multipliers, shape: h.shape)
    let better = other.solution(iterations: found.iterations)
    return better.worst < found.worst ? better : found
  }
}

/// The system [P + GᵀWG, Aᵀ; A, 0] of one step, solved by two Cholesky factors and refinement.
private struct Normal {
  private let matrix: Tensor<Double>
  private let a: Tensor<Double>
  /// The factor L of P + GᵀWG.
  private let factor: Tensor<Double>
  /// L⁻¹ Aᵀ.
  private let half: Tensor<Double>
  /// The factor of A (P + GᵀWG)⁻¹ Aᵀ.
  private let complement: Tensor<Double>

  init(_ problem: InteriorPoint, weights: Tensor<Double>) throws(LinearAlgebraError) {
    a = problem.a
    let rows = problem.g.shape[0]
    let scaled = problem.g * weights.reshaped(to: [rows, 1])
    matrix = problem.p + matmul(problem.g, scaled, transposingA: true)
    factor = try Self.factored(matrix)
    half = solveTriangular(factor, .lower, a.transposed())
    complement = try Self.factored(matmul(half, half, transposingA: true))
  }

  /// The factor of a semidefinite matrix with a little added to its diagonal.
  private static func factored(
    _ matrix: Tensor<Double>
  ) throws(LinearAlgebraError) -> Tensor<Double> {
    let n = matrix.shape[0]
    let size = (0..<n).reduce(0) { max($0, matrix[$1, $1]) }
    var shift = 1e-14 * max(size, 1e-14)
    while true {
      do throws(LinearAlgebraError) {
        return try cholesky(matrix.addingToDiagonal(shift))
      } catch {
        guard shift < 1e-4 * max(size, 1) else { throw error }
        shift *= 100
      }
    }
  }

  private func unrefined(
    _ slope: Tensor<Double>, _ equal: Tensor<Double>
  ) -> (x: Tensor<Double>, y: Tensor<Double>) {
    let first = solveTriangular(factor, .lower, slope)
    let right = matmul(first, half) + equal
    let y = solveTriangular(
      complement, .lower, transposed: true, solveTriangular(complement, .lower, right))
    let x = solveTriangular(factor, .lower, transposed: true, first - matmul(half, y))
    return (x, y)
  }

  /// The x and y with M x + Aᵀ y = slope and A x = −equal.
  func solve(
    _ slope: Tensor<Double>, _ equal: Tensor<Double>
  ) -> (x: Tensor<Double>, y: Tensor<Double>) {
    var (x, y) = unrefined(slope, equal)
    for _ in 0..<2 {
      let change = unrefined(slope - matmul(matrix, x) - matmul(y, a), equal + matmul(a, x))
      guard change.x.isFinite, change.y.isFinite else { break }
      x += change.x
      y += change.y
    }
    return (x, y)
  }
}
