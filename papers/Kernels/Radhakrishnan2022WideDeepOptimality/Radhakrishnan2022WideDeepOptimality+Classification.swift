import Replication
import TrainingCore

// The network's prediction is sign(yᵀK⁻¹K(X, x)), a value of zero counting as +1. What it tends to
// with depth is one of three rules: the nearest neighbour's label, the majority's, or the sign of the
// Hilbert estimate Σ yᵢ/‖x − xᵢ‖^d.
extension Radhakrishnan2022WideDeepOptimality {
  static func classification(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let largest = max(setup.samples.max() ?? 0, setup.spent)
    let (training, tests) = draw(
      training: largest, tests: setup.tests, dimension: setup.dimension, in: trial)
    var outcome = Outcome()
    for n in setup.samples {
      var sums = Scores()
      let sets = max(1, setup.spent / n)
      for set in 0..<sets {
        sums.add(
          try scores(setup, training: training.part(set * n..<(set + 1) * n), tests: tests))
      }
      let (place, share) = (Samples(n), 1 / Double(sets))
      outcome.accuracy.append(Ratio(sums.accuracy * share), at: place)
      outcome.bayesAccuracy.append(Ratio(sums.bayesAccuracy * share), at: place)
      outcome.hilbertAccuracy.append(Ratio(sums.hilbertAccuracy * share), at: place)
      outcome.nearestAccuracy.append(Ratio(sums.nearestAccuracy * share), at: place)
      outcome.majorityAccuracy.append(Ratio(sums.majorityAccuracy * share), at: place)
      outcome.hilbertAgreement.append(Ratio(sums.hilbertAgreement * share), at: place)
      outcome.nearestAgreement.append(Ratio(sums.nearestAgreement * share), at: place)
      outcome.majorityAgreement.append(Ratio(sums.majorityAgreement * share), at: place)
      outcome.excess.append(Ratio(sums.excess * share), at: place)
      outcome.nearestExcess.append(Ratio(sums.nearestExcess * share), at: place)
      outcome.zeros.append(Count(sums.zeros), at: place)
    }
    return outcome
  }

  /// What one training set gives.
  private struct Scores {
    var accuracy = 0.0, bayesAccuracy = 0.0, hilbertAccuracy = 0.0
    var nearestAccuracy = 0.0, majorityAccuracy = 0.0
    var hilbertAgreement = 0.0, nearestAgreement = 0.0, majorityAgreement = 0.0
    var excess = 0.0, nearestExcess = 0.0
    var zeros = 0

    mutating func add(_ other: Scores) {
      accuracy += other.accuracy
      bayesAccuracy += other.bayesAccuracy
      hilbertAccuracy += other.hilbertAccuracy
      nearestAccuracy += other.nearestAccuracy
      majorityAccuracy += other.majorityAccuracy
      hilbertAgreement += other.hilbertAgreement
      nearestAgreement += other.nearestAgreement
      majorityAgreement += other.majorityAgreement
      excess += other.excess
      nearestExcess += other.nearestExcess
      zeros += other.zeros
    }
  }

  private static func scores(
    _ setup: Setup, training: Points, tests: Points
  ) throws -> Scores {
    let products = matmul(tests.rows, training.rows, transposingB: true)
    let values = try predicted(
      training, products, setup.activation, dimension: setup.dimension, depth: setup.depths[0])
    let own = signs(values)
    let nearest = training.labels.gathered(rows: products.argmaxAlongRows())
    let majority = Tensor(
      repeating: training.labels.sum().item >= 0 ? 1.0 : -1.0, shape: [tests.count])
    let hilbert = signs(hilbertEstimate(training, products, dimension: setup.dimension))
    let bayes = signs(tests.posterior - 0.5)
    let cost = abs(2 * tests.posterior - 1)
    func excess(_ labels: Tensor<Double>) -> Double {
      (cost * (1 - labels.isEqual(to: bayes))).mean().item
    }
    return Scores(
      accuracy: agreement(own, tests.labels), bayesAccuracy: agreement(bayes, tests.labels),
      hilbertAccuracy: agreement(hilbert, tests.labels),
      nearestAccuracy: agreement(nearest, tests.labels),
      majorityAccuracy: agreement(majority, tests.labels),
      hilbertAgreement: agreement(own, hilbert), nearestAgreement: agreement(own, nearest),
      majorityAgreement: agreement(own, majority), excess: excess(own),
      nearestExcess: excess(nearest),
      zeros: values.scalars.count { $0 == 0 })
  }

  /// yᵀK⁻¹K(X, x) of each test point.
  private static func predicted(
    _ training: Points, _ products: Tensor<Double>, _ activation: Activation, dimension: Int,
    depth: Int
  ) throws -> Tensor<Double> {
    let gram = gram(
      matmul(training.rows, training.rows, transposingB: true), activation, dimension: dimension,
      depth: depth)
    let weights = try solvePositiveDefinite(gram, training.labels)
    return matmul(
      kernel(products, activation, dimension: dimension, depth: depth), weights)
  }

  /// Σ yᵢ/‖x − xᵢ‖^d, with ‖x − xᵢ‖² = 2 − 2⟨x, xᵢ⟩.
  private static func hilbertEstimate(
    _ training: Points, _ products: Tensor<Double>, dimension: Int
  ) -> Tensor<Double> {
    // Relative to the nearest point's term, so that none overflows.
    let squares = 2 - 2 * products
    let least = maximum(
      squares.min(along: 1, keepingAxis: true), Tensor(Double.leastNormalMagnitude))
    let terms = pow(squares / least, -Double(dimension - 1) / 2)
    return matmul(terms, training.labels)
  }

  static func signs(_ values: Tensor<Double>) -> Tensor<Double> {
    2 * (1 - Tensor<Double>(0).isGreater(than: values)) - 1
  }

  static func agreement(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Double {
    a.isEqual(to: b).mean().item
  }

  // How deep a network must be to vote with the majority: ReLU's tangent kernel, and for comparison
  // the Gaussian-process kernel of another activation.
  static func depths(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (training, tests) = unbalanced(setup, in: trial)
    let n = training.count
    let everything = Tensor.concatenated([training.rows, tests.rows])
    let products = matmul(everything, training.rows, transposingB: true)
    let majority = training.labels.sum().item >= 0 ? 1.0 : -1.0
    var outcome = Outcome()
    var (process, tangent, layer) = (clamp(products, to: -1...1), products, 0)
    for depth in setup.depths {
      let kernel: Tensor<Double>
      if setup.activation == .relu {
        while layer < depth {
          let (value, slope) = reluDual(process)
          tangent = multiplyAdd(tangent, slope, value)
          process = value
          layer += 1
        }
        kernel = tangent
      } else {
        let own = gram(
          products.rows(0..<n), setup.activation, dimension: setup.dimension, depth: depth)
        let cross = self.kernel(
          products.rows(n..<everything.shape[0]), setup.activation, dimension: setup.dimension,
          depth: depth)
        kernel = Tensor.concatenated([own, cross])
      }
      let weights = try solvePositiveDefinite(kernel.rows(0..<n), training.labels)
      let values = matmul(kernel.rows(n..<everything.shape[0]), weights)
      let votes = Tensor(repeating: majority, shape: [tests.count])
      outcome.depthAgreement.append(Ratio(agreement(signs(values), votes)), at: Layers(depth))
    }
    return outcome
  }

  /// Points whose training labels have a majority; drawn again where they are as many.
  private static func unbalanced(
    _ setup: Setup, in trial: Trial
  ) -> (training: Points, tests: Points) {
    let n = setup.samples[0]
    // Further training points stand by for a set without a majority.
    let (pool, tests) = draw(
      training: 10 * n, tests: setup.tests, dimension: setup.dimension, in: trial)
    for set in 0..<10 {
      let training = pool.part(set * n..<(set + 1) * n)
      if training.labels.sum().item != 0 { return (training, tests) }
    }
    preconditionFailure("unbalanced: ten sets of \(n) points without a majority")
  }

  // Regression of y = sin 3x₁ by the same kernels.
  static func regression(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (training, tests) = draw(
      training: setup.samples[0], tests: setup.tests, dimension: setup.dimension, in: trial)
    func target(_ points: Points) -> Tensor<Double> {
      sin(3 * points.rows.sliced(along: 1, 0..<1).reshaped(to: [points.count]))
    }
    let products = matmul(tests.rows, training.rows, transposingB: true)
    let own = matmul(training.rows, training.rows, transposingB: true)
    let answers = target(tests)
    var outcome = Outcome()
    for depth in setup.depths {
      // At small depths the kernel has a low rank; the diagonal makes it definite.
      let gram = gram(
        own, setup.activation, dimension: setup.dimension, depth: depth, diagonal: 1 + 1e-8)
      let weights = try solvePositiveDefinite(gram, target(training))
      let values = matmul(
        kernel(products, setup.activation, dimension: setup.dimension, depth: depth), weights)
      let ratio = square(values - answers).sum().item / square(answers).sum().item
      outcome.errorRatio.append(Ratio(ratio), at: Layers(depth))
    }
    return outcome
  }
}
