import Replication
import TrainingCore

extension Liu2022SparsityConstrainedOT.Transport {
  /// The maximum of a dual objective.
  struct Solution {
    var point: Tensor<Double>
    var value: Double
    var iterations: Int
  }

  /// The maximum of the semi-dual, from zero.
  func maximiseSemiDual(entries k: Int) throws -> Solution {
    try maximise(from: Tensor(zeros: [sources.count])) { α in
      let found = semiDual(α, entries: k)
      return (-found.value, -sourceError(found.plan))
    }
  }

  /// The maximum of the dual over α and β, from zero.
  func maximiseDual(entries k: Int) throws -> Solution {
    let (m, n) = (sources.count, targets.count)
    return try maximise(from: Tensor(zeros: [m + n])) { point in
      let found = dual(point.rows(0..<m), point.rows(m..<m + n), entries: k)
      return (
        -found.value, -Tensor.concatenated([sourceError(found.plan), targetError(found.plan)])
      )
    }
  }

  /// The maximum of the dual over α alone, β being zero.
  func maximiseDualWithoutTargets(entries k: Int) throws -> Solution {
    let β = Tensor<Double>(zeros: [targets.count])
    return try maximise(from: Tensor(zeros: [sources.count])) { α in
      let found = dual(α, β, entries: k)
      return (-found.value, -sourceError(found.plan))
    }
  }

  /// L-BFGS; with few entries there are kinks at the optimum, where it ends without a zero gradient.
  private func maximise(
    from start: Tensor<Double>,
    _ function: (Tensor<Double>) -> (value: Double, gradient: Tensor<Double>)
  ) throws -> Solution {
    let found = try minimize(
      from: start, tolerance: 1e-10, decrease: 1e-15, iterations: 20_000, function)
    return Solution(point: found.point, value: -found.value, iterations: found.iterations)
  }

  /// α after gradient steps of size γ/n on the semi-dual, from zero.
  func gradientSteps(_ steps: Int, entries k: Int) -> Tensor<Double> {
    var α = Tensor<Double>(zeros: [sources.count])
    for _ in 0..<steps {
      α += gamma / Double(targets.count) * sourceError(semiDual(α, entries: k).plan)
    }
    return α
  }

  /// The plan of quadratic regularisation without a bound on entries: −C/γ projected on the plans.
  ///
  /// Dykstra's alternating projections on T ≥ 0 and on the sums, which owe nothing to the duals.
  func quadraticPlan() throws -> Tensor<Double> {
    let (m, n) = (Double(sources.count), Double(targets.count))
    /// What is missing from the sums, spread over rows and columns: the step to where they hold.
    func correction(_ plan: Tensor<Double>) -> Tensor<Double> {
      let rows = targetError(plan)
      return rows.reshaped(to: [targets.count, 1]) / m + sourceError(plan) / n
        - rows.sum() / (m * n)
    }
    var plan = cost / -gamma
    var removed = Tensor<Double>(zeros: cost.shape)
    let (rounds, tolerance) = (100_000, 1e-13)
    var violation = Double.infinity
    for _ in 0..<rounds {
      let moved = plan + correction(plan) + removed
      plan = relu(moved)
      removed = moved - plan
      violation = abs(correction(plan)).max().item
      if violation <= tolerance { return plan }
    }
    throw LinearAlgebraError.notConverged(
      operation: "quadraticPlan", iterations: rounds, residual: violation, tolerance: tolerance)
  }

  /// The plan of entropic regularisation, by Sinkhorn's scaling.
  func entropicPlan(_ epsilon: Double, rounds: Int = 2000) -> Tensor<Double> {
    let kernel = exp(cost / -epsilon)
    var v = Tensor<Double>(repeating: 1, shape: [targets.count])
    var u = sources / matmul(v, kernel)
    for _ in 0..<rounds {
      v = targets / matmul(kernel, u)
      u = sources / matmul(v, kernel)
    }
    return v.reshaped(to: [targets.count, 1]) * kernel * u
  }
}
