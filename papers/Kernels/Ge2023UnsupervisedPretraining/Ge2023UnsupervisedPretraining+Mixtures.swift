import Replication
import TrainingCore

// Gaussian mixtures (Theorem 5.3): x | z = k ~ N(u_k, I) with equal weights; the label is the parity
// of k. The likelihood of the unlabelled points is maximized over weights and means.
extension Ge2023UnsupervisedPretraining {
  /// Weights and means of spherical components of variance one.
  struct Mixture {
    /// ln π: [K].
    var logWeights: Tensor<Double>
    /// u: [K, d].
    var means: Tensor<Double>

    var count: Int { means.shape[0] }

    /// ln π_k + ln N(x; u_k, I) without what is the same for all k.
    private func scores(_ x: Tensor<Double>) -> Tensor<Double> {
      matmul(x, means, transposingB: true) - means.sumOfSquares(along: 1) * 0.5 + logWeights
    }

    /// P(z = k | x): [n, K].
    func posterior(_ x: Tensor<Double>) -> Tensor<Double> { softmax(scores(x)) }

    /// The mean log-likelihood, less what no component changes.
    func logLikelihood(_ x: Tensor<Double>) -> Double { logSumExp(scores(x)).mean().item }

    /// One step of expectation maximization.
    func improved(on x: Tensor<Double>) -> Mixture {
      let posterior = posterior(x)
      let shares = posterior.sum(along: 0)
      return Mixture(
        logWeights: log(shares / Double(x.shape[0])),
        means: matmul(posterior, x, transposingA: true) / shares.reshaped(to: [count, 1]))
    }
  }

  /// The true mixture of five components, with means about six apart.
  static let components = 5
  private static let tested = 10_000

  /// Test errors of the vote of clusters, of ridge regression and of the true model.
  static func mixtures(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let d = setup.dimension
    var draws = trial.stream(.initialisation)
    let means: Tensor<Double> = draws.normal(shape: [components, d]) * (6 / sqrt(2 * Double(d)))
    let truth = Mixture(logWeights: Tensor(zeros: [components]), means: means)
    func sample(_ count: Int, _ name: String, _ index: Int) -> (x: Tensor<Double>, y: [Double]) {
      var stream = trial.stream(.data).child(name).child(index)
      let classes = stream.integers(below: components, count: count)
      let x = means.gathered(rows: classes) + stream.normal(shape: [count, d])
      return (x, classes.map(parity))
    }
    let unlabelled = sample(setup.unlabelled, "unlabelled", 0).x
    let fitted = likeliestMixture(unlabelled, components: setup.latent, in: trial)
    let (x, y) = sample(tested, "tested", 0)
    let posterior = fitted.posterior(x)
    let signs = Tensor((0..<components).map(parity))
    let bayes = error(matmul(truth.posterior(x), signs.reshaped(to: [components, 1])), y)
    var outcome = Outcome()
    for labels in setup.labels {
      let (seen, answers) = sample(labels, "labelled", labels)
      let votes = clusterVotes(fitted.posterior(seen), answers)
      let weights = try ridge(seen, Tensor(answers, shape: [labels, 1]))
      outcome.pretrainedError.append(error(matmul(posterior, votes), y), at: Labels(labels))
      outcome.ridgeError.append(error(matmul(x, weights), y), at: Labels(labels))
      outcome.bayesError.append(bayes, at: Labels(labels))
    }
    return outcome
  }

  private static func parity(_ component: Int) -> Double { component.isMultiple(of: 2) ? 1 : -1 }

  /// t_k = Σ_j γ_jk y_j / Σ_j γ_jk; 0 where no labelled point reaches the cluster.
  private static func clusterVotes(
    _ posterior: Tensor<Double>, _ answers: [Double]
  ) -> Tensor<Double> {
    let sums = matmul(posterior, Tensor(answers, shape: [answers.count, 1]), transposingA: true)
    let votes = zip(sums.scalars, posterior.sum(along: 0).scalars).map { $1 > 0 ? $0 / $1 : 0 }
    return Tensor(votes, shape: [votes.count, 1])
  }

  /// The share of scores on the wrong side of zero; zero itself is wrong.
  private static func error(_ scores: Tensor<Double>, _ answers: [Double]) -> Percent {
    let wrong = zip(scores.scalars, answers).count { $0 * $1 <= 0 }
    return Percent(100 * Double(wrong) / Double(answers.count))
  }

  /// The likeliest of five fits, each from a start by k-means++.
  static func likeliestMixture(
    _ x: Tensor<Double>, components: Int, in trial: Trial
  ) -> Mixture {
    let fits = (0..<5).map { restart in
      var stream = trial.stream(.sampling).child(components).child(restart)
      return fit(x, from: start(x, components: components, using: &stream))
    }
    return fits.dropFirst().reduce(fits[0]) { $1.likelihood > $0.likelihood ? $1 : $0 }.mixture
  }

  private static func fit(
    _ x: Tensor<Double>, from start: Mixture
  ) -> (mixture: Mixture, likelihood: Double) {
    var (mixture, likelihood) = (start, start.logLikelihood(x))
    for _ in 0..<200 {
      let next = mixture.improved(on: x)
      let risen = next.logLikelihood(x)
      guard risen > likelihood + 1e-12 else { break }
      (mixture, likelihood) = (next, risen)
    }
    return (mixture, likelihood)
  }

  /// Means at points that are drawn with a chance proportional to the squared distance to those
  /// already chosen.
  private static func start(
    _ x: Tensor<Double>, components: Int, using stream: inout RandomStream
  ) -> Mixture {
    var chosen = [stream.integer(below: x.shape[0])]
    while chosen.count < components {
      let means = x.gathered(rows: chosen)
      let distances =
        x.sumOfSquares(along: 1, keepingAxis: true) + means.sumOfSquares(along: 1)
        - matmul(x, means, transposingB: true) * 2
      // A chosen point is at distance zero up to rounding.
      let weights = relu(distances.min(along: 1)).scalars
      chosen += stream.categorical(weights: weights, count: 1)
    }
    return Mixture(
      logWeights: Tensor(repeating: -log(Double(components)), shape: [components]),
      means: x.gathered(rows: chosen))
  }
}
