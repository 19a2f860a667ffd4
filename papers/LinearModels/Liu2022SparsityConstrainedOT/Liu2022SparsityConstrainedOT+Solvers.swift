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

  /// The plan of quadratic regularisation without a bound on entries, as a quadratic program.
  func quadraticPlan() throws -> Tensor<Double> {
    let (m, n) = (sources.count, targets.count)
    // The last source's row follows from the others.
    var sums = [Double](repeating: 0, count: (n + m - 1) * n * m)
    for j in 0..<n {
      for i in 0..<m {
        sums[j * n * m + j * m + i] = 1
        if i < m - 1 { sums[(n + i) * n * m + j * m + i] = 1 }
      }
    }
    var unit = [Double](repeating: 0, count: n * m * n * m)
    for index in 0..<n * m { unit[index * n * m + index] = 1 }
    let identity = Tensor(unit, shape: [n * m, n * m])
    let solution = try quadraticProgram(
      quadratic: gamma * identity, linear: cost.reshaped(to: [n * m]),
      equalities: LinearConstraints(
        Tensor(sums, shape: [n + m - 1, n * m]),
        Tensor.concatenated([targets, sources.rows(0..<m - 1)])),
      inequalities: LinearConstraints(-identity, Tensor(zeros: [n * m])))
    return solution.point.reshaped(to: [n, m])
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
