import Replication
import TrainingCore

// Sums of losses of Ax over blocks of coordinates, whose curvature H = cAᵀA bounds.
extension Nutini2017BlockCoordinateDescent {
  /// A regression by the columns of A: f(x) = ½‖Ax − b‖², or Σ log(1 + exp(−b_i a_iᵀx)).
  struct Regression {
    /// Aᵀ, one column of A a row: [p, n].
    let columns: Tensor<Double>
    /// b, for the logistic loss labels of ±1: [n].
    let target: Tensor<Double>
    let isLogistic: Bool
    /// L_i = H_ii: [p].
    let constants: Tensor<Double>

    /// The greatest curvature of a sample's loss.
    var curvature: Double { isLogistic ? 0.25 : 1 }
    var variables: Int { columns.shape[0] }

    private init(_ columns: Tensor<Double>, _ target: Tensor<Double>, isLogistic: Bool) {
      (self.columns, self.target, self.isLogistic) = (columns, target, isLogistic)
      constants = columns.sumOfSquares(along: 1) * (isLogistic ? 0.25 : 1)
    }

    /// f where Ax is `scores`.
    func value(at scores: Tensor<Double>) -> Double {
      isLogistic
        ? softplus(-target * scores).sum().item : (scores - target).sumOfSquares().item / 2
    }

    /// The derivatives of the samples' losses by Ax.
    func slopes(at scores: Tensor<Double>) -> Tensor<Double> {
      isLogistic ? -target * logistic(-target * scores) : scores - target
    }

    /// Draws a least-squares problem.
    ///
    /// Entries N(0, 1) + 1, each kept with probability 10 ln(n)/n, columns times 10 N(0, 1); the
    /// target is that of a tenth of the variables, N(0, 1) each, plus N(0, 1).
    static func drawn(
      _ problem: Problem, rows n: Int, columns p: Int, using stream: inout RandomStream
    ) -> Regression {
      let columns: Tensor<Double>
      if problem == .orthonormal {
        columns = (haarFrame(rows: n, columns: p, using: &stream) as Tensor<Double>).transposed()
      } else {
        let kept = 10 * log(Double(n)) / Double(n)
        let entries: Tensor<Double> = stream.normal(shape: [p, n]) + 1
        let scales: Tensor<Double> = stream.normal(shape: [p, 1]) * 10
        let scaled = entries * scales * stream.bernoulli(min(kept, 1), shape: [p, n])
        columns =
          problem == .unitColumns ? scaled / scaled.norm(along: 1, keepingAxis: true) : scaled
      }
      let weights: Tensor<Double> = stream.normal(shape: [p])
      let chosen: Tensor<Double> = stream.bernoulli(0.1, shape: [p])
      let target = matmul(weights * chosen, columns) + stream.normal(shape: [n])
      return Regression(columns, target, isLogistic: false)
    }

    /// Threes against sevens of MNIST, by the pixels that are not blank in all of them.
    static func digits(_ count: Int, in trial: Trial) throws -> Regression {
      let images = try MNIST(from: trial.data(.mnist)).train
      let members = images.indices(ofClasses: [3, 7])
      var stream = trial.stream(.sampling).child("images")
      let chosen = stream.choice(count, of: members.count).map { members[$0] }
      let pixels = (images.tensor(at: chosen) as Tensor<Double>).transposed()
      let sizes = pixels.sumOfSquares(along: 1).scalars
      let labels = images.labels(at: chosen).map { $0 == 3 ? 1.0 : -1 }
      return Regression(
        pixels.gathered(rows: sizes.indices.filter { sizes[$0] > 0 }), Tensor(labels),
        isLogistic: true)
    }
  }

  /// A block of coordinates with the curvature of its variables.
  struct Block {
    let indices: [Int]
    /// Its columns of A, one a row.
    let columns: Tensor<Double>
    /// The eigenvalues and vectors of H_B.
    let curvature: SymmetricEigen<Double>

    init(_ indices: [Int], of problem: Regression) throws {
      self.indices = indices
      columns = problem.columns.gathered(rows: indices)
      curvature = try symmetricEigen(
        matmul(columns, columns, transposingB: true) * problem.curvature)
    }

    /// L_B = λ_max(H_B).
    var constant: Double { curvature.values[indices.count - 1] }

    /// H_B⁺ g_B.
    func newton(_ gradient: Tensor<Double>) -> Tensor<Double> {
      let values = curvature.values.scalars
      let floor = constant * Double(values.count) * Double.ulpOfOne
      let inverses = Tensor(values.map { $0 > floor ? 1 / $0 : 0 })
      return matmul(curvature.vectors, matmul(gradient, curvature.vectors) * inverses)
    }
  }

  static func regressionDescent(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var stream = trial.stream(.data)
    let problem =
      setup.problem == .digits
      ? try Regression.digits(setup.rows, in: trial)
      : .drawn(setup.problem, rows: setup.rows, columns: setup.columns, using: &stream)
    var selection = try Selection(problem, setup, using: trial.stream(.sampling))
    // Ax from x = 0. f* = 0 where there are as many variables as samples, and is taken as 0 elsewhere.
    var scores = Tensor<Double>(zeros: problem.target.shape)
    let start = problem.value(at: scores)
    var value = start
    var slack = Double.infinity
    var outcome = Outcome()
    for step in 1...setup.iterations {
      let gradient = matmul(problem.columns, problem.slopes(at: scores))
      let block = try selection.block(step: step, gradient: gradient)
      let own = gradient.gathered(rows: block.indices)
      let direction = setup.update == .matrix ? block.newton(own) : own / block.constant
      scores -= matmul(direction * setup.stretch, block.columns)
      let next = problem.value(at: scores)
      let over = (value - next - (try guarantee(block, own, setup.update, in: problem))) / start
      if over.isNaN || over < slack { slack = over }
      value = next
      guard isRecorded(step, of: setup) else { continue }
      outcome.gap.append(Decades(log(value / start) / log(10.0)), at: Steps(step))
      outcome.slack.append(Ratio(slack), at: Steps(step))
    }
    return outcome
  }

  /// ½ gᵀH⁺g, or ‖g‖² / 2L, whichever the update is.
  ///
  /// By the singular values of the block's columns and not by the curvature that makes the step, so
  /// that a step too short or too long is seen.
  private static func guarantee(
    _ block: Block, _ gradient: Tensor<Double>, _ update: Update, in problem: Regression
  ) throws -> Double {
    switch update {
    case .matrix:
      let inner = matmul(try pseudoInverse(block.columns), gradient)
      return inner.sumOfSquares().item / (2 * problem.curvature)
    case .lipschitz:
      let norm = try spectralNorm(block.columns)
      return gradient.sumOfSquares().item / (2 * norm * norm * problem.curvature)
    }
  }
}
