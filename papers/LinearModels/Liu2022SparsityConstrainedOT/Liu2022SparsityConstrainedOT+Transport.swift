import Replication
import TrainingCore

extension Liu2022SparsityConstrainedOT {
  /// Rows with few entries: the k largest of each, shifted down and clipped so that each row has its
  /// sum.
  ///
  ///     argmax ⟨s, t⟩ − ½‖t‖²  where  t ≥ 0, Σ t = b, ‖t‖₀ ≤ k
  ///
  /// - Shapes: scores s [r, m]; sums b [r, 1]; the result [r, m].
  /// - Source: the paper's inner problem: its solution is the projection of the k largest on the
  ///   simplex. Of equal scores the first is taken.
  static func sparseRows<E: Scalar>(
    _ scores: Tensor<E>, sums: Tensor<E>, entries k: Int
  ) -> Tensor<E> {
    let (values, indices) = scores.top(k, along: 1)
    let places = Tensor<E>((1...k).map { E(Double($0)) })
    let shifts = (values.cumulativeSum(along: 1) - sums) / places
    // Those above their own shift come first; the shift of the last of them is the row's.
    let isActive = values.isGreater(than: shifts)
    let active = isActive.sum(along: 1, keepingAxis: true)
    let total = (values * isActive).sum(along: 1, keepingAxis: true)
    let shift = (total - sums) / active
    return (relu(values - shift) * isActive).put(indices, along: 1, of: scores.shape[1])
  }

  /// Transport of a to b at quadratic regularisation γ, with few entries in each column of the plan.
  ///
  ///     min Σ_j ⟨t_j, c_j⟩ + γ/2 ‖t_j‖²  where  T ≥ 0, T1 = a, Tᵀ1 = b, ‖t_j‖₀ ≤ k
  ///
  /// Columns are kept as rows here: costs and plans are [n, m].
  struct Transport {
    let cost: Tensor<Double>
    /// a: [m].
    let sources: Tensor<Double>
    /// b: [n].
    let targets: Tensor<Double>
    let gamma: Double

    /// A dual objective, with the plan that its inner problems choose.
    struct Value {
      let value: Double
      let plan: Tensor<Double>
    }

    /// ⟨α, a⟩ − Σ_j Ω*_{b_j}(α − c_j), with columns that sum to b_j.
    func semiDual(_ α: Tensor<Double>, entries k: Int) -> Value {
      let scores = α - cost
      let plan = Liu2022SparsityConstrainedOT.sparseRows(
        scores / gamma, sums: targets.reshaped(to: [targets.count, 1]), entries: k)
      let inner = (scores * plan).sum().item - gamma / 2 * plan.sumOfSquares().item
      return Value(value: matmul(α, sources).item - inner, plan: plan)
    }

    /// ⟨α, a⟩ + ⟨β, b⟩ − Σ_j Ω*_+(α + β_j 1 − c_j), with the k largest entries clipped at zero.
    func dual(_ α: Tensor<Double>, _ β: Tensor<Double>, entries k: Int) -> Value {
      let scores = (α - cost + β.reshaped(to: [targets.count, 1])) / gamma
      let (values, indices) = scores.top(k, along: 1)
      let plan = relu(values).put(indices, along: 1, of: sources.count)
      let value =
        matmul(α, sources).item + matmul(β, targets).item - gamma / 2 * plan.sumOfSquares().item
      return Value(value: value, plan: plan)
    }

    /// Σ_j ⟨t_j, c_j⟩ + γ/2 ‖t_j‖².
    func primal(_ plan: Tensor<Double>) -> Double {
      movement(plan) + gamma / 2 * plan.sumOfSquares().item
    }

    /// ⟨C, T⟩.
    func movement(_ plan: Tensor<Double>) -> Double { (cost * plan).sum().item }

    /// a − T1, the semi-dual's gradient.
    func sourceError(_ plan: Tensor<Double>) -> Tensor<Double> { sources - plan.sum(along: 0) }

    /// b − Tᵀ1.
    func targetError(_ plan: Tensor<Double>) -> Tensor<Double> { targets - plan.sum(along: 1) }
  }
}
