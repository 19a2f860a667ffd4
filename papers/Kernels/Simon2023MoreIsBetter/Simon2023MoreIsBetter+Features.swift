import Replication
import TrainingCore

// Random-feature ridge regression on the synthetic task: x ~ N(0, I), y = xᵀv + N(0, σ²), features
// φ(x) = P diag(√λ) x with P's entries N(0, 1/k), K = ΦΦᵀ and ŷ = φ(x)ᵀΦᵀ(K + δI)⁻¹y.
extension Simon2023MoreIsBetter {
  /// The mean errors of a seed's draws at each ridge, beside the framework's.
  static func randomFeatures(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let count = setup.ridges.count
    var test = [Double](repeating: 0, count: count)
    var train = test
    for draw in 0..<setup.draws {
      let errors = try drawn(
        setup, data: trial.stream(.data).child(draw), noise: trial.stream(.noise).child(draw),
        weights: trial.stream(.initialisation).child(draw))
      for index in 0..<count {
        test[index] += errors.test[index] / Double(setup.draws)
        train[index] += errors.train[index] / Double(setup.draws)
      }
    }

    let framework = synthetic(setup)
    var control = trial.stream(.control)
    let shuffled = synthetic(setup, order: control.permutation(of: setup.modes))
    let (n, k) = (Double(setup.samples), Double(setup.features))
    var outcome = Outcome()
    for (index, δ) in setup.ridges.enumerated() {
      let (place, state) = (Ridge(δ), try framework.state(ridge: δ, samples: n, features: k))
      let other = try shuffled.state(ridge: δ, samples: n, features: k)
      let halved = try framework.state(ridge: δ, samples: n / 2, features: k)
      let fitted = state.ratio * state.testError
      let share = δ / (n * halved.kappa)
      outcome.testError.append(Loss(test[index]), at: place)
      outcome.trainError.append(Loss(train[index]), at: place)
      outcome.testTheory.append(Loss(state.testError), at: place)
      outcome.trainTheory.append(Loss(fitted), at: place)
      outcome.testDeviation.append(Ratio(test[index] / state.testError - 1), at: place)
      outcome.shuffledDeviation.append(Ratio(test[index] / other.testError - 1), at: place)
      outcome.trainDeviation.append(Ratio(train[index] / fitted - 1), at: place)
      outcome.halvedDeviation.append(
        Ratio(train[index] / (share * share * state.testError) - 1), at: place)
    }
    if let least = setup.ridges.indices.min(by: { setup.ridges[$0] < setup.ridges[$1] }) {
      outcome.leastRidgeError.append(Loss(test[least]), at: Ridge(setup.ridges[least]))
    }
    return outcome
  }

  /// The errors of one draw at each ridge.
  ///
  /// The predictor is xᵀŵ with ŵ = √λ ∘ Pᵀb and b = Φᵀ(K + δI)⁻¹y, so that the test error is
  /// ‖v − ŵ‖² + σ² exactly.
  private static func drawn(
    _ setup: Setup, data: RandomStream, noise: RandomStream, weights: RandomStream
  ) throws -> (test: [Double], train: [Double]) {
    var (data, noise, weights) = (data, noise, weights)
    let (n, k, m) = (setup.samples, setup.features, setup.modes)
    let modes = Tensor((1...m).map(Double.init))
    let scales = pow(modes, -setup.alpha / 2)
    let v = pow(modes, -setup.beta / 2)
    let x: Tensor<Double> = data.normal(shape: [n, m])
    let errors: Tensor<Double> = noise.normal(shape: [n])
    let y = (matmul(x, v) + errors * syntheticNoise.squareRoot()).reshaped(to: [n, 1])
    let p: Tensor<Double> = weights.normal(shape: [k, m]) * (1 / Double(k).squareRoot())
    let features = matmul(x * scales, p, transposingB: true)

    let b = try ridgeWeights(features, y, ridges: setup.ridges)
    let learned = scales.reshaped(to: [m, 1]) * matmul(p, b, transposingA: true)
    let missed = (v.reshaped(to: [m, 1]) - learned).sumOfSquares(along: 0)
    let residual = (y - matmul(features, b)).sumOfSquares(along: 0)
    return ((missed + syntheticNoise).scalars, (residual / Double(n)).scalars)
  }

  /// b = Φᵀ(ΦΦᵀ + δI)⁻¹y = (ΦᵀΦ + δI)⁻¹Φᵀy, one column a ridge: [k, ridges].
  ///
  /// One eigendecomposition, of the smaller of the two matrices, serves all ridges.
  static func ridgeWeights(
    _ features: Tensor<Double>, _ y: Tensor<Double>, ridges: [Double]
  ) throws -> Tensor<Double> {
    let isWide = features.shape[0] <= features.shape[1]
    let eigen = try symmetricEigen(
      matmul(features, features, transposingA: !isWide, transposingB: isWide))
    let target = isWide ? y : matmul(features, y, transposingA: true)
    let inverses = 1 / (eigen.values.reshaped(to: [eigen.values.count, 1]) + Tensor(ridges))
    let solved = matmul(
      eigen.vectors, inverses * matmul(eigen.vectors, target, transposingA: true))
    return isWide ? matmul(features, solved, transposingA: true) : solved
  }
}
