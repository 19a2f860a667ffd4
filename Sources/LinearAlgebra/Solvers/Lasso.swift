public import Tensors

/// A penalised least-squares fit, with its certificate.
public struct PenalisedFit: Sendable {
  /// The coefficients B: [k], or [k, c] for several tasks.
  public let coefficients: Tensor<Double>

  /// The objective at the coefficients.
  public let objective: Double

  /// How far the least objective can lie below it: its distance from a dual point's.
  public let gap: Double

  /// How many passes over coefficients were made.
  public let passes: Int
}

/// The LASSO, the elastic net and, for several tasks, the group LASSO over them.
///
///     min ½ ‖Y − X B‖² + λ Σⱼ ‖Bⱼ‖ + ½ ρ ‖B‖²
///
/// Bⱼ is row j of B: one coefficient where there is one task, so ‖Bⱼ‖ is then its size. No intercept
/// is fitted and nothing is scaled: centre the columns first where one is wanted. Of one task the
/// coefficients that are not zero are also solved for at once, as far as their signs stay.
///
/// - Shapes: x [n, k]; y [n] or [n, c]; the coefficients [k] or [k, c].
/// - Accuracy: the duality gap is at most `tolerance` · ½ ‖Y‖².
/// - Source: coordinate descent with active sets as in Friedman, Hastie and Tibshirani, J. Stat.
///   Softw. 33 (2010); the dual point as in Massias, Gramfort and Salmon, ICML 2018, eq. 4.
/// - Precondition: `x` is a matrix and `y` has as many rows; λ is above zero and ρ is
///   not negative.
/// - Parameters:
///   - x: The regressors.
///   - y: The responses, one task a column.
///   - penalty: λ.
///   - ridge: ρ.
///   - tolerance: The gap accepted, as a share of the objective of B = 0.
///   - passes: How many passes may be made.
///   - start: Coefficients to begin with, say those of a larger penalty; zeros where nil.
/// - Returns: The fit and its gap.
/// - Throws: `LinearAlgebraError.nonFinite` where the input is not finite, `.notConverged` where the
///   gap stays larger.
public func lasso(
  _ x: Tensor<Double>, _ y: Tensor<Double>, penalty: Double, ridge: Double = 0,
  tolerance: Double = 1e-10, passes: Int = 100_000, from start: Tensor<Double>? = nil
) throws(LinearAlgebraError) -> PenalisedFit {
  require(
    x.rank == 2 && (1...2).contains(y.rank) && x.shape[0] == y.shape[0] && penalty > 0
      && ridge >= 0,
    "lasso: regressors \(x.shape), responses \(y.shape), penalties \(penalty) and \(ridge)")
  try requireFinite("lasso", x, y)
  let (n, k) = (x.shape[0], x.shape[1])
  let shape = [k] + y.shape.dropFirst()
  require(
    start == nil || start?.shape == shape, "lasso: a start of \(start?.shape ?? []), not \(shape)")
  let tasks = shape.count == 2 ? shape[1] : 1
  var descent = CoordinateDescent(
    x: x.detached, y: y.detached.reshaped(to: [n, tasks]),
    start: start?.detached ?? Tensor(zeros: shape), penalty: penalty, ridge: ridge)
  let accepted = tolerance * max(descent.scale, Double.leastNormalMagnitude)
  var count = 0
  while true {
    let (objective, gap) = descent.certificate
    if gap <= accepted {
      return PenalisedFit(
        coefficients: Tensor(descent.coefficients, shape: shape), objective: objective, gap: gap,
        passes: count)
    }
    guard count < passes else {
      throw .notConverged(
        operation: "lasso", iterations: count, residual: gap, tolerance: accepted)
    }
    // All coefficients once, then those that are not zero, ten times.
    descent.pass(over: Array(0..<k))
    let active = descent.active
    for _ in 0..<9 { descent.pass(over: active) }
    if tasks == 1 { descent.solve(on: descent.active) }
    count += 10
  }
}

private struct CoordinateDescent {
  let x: Tensor<Double>
  let y: Tensor<Double>
  let penalty: Double
  let ridge: Double
  /// Columns of X as rows, and their squared lengths.
  let columns: [Double]
  let squares: [Double]
  /// Task by task: [c, n] of residuals.
  var residuals: [Double]
  var coefficients: [Double]
  let n: Int
  let k: Int
  let tasks: Int
  /// ½ ‖Y‖².
  let scale: Double

  init(
    x: Tensor<Double>, y: Tensor<Double>, start: Tensor<Double>, penalty: Double, ridge: Double
  ) {
    (n, k, tasks) = (x.shape[0], x.shape[1], y.shape[1])
    (self.x, self.y, self.penalty, self.ridge) = (x, y, penalty, ridge)
    columns = x.transposed().scalars
    squares = (x * x).sum(along: 0).scalars
    let fit = matmul(x, start.reshaped(to: [k, tasks]))
    residuals = (y - fit).transposed().scalars
    coefficients = start.scalars
    scale = inner(y, y) / 2
  }

  var active: [Int] {
    (0..<k).filter { j in (0..<tasks).contains { coefficients[j * tasks + $0] != 0 } }
  }

  /// The objective, and its distance from the dual one at the scaled residual.
  var certificate: (objective: Double, gap: Double) {
    let rest = Tensor(residuals, shape: [tasks, n])
    let b = Tensor(coefficients, shape: [k, tasks])
    let pull = matmul(x, rest, transposingA: true, transposingB: true) - ridge * b
    let steepest = (pull * pull).sum(along: 1).scalars.reduce(0, max).squareRoot()
    let lengths = sqrt((b * b).sum(along: 1)).sum().item
    let size = inner(rest, rest) + ridge * inner(b, b)
    let across = inner(rest.transposed(), y)
    let share = steepest > penalty ? penalty / steepest : 1
    // At the optimum the dual's best multiple of the residual is one.
    let objective = size / 2 + penalty * lengths
    return (objective, max(0, objective - (share * across - share * share * size / 2)))
  }

  /// Walks to the minimum over some coefficients with their signs as they are; one that would change
  /// its sign becomes zero and is left behind.
  mutating func solve(on chosen: [Int]) {
    var chosen = chosen
    let target = y.reshaped(to: [n])
    let rows = Tensor(columns, shape: [k, n])
    while !chosen.isEmpty {
      let part = rows.gathered(rows: chosen)
      let now = Tensor(chosen.map { coefficients[$0] }, shape: [chosen.count])
      // Dependent columns have no single minimum: the one near the present point.
      let nearness = 1e-13 * chosen.reduce(0) { max($0, squares[$1]) }
      let gram = matmul(part, part, transposingB: true).addingToDiagonal(ridge + nearness)
      let signs = now.scalars.map { $0 < 0 ? -penalty : penalty }
      let right = matmul(part, target) - Tensor(signs, shape: now.shape) + nearness * now
      guard let goal = try? solvePositiveDefinite(gram, right).scalars else { break }
      var share = 1.0
      var leaving: Int?
      for (index, j) in chosen.enumerated() where goal[index] * coefficients[j] <= 0 {
        let reach = coefficients[j] / (coefficients[j] - goal[index])
        if reach <= share { (share, leaving) = (reach, index) }
      }
      for (index, j) in chosen.enumerated() {
        let moved = coefficients[j] + share * (goal[index] - coefficients[j])
        coefficients[j] = leaving == nil ? goal[index] : moved
      }
      guard let leaving else { break }
      coefficients[chosen[leaving]] = 0
      chosen.remove(at: leaving)
    }
    residuals = (target - matmul(x, Tensor(coefficients, shape: [k]))).scalars
  }

  mutating func pass(over chosen: [Int]) {
    let (n, tasks) = (n, tasks)
    var (pull, change) = (
      [Double](repeating: 0, count: tasks), [Double](repeating: 0, count: tasks)
    )
    columns.withUnsafeBufferPointer { columns in
      residuals.withUnsafeMutableBufferPointer { residuals in
        guard let columns = columns.baseAddress, let residuals = residuals.baseAddress else {
          return
        }
        for j in chosen where squares[j] > 0 {
          let column = columns + j * n
          var size = 0.0
          for t in 0..<tasks {
            pull[t] =
              dot(column, residuals + t * n, n) + squares[j] * coefficients[j * tasks + t]
            size += pull[t] * pull[t]
          }
          size = size.squareRoot()
          let shrunk = size > penalty ? (1 - penalty / size) / (squares[j] + ridge) : 0
          for t in 0..<tasks {
            change[t] = shrunk * pull[t] - coefficients[j * tasks + t]
            guard change[t] != 0 else { continue }
            coefficients[j * tasks + t] = shrunk * pull[t]
            addMultiple(-change[t], of: column, to: residuals + t * n, n)
          }
        }
      }
    }
  }
}
