import Replication
import TrainingCore

// Two linear regressions, one after the other (§3): X w = y, then X O w = y with the same labels.
// O rotates a random m-dimensional subspace of R^p by a Haar rotation; d is the rank of X. The
// dissimilarity is α = m/p and the overparameterization β = 1 − d/p. Training from w by gradient
// descent to convergence projects w on the solutions, so with w₁ = X⁺y forgetting is ‖X w₂ − y‖².
extension Goldfarb2024TaskSimilarity {
  /// The expected forgetting of Theorem 3, without its term O(1/p).
  static func polynomial(dissimilarity α: Double, overparameterization β: Double) -> Double {
    let first = ((α - 6) * α + 11) * α - 8
    let second = ((22 - 5 * α) * α - 30) * α + 12
    let third = ((5 * α - 18) * α + 20) * α - 6
    return α * (2 + β * (first + β * (second + β * third)))
  }

  /// The mean forgetting of draws at each dissimilarity.
  static func regressions(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let p = setup.dimension
    let d = Int((Double(p) * (1 - setup.overparameterization)).rounded())
    let rotated = setup.dissimilarities.map { Int((Double(p) * $0).rounded()) }
    var forgetting = [Double](repeating: 0, count: rotated.count)
    var reduction = forgetting
    var unprojected = forgetting
    for draw in 0..<setup.draws {
      let inputs = trial.stream(.data).child(draw)
      var rotations = trial.stream(.sampling).child(draw)
      switch setup.problem {
      case .rotated:
        var stream = inputs
        let rows: Tensor<Double> = haarFrame(rows: p, columns: d, using: &stream)
        for (index, m) in rotated.enumerated() {
          forgetting[index] += reducedForgetting(rows, rotating: m, using: &rotations)
        }
      case .freshTask:
        let value = freshForgetting(p: p, d: d, using: &rotations)
        for index in rotated.indices { forgetting[index] += value }
      case .flatSpectrum, .gaussianSpectrum, .unscaledSpectrum:
        let task = try FirstTask(p: p, d: d, setup.problem, using: inputs)
        for (index, m) in rotated.enumerated() {
          let values = try explicitForgetting(task, rotating: m, using: &rotations)
          forgetting[index] += values.forgetting
          reduction[index] += values.reduction
          unprojected[index] += values.unprojected
        }
      case .network:
        preconditionFailure("regressions: a network is no regression")
      }
    }
    let (n, β) = (Double(setup.draws), 1 - Double(d) / Double(p))
    var outcome = Outcome()
    for (index, α) in setup.dissimilarities.enumerated() {
      let place = Ratio(α)
      outcome.forgetting.append(Loss(forgetting[index] / n), at: place)
      outcome.doubledDissimilarity.append(Loss(2 * α), at: place)
      outcome.formula.append(
        Loss(polynomial(dissimilarity: α, overparameterization: β)), at: place)
      outcome.lowerFormula.append(
        Loss(polynomial(dissimilarity: α, overparameterization: β - 0.1)), at: place)
      guard setup.problem.isExplicit else { continue }
      outcome.reduction.append(Loss(reduction[index] / n), at: place)
      outcome.unprojected.append(Loss(unprojected[index] / n), at: place)
    }
    return outcome
  }

  /// Forgetting in one draw where all singular values of X are one, averaged over unit w*.
  ///
  /// With A the d × d corner of O in the basis of the row space, F = ‖Aᵀ(I − A)‖² / d. Where V₁ are
  /// the m rotated rows of the row space's frame, I − A = V₁ᵀ(I − H)V₁; with V₁ = Q R that is
  /// K = Rᵀ(I − QᵀHQ)R, and QᵀHQ has the law of a corner of H. For m < d the roles are those of V₁ᵀ.
  static func reducedForgetting(
    _ frame: Tensor<Double>, rotating m: Int, using stream: inout RandomStream
  ) -> Double {
    let d = frame.shape[1]
    let rotated = frame.rows(0..<m)
    let size = min(m, d)
    let r = m >= d ? qr(rotated).r.transposed() : qr(rotated.transposed()).r
    let corner = (haarFrame(rows: m, columns: size, using: &stream) as Tensor<Double>)
      .rows(0..<size)
    let k = matmul(r - matmul(r, corner), r, transposingB: true)
    return squaredLength(k - matmul(k, k, transposingA: true)) / Double(d)
  }

  /// Forgetting in one draw of a second task that shares no solution with the first.
  ///
  /// The second has its own random row space and w' of expected length one. With C the corner of the
  /// two row spaces, X(w₂ − w*) = C V₂ᵀw' − CCᵀw̃.
  static func freshForgetting(p: Int, d: Int, using stream: inout RandomStream) -> Double {
    let other: Tensor<Double> = haarFrame(rows: p, columns: d, using: &stream)
    let corner = other.rows(0..<d)
    return squaredLength(matmul(corner, corner, transposingB: true)) / Double(d)
      + squaredLength(corner) / Double(p)
  }

  /// The inputs X of d first tasks X w* = y, whose solutions w* are the columns of the frame.
  struct FirstTask {
    let x: Tensor<Double>
    /// Orthonormal columns that span the row space.
    let frame: Tensor<Double>

    /// Draws inputs; those of every spectrum share the row space and the solutions.
    ///
    /// ‖X‖₂ is one, except where a Gaussian X is left unscaled.
    init(p: Int, d: Int, _ problem: Problem, using stream: RandomStream) throws {
      var stream = stream
      let gaussian: Tensor<Double> = stream.normal(shape: [d, p])
      frame = qr(gaussian.transposed()).q
      switch problem {
      case .flatSpectrum: x = frame.transposed()
      case .gaussianSpectrum:
        x = gaussian / (try singularValueDecomposition(gaussian).values.max().item)
      case .unscaledSpectrum: x = gaussian
      case .rotated, .freshTask, .network:
        preconditionFailure("FirstTask: \(problem) has no explicit inputs")
      }
    }
  }

  /// Forgetting in one draw by the paper's own recipe, and by the reduction to A.
  ///
  /// Both are means over d orthonormal solutions that span the row space, each trained on: the mean
  /// over all unit w* there, since forgetting is quadratic in w*.
  ///
  /// `unprojected` leaves the factor Aᵀ out, as a check that the comparison can fail.
  static func explicitForgetting(
    _ task: FirstTask, rotating m: Int, using stream: inout RandomStream
  ) throws -> (forgetting: Double, reduction: Double, unprojected: Double) {
    let (p, d) = (task.frame.shape[0], task.frame.shape[1])
    let subspace: Tensor<Double> = haarFrame(rows: p, columns: m, using: &stream)
    let h: Tensor<Double> = haarOrthogonal(m, using: &stream)
    // O = I + U(H − I)Uᵀ
    let o = identity(p) + matmul(matmul(subspace, h - identity(m)), subspace, transposingB: true)
    let labels = matmul(task.x, task.frame)
    let second = matmul(task.x, o)
    let w1 = try leastSquares(task.x, labels)
    let w2 = w1 + (try leastSquares(second, labels - matmul(second, w1)))

    let a = matmul(task.frame, matmul(o, task.frame), transposingA: true)
    let moved = identity(d) - a
    return (
      squaredLength(matmul(task.x, w2) - labels) / Double(d),
      squaredLength(matmul(labels, matmul(a, moved, transposingA: true))) / Double(d),
      squaredLength(matmul(labels, moved)) / Double(d)
    )
  }

  private static func squaredLength(_ x: Tensor<Double>) -> Double { (x * x).sum().item }

  private static func identity(_ n: Int) -> Tensor<Double> {
    var unit = Tensor<Double>(zeros: [n, n])
    for index in 0..<n { unit[index, index] = 1 }
    return unit
  }
}
