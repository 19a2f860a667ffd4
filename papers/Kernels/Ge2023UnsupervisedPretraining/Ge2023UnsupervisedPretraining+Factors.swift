import Replication
import TrainingCore

// Factor models: x = B*z + μ with z ~ N(0, I_r) and μ ~ N(0, I_d), y = β*ᵀz + ν with ν ~ N(0, .25).
// Then E[z|x] = P*ᵀx with P* = (B*B*ᵀ + I)⁻¹B*, and the best predictor is w* = P*β*.
extension Ge2023UnsupervisedPretraining {
  /// The true model of one seed.
  struct FactorModel {
    /// B*: [d, r].
    let loadings: Tensor<Double>
    /// β* of length one: [r, 1].
    let direction: Tensor<Double>
    /// u, a direction of length one in which x looks like noise: [d, 1].
    let blind: Tensor<Double>

    static let noise = 0.5

    init(dimension: Int, latent: Int, in trial: Trial) throws {
      var stream = trial.stream(.initialisation)
      loadings = stream.normal(shape: [dimension, latent]) * 0.3
      direction = unit(stream.normal(shape: [latent, 1]))
      let drawn = stream.normal(shape: [dimension, 1], of: Double.self)
      blind = unit(drawn - matmul(loadings, try leastSquares(loadings, drawn)))
    }

    /// Samples, with the labels that depend on the latent variable, or on u where it is blind.
    func samples(
      _ count: Int, isBlind: Bool, using stream: inout RandomStream
    ) -> (x: Tensor<Double>, y: Tensor<Double>) {
      let (dimension, latent) = (loadings.shape[0], loadings.shape[1])
      let z = stream.normal(shape: [count, latent], of: Double.self)
      let noise = stream.normal(shape: [count, dimension], of: Double.self)
      let x = matmul(z, loadings, transposingB: true) + noise
      let signal = isBlind ? matmul(x, blind) : matmul(z, direction)
      return (x, signal + stream.normal(shape: [count, 1]) * Self.noise)
    }

    /// The best predictor.
    func best(isBlind: Bool) throws -> Tensor<Double> {
      isBlind ? blind : matmul(try posteriorMap(loadings), direction)
    }

    /// R(w) − R(w*) = (w − w*)ᵀ(B*B*ᵀ + I)(w − w*).
    func excess(_ predictor: Tensor<Double>, over best: Tensor<Double>) -> Loss {
      let gap = predictor - best
      let seen = matmul(loadings, gap, transposingA: true)
      return Loss(seen.sumOfSquares().item + gap.sumOfSquares().item)
    }
  }

  /// (BBᵀ + I)⁻¹B = B(BᵀB + I)⁻¹: what turns x into the posterior mean of z.
  static func posteriorMap(_ loadings: Tensor<Double>) throws -> Tensor<Double> {
    let latent = loadings.shape[1]
    let precision = matmul(loadings, loadings, transposingA: true) + identity(latent)
    return try solvePositiveDefinite(precision, loadings.transposed()).transposed()
  }

  /// The maximum-likelihood loadings B̂ = V_r(Λ_r − I)₊^½, with VΛVᵀ the second moment of x.
  static func likeliestLoadings(_ x: Tensor<Double>, latent: Int) throws -> Tensor<Double> {
    let moment = matmul(x, x, transposingA: true) / Double(x.shape[0])
    let eigen = try symmetricEigen(moment)
    let first = x.shape[1] - latent
    let strengths = sqrt(relu(eigen.values.rows(first..<x.shape[1]) - 1))
    return eigen.vectors.sliced(along: 1, first..<x.shape[1]) * strengths
  }

  /// A predictor Pβ̂ with β̂ by least squares on the features xP, without intercept.
  static func head(
    on loadings: Tensor<Double>, _ x: Tensor<Double>, _ y: Tensor<Double>
  ) throws -> Tensor<Double> {
    let map = try posteriorMap(loadings)
    return matmul(map, try leastSquares(matmul(x, map), y))
  }

  /// (XᵀX + I)⁻¹Xᵀy: sums, not means.
  static func ridge(_ x: Tensor<Double>, _ y: Tensor<Double>) throws -> Tensor<Double> {
    try solvePositiveDefinite(
      matmul(x, x, transposingA: true) + identity(x.shape[1]), matmul(x, y, transposingA: true))
  }

  /// The excess risks of all ways to learn, for each number of labels.
  static func factorModel(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let truth = try FactorModel(dimension: setup.dimension, latent: setup.latent, in: trial)
    let isBlind = setup.model == .uninformative
    let best = try truth.best(isBlind: isBlind)
    let pretrained = try pretrainedLoadings(setup, truth, in: trial)
    var probe = trial.stream(.probing)
    let random: Tensor<Double> = probe.normal(shape: truth.loadings.shape) * 0.3
    var outcome = Outcome()
    for labels in setup.labels {
      let (x, y) = labelled(labels, truth, isBlind: isBlind, in: trial)
      func record(
        _ predictor: Tensor<Double>, _ series: WritableKeyPath<Outcome, Series<Labels, Loss>>
      ) {
        outcome[keyPath: series].append(truth.excess(predictor, over: best), at: Labels(labels))
      }
      record(try head(on: pretrained, x, y), \.pretrained)
      record(try leastSquares(x, y), \.supervised)
      record(try ridge(x, y), \.ridge)
      record(try head(on: truth.loadings, x, y), \.oracle)
      record(try head(on: random, x, y), \.random)
    }
    recordBound(setup, in: &outcome)
    return outcome
  }

  /// The bound's shape, with the constant that the oracle's excess at the first n gives it.
  private static func recordBound(_ setup: Setup, in outcome: inout Outcome) {
    let (d, r) = (Double(setup.dimension), Double(setup.latent))
    guard let first = setup.labels.first, let excess = outcome.oracle.y.first?.value else { return }
    let constant = excess / sqrt(r / Double(first))
    for labels in setup.labels {
      let shape = sqrt(d * r / Double(setup.unlabelled)) + sqrt(r / Double(labels))
      outcome.bound.append(Loss(constant * shape), at: Labels(labels))
    }
  }

  static func labelled(
    _ count: Int, _ truth: FactorModel, isBlind: Bool, in trial: Trial
  ) -> (x: Tensor<Double>, y: Tensor<Double>) {
    var stream = trial.stream(.data).child("labelled").child(count)
    return truth.samples(count, isBlind: isBlind, using: &stream)
  }

  static func pretrainedLoadings(
    _ setup: Setup, _ truth: FactorModel, in trial: Trial
  ) throws -> Tensor<Double> {
    var stream = trial.stream(.data).child("unlabelled")
    var x = truth.samples(setup.unlabelled, isBlind: false, using: &stream).x
    if setup.permuted {
      var order = trial.stream(.control)
      let places = (0..<setup.unlabelled).flatMap { _ in order.permutation(of: setup.dimension) }
      x = x.taken(places, along: 1)
    }
    return try likeliestLoadings(x, latent: setup.latent)
  }

  /// How far predictors move when the latent space is rotated, and when the data space is.
  static func rotations(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let truth = try FactorModel(dimension: setup.dimension, latent: setup.latent, in: trial)
    let loadings = try pretrainedLoadings(setup, truth, in: trial)
    var stream = trial.stream(.probing)
    let inner: Tensor<Double> = haarOrthogonal(setup.latent, using: &stream)
    let outer: Tensor<Double> = haarOrthogonal(setup.dimension, using: &stream)
    var outcome = Outcome()
    for labels in setup.labels {
      let (x, y) = labelled(labels, truth, isBlind: false, in: trial)
      let predictor = try head(on: loadings, x, y)
      func shift(_ rotated: Tensor<Double>) throws -> Ratio {
        let gap = try head(on: rotated, x, y) - predictor
        return Ratio(sqrt(gap.sumOfSquares().item / predictor.sumOfSquares().item))
      }
      outcome.innerRotation.append(try shift(matmul(loadings, inner)), at: Labels(labels))
      outcome.outerRotation.append(try shift(matmul(outer, loadings)), at: Labels(labels))
    }
    return outcome
  }

  static func identity(_ size: Int) -> Tensor<Double> {
    Tensor(oneHot: Array(0..<size), classes: size)
  }

  /// A column divided by its length.
  static func unit(_ column: Tensor<Double>) -> Tensor<Double> {
    column / sqrt(column.sumOfSquares())
  }
}
