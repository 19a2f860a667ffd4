internal import Tensors

extension InteriorPoint {
  /// Whether a program without a solution is infeasible or unbounded, by two programs that have
  /// solutions always; nil where neither is so, or rounding decides.
  ///
  /// The first is the least violation t of all constraints; the second the steepest direction in a
  /// box along which no constraint is ever met.
  func verdict() -> Ending? {
    let scale = max(1, largestSize(b), largestSize(h))
    var first = leastViolation
    guard case .solved(let violation) = first.run(tolerance: 1e-9, iterations: 200) else {
      return nil
    }
    if violation.dualObjective > 1e-7 * scale { return .infeasible }
    if violation.objective > 1e-9 * scale { return nil }
    var second = steepestDirection
    guard case .solved(let direction) = second.run(tolerance: 1e-9, iterations: 200) else {
      return nil
    }
    return direction.objective < -1e-7 * max(1, largestSize(q)) ? .unbounded : nil
  }

  /// min t where |A x − b| ≤ t, G x − h ≤ t, t ≥ −1.
  private var leastViolation: InteriorPoint {
    let n = q.count
    let rows = Tensor.concatenated([a, -a, g, Tensor(zeros: [1, n])])
    let shift = Tensor<Double>(repeating: -1, shape: [1, rows.shape[0]])
    return InteriorPoint(
      p: Tensor(zeros: [n + 1, n + 1]), q: Tensor([Double](repeating: 0, count: n) + [1]),
      a: Tensor(zeros: [0, n + 1]), b: Tensor(zeros: [0]),
      g: Tensor.concatenated([rows.transposed(), shift]).transposed(),
      h: Tensor.concatenated([b, -b, h, Tensor([1.0])]))
  }

  /// min qᵀd where P d = 0, A d = 0, G d ≤ 0, |dᵢ| ≤ 1.
  private var steepestDirection: InteriorPoint {
    let n = q.count
    let eye = Tensor<Double>(unitScalars(n), shape: [n, n])
    return InteriorPoint(
      p: Tensor(zeros: [n, n]), q: q, a: Tensor.concatenated([p, a]),
      b: Tensor(zeros: [n + b.count]), g: Tensor.concatenated([g, eye, -eye]),
      h: Tensor.concatenated([
        Tensor(zeros: [h.count]), Tensor(repeating: 1, shape: [2 * n]),
      ]))
  }
}
