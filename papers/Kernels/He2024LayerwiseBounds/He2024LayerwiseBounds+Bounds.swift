import Replication
import TrainingCore

// The two bounds against the generalization error that they bound. By symmetry all training points
// have one divergence, so that (σ√2/n) Σ √D is σ√(2D), with σ = ½ for a loss in [0, 1].
extension He2024LayerwiseBounds {
  /// The classifier sign⟨B_L W, T_L⟩ with its 0–1 loss.
  static func klBound(_ setup: Setup, in trial: Trial) -> Outcome {
    let n = Double(setup.samples)
    let d = setup.widths[0]
    let products = products(setup, using: trial.stream(.initialisation))
    let b = products[products.count - 1]
    let means = matmul(mean(d), b, transposingB: true).scalars
    var draws = trial.stream(.data)
    var (gap, alongScore) = (0.0, 0.0)
    for _ in 0..<setup.draws {
      // Y_iX_i, and its representation: with orthonormal rows its covariance is the identity.
      let z: Tensor<Double> = draws.normal(shape: [setup.samples, d]) + mean(d)
      let t = matmul(z, b, transposingB: true)
      let w = t.mean(along: 0)
      let scores = matmul(t, w).scalars
      let length = w.norm(along: 0).item
      let margin = zip(w.scalars, means).reduce(0) { $0 + $1.0 * $1.1 } / length
      gap += normalDistribution(-margin) - Double(scores.count { $0 < 0 }) / n
      alongScore += (length - margin) * (length - margin)
    }
    let count = Double(setup.draws)
    let generalization = gap / count
    var divergences = products.map { -Double($0.shape[0]) / 2 * log(1 - 1 / n) }
    divergences.append((-1 / n - log(1 - 1 / n) + alongScore / count) / 2)
    var outcome = Outcome()
    for (index, divergence) in divergences.enumerated() {
      let place = Layer(index)
      outcome.bound.append(Ratio(sqrt(2 * divergence) / 2 / generalization), at: place)
      // I(X_i; W) as if W had n² points.
      let rank = Double(index < products.count ? products[index].shape[0] : 1)
      let small = -rank / 2 * log(1 - 1 / (n * n))
      outcome.falseBound.append(Ratio(sqrt(2 * small) / 2 / generalization), at: place)
    }
    outcome.generalization.append(Ratio(generalization), at: Layer(products.count))
    return outcome
  }

  /// A head Û, the mean of the training representations scaled to length 1, with the loss
  /// 1 / (1 + exp⟨Û, T_L⟩), which is ¼-Lipschitz in T_L.
  static func wassersteinBound(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let n = Double(setup.samples)
    let d = setup.widths[0]
    let products = products(setup, using: trial.stream(.initialisation))
    let b = products[products.count - 1]
    let center = matmul(mean(d), b, transposingB: true)
    let rule = try gaussHermite(40)
    var draws = trial.stream(.data)
    var gap = 0.0
    for _ in 0..<setup.draws {
      let z: Tensor<Double> = draws.normal(shape: [setup.samples, d]) + mean(d)
      let t = matmul(z, b, transposingB: true)
      let average = t.mean(along: 0)
      let head = average / average.norm(along: 0)
      // ⟨Û, T⟩ of a fresh point is normal.
      let place = (head * center).sum().item
      let spread = matmul(head, b).norm(along: 0).item
      let fresh = logistic(-(rule.nodes * spread + place))
      gap += (fresh * rule.weights).sum().item - logistic(-matmul(t, head)).mean().item
    }
    let generalization = gap / Double(setup.draws)
    let spread = (1 - sqrt(1 - 1 / n)) * (1 - sqrt(1 - 1 / n))
    var outcome = Outcome()
    for (index, product) in products.enumerated() {
      let distance = sqrt(product.sumOfSquares().item / n * (1 + n * spread))
      let lipschitz = try laterNorm(from: product, to: b) / 4
      outcome.bound.append(Ratio(lipschitz * distance / generalization), at: Layer(index))
      outcome.falseBound.append(
        Ratio(0.1 * lipschitz * distance / generalization), at: Layer(index))
    }
    outcome.generalization.append(Ratio(generalization), at: Layer(products.count))
    return outcome
  }

  /// ‖C‖₂ for the later layers' product C, where B_L = C B_l and B_l has full row rank.
  private static func laterNorm(
    from product: Tensor<Double>, to last: Tensor<Double>
  ) throws -> Double {
    let gram = matmul(product, product, transposingB: true)
    let cross = matmul(product, last, transposingB: true)
    return try spectralNorm(solvePositiveDefinite(gram, cross))
  }
}
