import Replication
import TrainingCore

// Contrastive learning: pairs x, x' ~ N(0, I) are similar with probability σ(f(x)ᵀf(x')), f(x) = A*ᵀx;
// the likelihood of the pairs is the logistic loss. y = β*ᵀf(x) + ν.
extension Ge2023UnsupervisedPretraining {
  /// The excess risks ‖w − A*β*‖² after pretraining on pairs and without it.
  static func contrasts(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (d, r) = (setup.dimension, setup.latent)
    var draws = trial.stream(.initialisation)
    let truth: Tensor<Double> = draws.normal(shape: [d, r]) * 0.5
    let best = matmul(truth, unit(draws.normal(shape: [r, 1])))
    let start: Tensor<Double> = draws.normal(shape: [d, r]) * 0.1
    let fitted = try likeliestContrast(setup, truth, from: start, in: trial)
    var probe = trial.stream(.probing)
    let random: Tensor<Double> = probe.normal(shape: [d, r]) * 0.5
    var outcome = Outcome()
    for labels in setup.labels {
      var stream = trial.stream(.data).child("labelled").child(labels)
      let x = stream.normal(shape: [labels, d], of: Double.self)
      let y = matmul(x, best) + stream.normal(shape: [labels, 1]) * FactorModel.noise
      func record(
        _ predictor: Tensor<Double>, _ series: WritableKeyPath<Outcome, Series<Labels, Loss>>
      ) {
        let excess = (predictor - best).sumOfSquares().item
        outcome[keyPath: series].append(Loss(excess), at: Labels(labels))
      }
      func linear(_ map: Tensor<Double>) throws -> Tensor<Double> {
        matmul(map, try leastSquares(matmul(x, map), y))
      }
      record(try linear(fitted), \.pretrained)
      record(try leastSquares(x, y), \.supervised)
      record(try ridge(x, y), \.ridge)
      record(try linear(truth), \.oracle)
      record(try linear(random), \.random)
    }
    return outcome
  }

  /// Â that minimizes the mean of log(1 + exp(−t (Âᵀx)ᵀ(Âᵀx'))) over the pairs.
  private static func likeliestContrast(
    _ setup: Setup, _ truth: Tensor<Double>, from start: Tensor<Double>, in trial: Trial
  ) throws -> Tensor<Double> {
    let count = setup.unlabelled
    var stream = trial.stream(.data).child("pairs")
    let left = stream.normal(shape: [count, setup.dimension], of: Double.self)
    let right = stream.normal(shape: [count, setup.dimension], of: Double.self)
    let likeness = (matmul(left, truth) * matmul(right, truth)).sum(along: 1)
    let similar = logistic(likeness).isGreater(than: stream.uniform(shape: [count]))
    let signs = (similar * 2 - 1).reshaped(to: [count, 1])
    // The value to 10⁻¹² is far below what the pairs determine.
    return try minimize(from: start, tolerance: 1e-7, decrease: 1e-12) { map in
      let (a, b) = (matmul(left, map), matmul(right, map))
      let margins = (a * b).sum(along: 1, keepingAxis: true) * signs
      let pull = -(signs * logistic(-margins)) / Double(count)
      let slope =
        matmul(left, pull * b, transposingA: true) + matmul(right, pull * a, transposingA: true)
      return (softplus(-margins).mean().item, slope)
    }.point
  }
}
