import Replication
import TrainingCore

// Kernel ridge regression on MNIST under the tangent kernel of an infinitely wide ReLU network with
// two hidden layers. The exponents are read as in the paper: 1/Tr K⁻¹ falls as n^−α, the test error
// without ridge as n^(1−β).
extension Simon2023MoreIsBetter {
  /// One subset of the images, its kernel matrix and its targets.
  struct Subset {
    /// [n, n], and [tests, n].
    let kernel: Tensor<Double>
    let cross: Tensor<Double>
    /// [n, 10], and [tests, 10].
    let targets: Tensor<Double>
    let answers: Tensor<Double>

    var classes: Int { targets.shape[1] }

    /// The first n samples.
    func first(_ n: Int) -> Subset {
      Subset(
        kernel: kernel.rows(0..<n).sliced(along: 1, 0..<n), cross: cross.sliced(along: 1, 0..<n),
        targets: targets.rows(0..<n), answers: answers)
    }
  }

  static func digits(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let sizes = [500, 1000, 2000, 4000]
    let largest = try subset(samples: sizes[sizes.count - 1], tests: 2000, in: trial)
    var control = trial.stream(.control)
    let order = control.permutation(of: largest.targets.shape[0])
    let permuted = largest.targets.gathered(rows: order)
    let classes = largest.classes

    var outcome = Outcome()
    for n in sizes {
      let part = largest.first(n)
      let l = try cholesky(part.kernel)
      let inverse = solveTriangular(l, .lower, identity(n))
      let place = Samples(n)
      outcome.inverseTrace.append(Loss(1 / inverse.sumOfSquares().item), at: place)
      let both = Tensor.concatenated([part.targets, permuted.rows(0..<n)], along: 1)
      let weights = matmul(inverse, matmul(inverse, both), transposingA: true)
      let predicted = matmul(part.cross, weights).split(along: 1, into: [classes, classes])
      outcome.imageError.append(Loss(error(predicted[0], part.answers)), at: place)
      outcome.permutedImageError.append(Loss(error(predicted[1], part.answers)), at: place)
    }
    try addFittingRatios(setup, of: largest.first(setup.samples), permuted, to: &outcome, in: trial)
    return outcome
  }

  /// R at the ridge of least test error for each level of noise, of the labels and of permuted ones.
  private static func addFittingRatios(
    _ setup: Setup, of part: Subset, _ permuted: Tensor<Double>, to outcome: inout Outcome,
    in trial: Trial
  ) throws {
    let (n, classes) = (setup.samples, part.classes)
    var stream = trial.stream(.noise)
    let noise: Tensor<Double> = stream.normal(shape: [n, classes])
    let testNoise: Tensor<Double> = stream.normal(shape: part.answers.shape)
    let eigen = try symmetricEigen(part.kernel)
    let features = matmul(part.cross, eigen.vectors)
    let values = eigen.values.reshaped(to: [n, 1])
    for (labels, isPermuted) in [(part.targets, false), (permuted.rows(0..<n), true)] {
      let plain = matmul(eigen.vectors, labels, transposingA: true)
      let ridgeless = error(matmul(features, plain / values), part.answers)
      // σ²_rel of the base error, spread over the outputs.
      let deviations = setup.noises.map { ($0 * ridgeless / Double(classes)).squareRoot() }
      let columns = deviations.map { labels + noise * $0 }
      let answers = Tensor.concatenated(
        deviations.map { part.answers + testNoise * $0 }, along: 1)
      let turned = matmul(
        eigen.vectors, Tensor.concatenated(columns, along: 1), transposingA: true)
      var best = [(test: Double, ratio: Double)](
        repeating: (.infinity, .nan), count: deviations.count)
      for δ in setup.ridges {
        let solved = turned / (values + δ)
        let tests = (matmul(features, solved) - answers).sumOfSquares(along: 0).scalars
        let residuals = (solved * δ).sumOfSquares(along: 0).scalars
        for level in deviations.indices {
          let own = level * classes..<(level + 1) * classes
          let test = tests[own].reduce(0, +) / Double(part.answers.shape[0])
          let train = residuals[own].reduce(0, +) / Double(n)
          if test < best[level].test { best[level] = (test, train / test) }
        }
      }
      for (level, found) in zip(setup.noises, best) {
        if isPermuted {
          outcome.permutedImageRatio.append(Ratio(found.ratio), at: NoiseLevel(level))
        } else {
          outcome.imageRatio.append(Ratio(found.ratio), at: NoiseLevel(level))
        }
      }
    }
  }

  /// Images of length one that the seed chooses, and the kernel between them.
  private static func subset(samples: Int, tests: Int, in trial: Trial) throws -> Subset {
    let mnist = try MNIST(from: trial.data(.mnist))
    var stream = trial.stream(.sampling)
    let chosen = stream.choice(samples, of: mnist.train.count)
    let tested = stream.choice(tests, of: mnist.test.count)
    func rows(_ images: LabelledImages, _ indices: [Int]) -> Tensor<Double> {
      let pixels = images.tensor(at: indices, of: Double.self)
      return pixels / pixels.norm(along: 1, keepingAxis: true)
    }
    let train = rows(mnist.train, chosen)
    return Subset(
      kernel: tangentKernel(train, train), cross: tangentKernel(rows(mnist.test, tested), train),
      targets: Tensor(oneHot: mnist.train.labels(at: chosen), classes: mnist.train.classes),
      answers: Tensor(oneHot: mnist.test.labels(at: tested), classes: mnist.test.classes))
  }

  /// The tangent kernel between the rows of two matrices, by a few rows at a time to stay in cache.
  private static func tangentKernel(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> {
    let products = matmul(a, b, transposingB: true)
    let count = products.shape[0]
    let parts = stride(from: 0, to: count, by: 16).map { start in
      reluKernels(products.rows(start..<min(start + 16, count)), depth: 2).tangent
    }
    return Tensor.concatenated(parts)
  }

  /// The squared error summed over the outputs, averaged over the rows.
  private static func error(_ predicted: Tensor<Double>, _ answers: Tensor<Double>) -> Double {
    (predicted - answers).sumOfSquares().item / Double(answers.shape[0])
  }

  private static func identity(_ n: Int) -> Tensor<Double> {
    Tensor(oneHot: Array(0..<n), classes: n)
  }
}
