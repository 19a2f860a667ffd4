import Replication
import TrainingCore

// Binary Gaussian classification (Section III): the label is ±1, X given Y is N(Yμ, I) in d
// dimensions, and W is the mean of the Y_iX_i, hence N(μ, I/n). Given W, YX is N(W, (1 − 1/n) I) for
// a training point and N(μ, I) for a fresh one. A linear network maps it by B_l, the product of the
// first l layers; D_l is the mean over W of the KL divergence between the two laws of B_l YX.
extension He2024LayerwiseBounds {
  /// B_0 = I, B_1, …, B_L, each [r_l, d].
  static func products(_ setup: Setup, using stream: RandomStream) -> [Tensor<Double>] {
    let d = setup.widths[0]
    var products = [Tensor<Double>(oneHot: Array(0..<d), classes: d)]
    for (index, (inputs, outputs)) in zip(setup.widths, setup.widths.dropFirst()).enumerated() {
      var layer = stream.child(index)
      let matrix: Tensor<Double>
      if setup.gains.isEmpty {
        matrix = layer.normal(shape: [outputs, inputs]) / sqrt(Double(inputs))
      } else {
        let frame: Tensor<Double> = haarFrame(rows: inputs, columns: outputs, using: &layer)
        matrix = frame.transposed() * setup.gains[index]
      }
      products.append(matmul(matrix, products[index]))
    }
    return products
  }

  /// μ, of length 1.
  static func mean(_ dimension: Int) -> Tensor<Double> {
    Tensor(oneHot: [0], classes: dimension)
  }

  /// The distances between the two laws at every layer, averaged over draws of W.
  static func distances(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let n = Double(setup.samples)
    let shrinkage = 1 - 1 / n
    let d = setup.widths[0]
    let μ = mean(d)
    let products = products(setup, using: trial.stream(.initialisation))
    // A representation that holds the last one and the input.
    let withInput = Tensor.concatenated([products[products.count - 1], products[0]])
    let whitened = try (products + [withInput]).map { try rowSpace(of: $0) }
    var lengths = [Double](repeating: 0, count: products.count)
    var whitenedLengths = [Double](repeating: 0, count: whitened.count)
    var alongScore = 0.0
    var draws = trial.stream(.data)
    let chunk = min(setup.draws, 10_000)
    for _ in 0..<setup.draws / chunk {
      let deviation: Tensor<Double> = draws.normal(shape: [chunk, d]) / sqrt(n)  // W − μ
      for (index, b) in products.enumerated() {
        lengths[index] += matmul(deviation, b, transposingB: true).sumOfSquares().item
      }
      for (index, white) in whitened.enumerated() {
        whitenedLengths[index] += matmul(deviation, white, transposingB: true).sumOfSquares().item
      }
      alongScore += squaredScores(deviation, μ, products[products.count - 1])
    }
    let count = Double(setup.draws)
    let divergences = zip(whitened, whitenedLengths).map { white, length in
      divergence(rank: white.shape[0], shrinkage: shrinkage, distance: length / count)
    }
    var outcome = Outcome()
    for (index, b) in products.enumerated() {
      let place = Layer(index)
      let divergence = divergences[index]
      // The rank of a product of Gaussian layers is the least of their widths.
      let r = Double(setup.widths[...index].reduce(d, min))
      let whitenedLength = whitenedLengths[index] / count
      outcome.divergence.append(Nats(divergence), at: place)
      outcome.closedDivergence.append(Nats(-r / 2 * log(shrinkage)), at: place)
      outcome.equalCovariances.append(Nats(whitenedLength / shrinkage / 2), at: place)
      outcome.chain.append(Nats(divergence), at: place)
      outcome.chainWithInput.append(Nats(divergence), at: place)
      // W₂² of two Gaussians with proportional covariances: the means', and the roots' difference.
      let spread = (1 - sqrt(shrinkage)) * (1 - sqrt(shrinkage))
      let size = b.sumOfSquares().item
      outcome.distance.append(Length(sqrt(lengths[index] / count + spread * size)), at: place)
      outcome.closedDistance.append(Length(sqrt(size / n * (1 + n * spread))), at: place)
    }
    let last = Layer(products.count)
    let score = divergence(rank: 1, shrinkage: shrinkage, distance: alongScore / count)
    outcome.chain.append(Nats(score), at: last)
    outcome.chainWithInput.append(Nats(divergences[products.count]), at: last)
    return outcome
  }

  /// An orthonormal basis of the row space of B, [rank, d]: with it as the rows of V, |Vx| is the
  /// length of Bx in the metric of the covariance BBᵀ, on its range.
  private static func rowSpace(of b: Tensor<Double>) throws -> Tensor<Double> {
    let factors = try singularValueDecomposition(b)
    let values = factors.values.scalars
    return factors.v.transposed().rows(0..<values.count { $0 > 1e-10 * values[0] })
  }

  /// KL(N(m, cΣ) ‖ N(m', Σ)) for c the shrinkage and |m − m'|² the distance in the metric of Σ.
  private static func divergence(rank: Int, shrinkage c: Double, distance: Double) -> Double {
    (Double(rank) * (c - 1 - log(c)) + distance) / 2
  }

  /// Σ over draws of ⟨W − μ, ĝ⟩², ĝ being the direction BᵀBW of the classifier ⟨BW, T⟩.
  private static func squaredScores(
    _ deviation: Tensor<Double>, _ μ: Tensor<Double>, _ b: Tensor<Double>
  ) -> Double {
    let direction = matmul(matmul(deviation + μ, b, transposingB: true), b)
    let along = (deviation * direction).sum(along: 1)
    return (square(along) / direction.sumOfSquares(along: 1)).sum().item
  }
}
