import Replication
import TrainingCore

// ½‖Ax − b‖² + λΣx on x ≥ 0, where greedy blocks find the support of the solution.
extension Nutini2017BlockCoordinateDescent {
  /// A problem and an iterate with its residual.
  struct SparseFit {
    let problem: Regression
    /// λ.
    let penalty: Double
    private(set) var x: [Double]
    /// Ax − b.
    private(set) var residual: Tensor<Double>

    /// Starts at x = 0 with a penalty of a share of the least for which nothing but 0 is a solution.
    init(_ problem: Regression) {
      self.problem = problem
      penalty = 0.05 * abs(matmul(problem.columns, problem.target)).max().item
      x = [Double](repeating: 0, count: problem.variables)
      residual = -problem.target
    }

    var value: Double { residual.sumOfSquares().item / 2 + penalty * x.reduce(0, +) }

    var support: [Int] { x.indices.filter { x[$0] > 0 } }

    var gradient: Tensor<Double> { matmul(problem.columns, residual) + penalty }

    /// A number that no point's value lies below, by a dual point along the residual.
    var lowerBound: Double {
      let pull = (-matmul(problem.columns, residual)).max().item
      let dual = -residual * min(1, penalty / pull)
      let rest = (problem.target - dual).sumOfSquares().item
      return (problem.target.sumOfSquares().item - rest) / 2
    }

    /// The τ coordinates that promise most: least g_i d_i + L_i d_i²/2 with d_i = max(−x_i, −g_i/L_i).
    ///
    /// Of those that promise nothing the ones in the support come first, then the first.
    func greedyBlock(size: Int, gradient: [Double]) -> [Int] {
      let constants = problem.constants.scalars
      let scores = x.indices.map { i in
        let step = max(-x[i], -gradient[i] / constants[i])
        return (gradient[i] + constants[i] * step / 2) * step
      }
      let order = x.indices.sorted { i, j in
        (scores[i], x[i] > 0 ? 0 : 1, i) < (scores[j], x[j] > 0 ? 0 : 1, j)
      }
      return Array(order.prefix(size))
    }

    /// Moves a block to the minimum of its own problem with the bounds: a projected Newton step.
    mutating func minimise(over indices: [Int]) throws {
      let block = problem.columns.gathered(rows: indices)
      let old = Tensor(indices.map { x[$0] })
      let h = matmul(block, block, transposingB: true)
      // ½zᵀHz + cᵀz with H = LLᵀ is ½‖Lᵀz + L⁻¹c‖² and a constant.
      let c = matmul(block, residual - matmul(old, block)) + penalty
      let l = try cholesky(h)
      let z = try nonNegativeLeastSquares(
        l.transposed(), -solveTriangular(l, .lower, c), tolerance: 1e-14
      ).solution
      move(indices, to: z, block)
    }

    /// A projected gradient step with the block's Lipschitz constant.
    mutating func descend(along indices: [Int], gradient: [Double]) throws {
      let block = try Block(indices, of: problem)
      let z = indices.map { max(0, x[$0] - gradient[$0] / block.constant) }
      move(indices, to: Tensor(z), block.columns)
    }

    private mutating func move(
      _ indices: [Int], to z: Tensor<Double>, _ block: Tensor<Double>
    ) {
      residual += matmul(z - Tensor(indices.map { x[$0] }), block)
      for (index, value) in zip(indices, z.scalars) { x[index] = value }
    }
  }

  /// An L1 problem whose solution has few nonzeros, found by drawing until one has.
  struct Instance: Stage {
    var rows: Int
    var columns: Int

    struct Product: Codable, Sendable {
      /// Which draw it is.
      var draw: Int
      /// A certified lower bound of f*, which lies within 1e-13 of f at the start above it.
      var bound: Double
      var support: Int
    }

    func make(in trial: Trial) throws -> Product {
      for draw in 0..<100 {
        var fit = SparseFit(problem(draw, in: trial))
        let start = fit.value
        for _ in 0..<60 {
          let gradient = fit.gradient.scalars
          try fit.minimise(over: fit.greedyBlock(size: 150, gradient: gradient))
          if fit.value - fit.lowerBound <= 1e-13 * start { break }
        }
        let support = fit.support.count
        if support > 90 { continue }
        guard fit.value - fit.lowerBound <= 1e-13 * start else {
          throw LinearAlgebraError.notConverged(
            operation: "Instance", iterations: 60,
            residual: (fit.value - fit.lowerBound) / start, tolerance: 1e-13)
        }
        return Product(draw: draw, bound: fit.lowerBound, support: support)
      }
      throw LinearAlgebraError.infeasible(operation: "Instance")
    }

    /// The problem of a draw.
    func problem(_ draw: Int, in trial: Trial) -> Regression {
      var stream = trial.stream(.data).child("nonnegative").child(draw)
      return .drawn(.sparse, rows: rows, columns: columns, using: &stream)
    }
  }

  static func nonNegativeDescent(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let known = try trial.product(of: setup.instance)
    var fit = SparseFit(setup.instance.problem(known.draw, in: trial))
    var stream = trial.stream(.sampling)
    let start = fit.value - known.bound
    // From x = 0 on.
    var errors = [1.0]
    var support: [Int] = []
    var lastChange = 0
    var outcome = Outcome()
    for step in 1...setup.iterations {
      let gradient = fit.gradient.scalars
      let block =
        setup.rule == .random
        ? stream.choice(setup.size, of: setup.columns)
        : fit.greedyBlock(size: setup.size, gradient: gradient)
      switch setup.update {
      case .matrix: try fit.minimise(over: block)
      case .lipschitz: try fit.descend(along: block, gradient: gradient)
      }
      errors.append((fit.value - known.bound) / start)
      if fit.support != support { (support, lastChange) = (fit.support, step) }
      guard isRecorded(step, of: setup) else { continue }
      // At the optimum rounding may leave either sign.
      let shown = max(errors[step], 1e-17)
      outcome.gap.append(Decades(log(shown) / log(10.0)), at: Steps(step))
    }
    let at = Count(setup.size)
    outcome.identification.append(Steps(lastChange), at: at)
    outcome.finalGap.append(Ratio(abs(errors[setup.iterations])), at: at)
    outcome.contraction.append(contraction(errors, after: lastChange), at: at)
    outcome.support.append(Count(known.support), at: at)
    return outcome
  }

  /// The least e_{t+1}/e_t of five steps from the one that identifies the support on.
  ///
  /// Of the last five where the support had not settled before; an error counts as 1e-16 at least,
  /// which is rounding.
  private static func contraction(_ errors: [Double], after identification: Int) -> Ratio {
    let first = max(0, min(identification - 1, errors.count - 6))
    let window = errors[first..<min(first + 6, errors.count)].map { max($0, 1e-16) }
    return Ratio(zip(window, window.dropFirst()).map { $1 / $0 }.min() ?? .nan)
  }
}
