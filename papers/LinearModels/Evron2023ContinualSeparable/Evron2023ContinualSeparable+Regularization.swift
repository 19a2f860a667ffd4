import Replication
import TrainingCore

// The weakly regularized learner (§3): w_t minimises Σ exp(−zᵀw) + (λ/2)‖w − w_{t−1}‖².
extension Evron2023ContinualSeparable {
  /// Compares regularized learners with the sequential max-margin iterates at each λ.
  static func regularized(_ problem: Problem, _ setup: Setup, in trial: Trial) throws -> Outcome {
    let steps = (0..<setup.tasks * setup.cycles).map { $0 % setup.tasks }
    let maxMargin = try learnt(steps, from: problem) { try problem.tasks[$0].projection(of: $1) }
    // Each sample's loss times a weight in [1/10, 10], as the weight's logarithm.
    var stream = trial.stream(.probing)
    let weights = problem.tasks.map { _ in
      stream.uniform(in: -1.0..<1.0, shape: [setup.samples]) * log(10.0)
    }
    let equal = Tensor<Double>(zeros: [setup.samples])
    var outcome = Outcome()
    for decades in setup.decades {
      let logarithm = decades * log(10.0)
      let iterates = try learnt(steps, from: problem) { task, w in
        setup.method == .squaredLoss
          ? try squaredStep(problem.tasks[task], from: w, decades: decades)
          : try weakStep(problem.tasks[task], from: w, logarithm: logarithm, weights: equal)
      }
      let at = Decades(decades)
      outcome.angle.append(Ratio(greatestAngle(iterates, maxMargin)), at: at)
      guard setup.method == .weakRegularization else { continue }
      let weighted = try learnt(steps, from: problem) { task, w in
        try weakStep(problem.tasks[task], from: w, logarithm: logarithm, weights: weights[task])
      }
      outcome.weightAngle.append(Ratio(greatestAngle(weighted, iterates)), at: at)
      // At λ = 1 there is nothing to divide by.
      if decades == 0 { continue }
      outcome.lengthError.append(
        Ratio(greatestLengthError(iterates, over: logarithm, maxMargin)), at: at)
      outcome.rootLengthError.append(
        Ratio(greatestLengthError(iterates, over: exp(logarithm / 2), maxMargin)), at: at)
    }
    return outcome
  }

  /// The weights after each task.
  private static func learnt(
    _ tasks: [Int], from problem: Problem,
    by step: (Int, Tensor<Double>) throws -> Tensor<Double>
  ) throws -> [Tensor<Double>] {
    var w = Tensor<Double>(zeros: problem.best.shape)
    return try tasks.map { task in
      w = try step(task, w)
      return w
    }
  }

  /// argmin Σ c exp(−zᵀw) + (λ/2)‖w − w_prev‖², with ln(1/λ) raised from 0 in quarters.
  ///
  /// The objective is divided by λ, so that its terms stay of one size and a gradient within the
  /// tolerance is a w within it.
  private static func weakStep(
    _ task: LinearTask, from previous: Tensor<Double>, logarithm: Double, weights: Tensor<Double>
  ) throws -> Tensor<Double> {
    let d = previous.count
    var w = previous
    var level = 0.0
    while true {
      let shift = weights + level
      func pulls(_ w: Tensor<Double>) -> Tensor<Double> { exp(shift - matmul(task.samples, w)) }
      w = try minimizeByNewton(from: w, tolerance: 1e-6) { w in
        let (pulls, moved) = (pulls(w), w - previous)
        return (
          pulls.sum().item + moved.sumOfSquares().item / 2, moved - matmul(pulls, task.samples)
        )
      } hessian: { w in
        let scaled = task.samples * pulls(w).reshaped(to: [task.samples.shape[0], 1])
        var matrix = matmul(scaled, task.samples, transposingA: true)
        for index in 0..<d { matrix[index, index] += 1 }
        return matrix
      }.point
      if level == logarithm { return w }
      level = min(level + 0.25, logarithm)
    }
  }

  /// argmin ½Σ(1 − zᵀw)² + (λ/2)‖w − w_prev‖² = w_prev + Zᵀ(ZZᵀ + λI)⁻¹(1 − Zw_prev).
  private static func squaredStep(
    _ task: LinearTask, from previous: Tensor<Double>, decades: Double
  ) throws -> Tensor<Double> {
    let z = task.samples
    var matrix = matmul(z, z, transposingB: true)
    for index in 0..<z.shape[0] { matrix[index, index] += pow(10, -decades) }
    return previous + matmul(try solvePositiveDefinite(matrix, 1 - matmul(z, previous)), z)
  }

  /// 1 − the least cosine between iterates of two learners.
  private static func greatestAngle(_ a: [Tensor<Double>], _ b: [Tensor<Double>]) -> Double {
    var greatest = Greatest()
    for (left, right) in zip(a, b) { greatest.take(1 - cosine(left, right)) }
    return greatest.value
  }

  /// The greatest relative error of ‖w_t‖ / scale as a guess of ‖SMM_t‖.
  private static func greatestLengthError(
    _ iterates: [Tensor<Double>], over scale: Double, _ maxMargin: [Tensor<Double>]
  ) -> Double {
    var greatest = Greatest()
    for (w, limit) in zip(iterates, maxMargin) {
      let length = sqrt(limit.sumOfSquares().item)
      greatest.take(abs(sqrt(w.sumOfSquares().item) / scale - length) / length)
    }
    return greatest.value
  }
}
