import Replication
import TrainingCore

// Tasks learnt one after another from w₀ = 0 (§2): w_k is learnt on task τ(k) from w_{k−1}.
extension Evron2023ContinualSeparable {
  /// Follows one order step by step.
  static func path(_ problem: Problem, _ setup: Setup, in trial: Trial) throws -> Outcome {
    var stream = trial.stream(.sampling).child("order")
    let order = order(setup, using: &stream)
    let goal = try goal(problem, setup)
    let goalLength = sqrt(goal.sumOfSquares().item)
    let inverses =
      setup.method == .regression ? try problem.tasks.map { try pseudoInverse($0.samples) } : []
    var w = Tensor<Double>(zeros: goal.shape)
    var (extremes, travelled) = (Extremes(), 0.0)
    var remaining = goalLength
    var outcome = Outcome()
    for (index, task) in order.enumerated() {
      let k = index + 1
      let next =
        switch setup.method {
        case .regression: w + matmul(inverses[task], residuals(problem, task, at: w))
        case .gradientStep: gradientStep(problem.tasks[task], from: w)
        default: try problem.tasks[task].projection(of: w)
        }
      travelled += (next - w).sumOfSquares().item
      w = next
      let distance = sqrt((w - goal).sumOfSquares().item)
      let length = sqrt(w.sumOfSquares().item)
      extremes.recession.take(distance - remaining)
      extremes.longest.take(length / goalLength)
      remaining = distance
      let forgetting = forgetting(problem, setup, at: w)
      let worst = forgetting.max() ?? .nan
      extremes.inverseShare.take(worst * Double(k) / problem.difficulty)
      // Bounds in cyclic order hold where a cycle ends.
      let bound = cyclicBound(problem, after: k)
      if k % setup.tasks == 0 { extremes.excess.take(worst - bound) }
      if setup.source == .hardPair {
        extremes.closedFormGap.take(abs(worst - hardPairForgetting(after: k)))
      }
      let isCycleJudged = k == setup.tasks || k == 60 * setup.tasks
      guard k.nonzeroBitCount == 1 || isCycleJudged || k == order.count else { continue }
      let at = Steps(k)
      let seen = Set(order[...index]).sorted().map { forgetting[$0] }
      outcome.forgetting.append(Loss(worst), at: at)
      outcome.meanForgetting.append(Loss(seen.reduce(0, +) / Double(seen.count)), at: at)
      outcome.inverseShare.append(Ratio(extremes.inverseShare.value), at: at)
      outcome.recession.append(Ratio(extremes.recession.value), at: at)
      outcome.longest.append(Ratio(extremes.longest.value), at: at)
      outcome.length.append(Ratio(length / goalLength), at: at)
      outcome.departure.append(Ratio(1 - cosine(w, goal)), at: at)
      outcome.travelled.append(Ratio(travelled / problem.squaredLength), at: at)
      if setup.order == .cyclic && k >= setup.tasks {
        outcome.bound.append(Loss(bound), at: at)
        outcome.excess.append(Loss(extremes.excess.value), at: at)
      }
      if setup.source == .hardPair {
        outcome.closedFormGap.append(Loss(extremes.closedFormGap.value), at: at)
      }
    }
    return outcome
  }

  /// Averages over random orders the distance from the feasible sets, where a cycle would end.
  static func averaged(_ problem: Problem, _ setup: Setup, in trial: Trial) throws -> Outcome {
    var sums = [Double](repeating: 0, count: setup.cycles)
    var squares = sums
    for draw in 0..<setup.orders {
      var stream = trial.stream(.sampling).child("order").child(draw)
      var w = Tensor<Double>(zeros: problem.best.shape)
      for (index, task) in order(setup, using: &stream).enumerated() {
        w = try problem.tasks[task].projection(of: w)
        let (cycle, left) = (index + 1).quotientAndRemainder(dividingBy: setup.tasks)
        guard left == 0 else { continue }
        let worst = try problem.tasks.map { try $0.squaredDistance(of: w) }.max() ?? .nan
        sums[cycle - 1] += worst
        squares[cycle - 1] += worst * worst
      }
    }
    var (outcome, excess) = (Outcome(), Greatest())
    let n = Double(setup.orders)
    for cycle in 1...setup.cycles {
      let k = cycle * setup.tasks
      let mean = sums[cycle - 1] / n
      let error = sqrt(max(0, squares[cycle - 1] / n - mean * mean) / (n - 1))
      // E d²(w_k, C*) ≤ ‖w*‖² exp(−k / (T R²‖w*‖²)), and no C_m is further than C*.
      let bound =
        problem.squaredLength
        * exp(-Double(k) / (Double(setup.tasks) * problem.difficulty))
      excess.take(mean - 3 * error - bound)
      guard cycle.nonzeroBitCount == 1 || cycle == setup.cycles else { continue }
      outcome.distance.append(Loss(mean), at: Steps(k))
      outcome.bound.append(Loss(bound), at: Steps(k))
      outcome.excess.append(Loss(excess.value), at: Steps(k))
    }
    return outcome
  }

  /// The task of each step.
  private static func order(_ setup: Setup, using stream: inout RandomStream) -> [Int] {
    let steps = setup.tasks * setup.cycles
    return switch setup.order {
    case .cyclic: (0..<steps).map { $0 % setup.tasks }
    case .random: stream.integers(below: setup.tasks, count: steps)
    }
  }

  /// What the limit is compared with: the shortest vector that solves all tasks.
  private static func goal(_ problem: Problem, _ setup: Setup) throws -> Tensor<Double> {
    guard setup.method == .regression else { return problem.best }
    let all = Tensor.concatenated(problem.tasks.map(\.samples))
    return matmul(try pseudoInverse(all), matmul(all, problem.solution))
  }

  /// What the regression of a task leaves, whose targets are the margins of the common solution.
  private static func residuals(
    _ problem: Problem, _ task: Int, at w: Tensor<Double>
  ) -> Tensor<Double> {
    matmul(problem.tasks[task].samples, problem.solution - w)
  }

  /// F_m of all tasks: of a regression the mean of squares, else the worst violated margin's square.
  private static func forgetting(
    _ problem: Problem, _ setup: Setup, at w: Tensor<Double>
  ) -> [Double] {
    problem.tasks.indices.map { task in
      setup.method == .regression
        ? square(residuals(problem, task, at: w)).mean().item
        : problem.tasks[task].forgetting(at: w)
    }
  }

  /// w + 10 Σ z / (1 + exp(zᵀw)): one step on the logistic loss, which is no projection.
  private static func gradientStep(_ task: LinearTask, from w: Tensor<Double>) -> Tensor<Double> {
    w + 10 * matmul(logistic(-matmul(task.samples, w)), task.samples)
  }

  /// R²‖w*‖² exp(−k / (T²R²‖w*‖²)), which no F_m exceeds after whole cycles.
  private static func cyclicBound(_ problem: Problem, after k: Int) -> Double {
    let tasks = Double(problem.tasks.count)
    return problem.difficulty * exp(-Double(k) / (tasks * tasks * problem.difficulty))
  }

  /// 4 (1 − m²)² (1 − 2m²)^{2(k−1)}: the hard pair's forgetting in turn.
  private static func hardPairForgetting(after k: Int) -> Double {
    let square = margin * margin
    return 4 * (1 - square) * (1 - square) * pow(1 - 2 * square, Double(2 * (k - 1)))
  }

  static func cosine(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    matmul(a, b).item / sqrt(a.sumOfSquares().item * b.sumOfSquares().item)
  }

  /// The greatest of numbers taken one after another; NaN once one was.
  struct Greatest {
    private(set) var value = -Double.infinity

    mutating func take(_ next: Double) {
      if next.isNaN || next > value { value = next }
    }
  }

  private struct Extremes {
    var excess = Greatest()
    var inverseShare = Greatest()
    var closedFormGap = Greatest()
    var recession = Greatest()
    var longest = Greatest()
  }
}
