import Replication
import TrainingCore

// Random ReLU features on CIFAR-10, φ(x) = ReLU(√(2/d) W x)/√k with W's entries N(0, 1), against the
// eigenframework with the eigenvalues and coefficients of the limiting kernel, measured on a pool of
// images. The pool is the whole law: samples are drawn from it, and the test error is a mean over it.
extension Simon2023MoreIsBetter {
  static func photographs(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let (x, y) = try pool(setup.modes, in: trial)
    let (m, d) = (x.shape[0], Double(x.shape[1]))
    let eigen = try symmetricEigen(limitKernel(x) / Double(m))
    let coefficients = matmul(eigen.vectors, y, transposingA: true)
    let framework = Framework(
      // Rounding leaves the least ones at either side of zero.
      values: relu(eigen.values), energies: square(coefficients) / Double(m),
      multiplicities: Tensor(1), noise: 0)
    var control = trial.stream(.control)
    let shuffled = Framework(
      values: framework.values,
      energies: framework.energies.gathered(rows: control.permutation(of: m)),
      multiplicities: Tensor(1), noise: 0)

    let sizes = [64, 128, 256, 512]
    let widths = [64, 256, 1024, setup.features]
    var weights = trial.stream(.initialisation)
    let w: Tensor<Double> = weights.normal(shape: [setup.features, x.shape[1]])
    let features = relu(matmul(x, w, transposingB: true) * (2 / d).squareRoot())
    var outcome = Outcome()
    for k in widths {
      let cell = try compared(
        setup, features, y, samples: setup.samples, features: k, framework, shuffled)
      let place = Features(k)
      outcome.photoFeatureError.append(Loss(cell.error), at: place)
      outcome.photoFeatureTheory.append(Loss(cell.theory), at: place)
      outcome.photoFeatureDeviation.append(Ratio(cell.deviation), at: place)
      outcome.shuffledPhotoFeatureDeviation.append(Ratio(cell.shuffled), at: place)
    }
    for n in sizes {
      // As many features here as samples above.
      let cell = try compared(
        setup, features, y, samples: n, features: setup.samples, framework, shuffled)
      let place = Samples(n)
      outcome.photoSampleError.append(Loss(cell.error), at: place)
      outcome.photoSampleTheory.append(Loss(cell.theory), at: place)
      outcome.photoSampleDeviation.append(Ratio(cell.deviation), at: place)
      outcome.shuffledPhotoSampleDeviation.append(Ratio(cell.shuffled), at: place)
    }
    return outcome
  }

  /// The errors of one cell, at the middle ridge, and their deviations averaged over the ridges.
  private static func compared(
    _ setup: Setup, _ all: Tensor<Double>, _ y: Tensor<Double>, samples n: Int, features k: Int,
    _ framework: Framework, _ shuffled: Framework
  ) throws -> (error: Double, theory: Double, deviation: Double, shuffled: Double) {
    let chosen = all.sliced(along: 1, 0..<k) / Double(k).squareRoot()
    let answers = y.reshaped(to: [y.count, 1])
    // Sets of samples apart from one another, so that their mean scatters less.
    let total = try (0..<setup.draws).map { set in
      let rows = 512 * set..<512 * set + n
      let b = try ridgeWeights(chosen.rows(rows), answers.rows(rows), ridges: setup.ridges)
      return (matmul(chosen, b) - answers).sumOfSquares(along: 0)
    }.reduce(Tensor(zeros: [setup.ridges.count]), +)
    let errors = total / Double(y.count * setup.draws)
    let (n, k, count) = (Double(n), Double(k), Double(setup.ridges.count))
    var (deviation, other) = (0.0, 0.0)
    for (δ, error) in zip(setup.ridges, errors.scalars) {
      let theory = try framework.state(ridge: δ, samples: n, features: k).testError
      let wrong = try shuffled.state(ridge: δ, samples: n, features: k).testError
      deviation += (error / theory - 1) / count
      other += (error / wrong - 1) / count
    }
    let middle = setup.ridges.count / 2
    let theory = try framework.state(ridge: setup.ridges[middle], samples: n, features: k)
    return (errors.scalars[middle], theory.testError, deviation, other)
  }

  /// Images that the seed chooses, all numbers together of mean zero and variance one, and ±1 for
  /// vehicles and horses against the rest.
  private static func pool(
    _ count: Int, in trial: Trial
  ) throws -> (x: Tensor<Double>, y: Tensor<Double>) {
    let images = try CIFAR10(from: trial.data(.cifar10)).train
    var stream = trial.stream(.sampling)
    let chosen = stream.choice(count, of: images.count)
    let pixels = images.tensor(at: chosen, of: Double.self)
    let centred = pixels - pixels.mean().item
    let deviation = (square(centred).mean().item).squareRoot()
    // Airplane, automobile, horse, ship, truck.
    let positive: Set = [0, 1, 7, 8, 9]
    let y = images.labels(at: chosen).map { positive.contains($0) ? 1.0 : -1.0 }
    return (centred / deviation, Tensor(y))
  }

  /// E φ(x)φ(x') over the weights: ‖x‖‖x'‖/d times the dual of ReLU.
  private static func limitKernel(_ x: Tensor<Double>) -> Tensor<Double> {
    let norms = x.norm(along: 1)
    let units = x / norms.reshaped(to: [x.shape[0], 1])
    let cosines = matmul(units, units, transposingB: true)
    // A few rows at a time, to stay in cache.
    let parts = stride(from: 0, to: x.shape[0], by: 16).map { start in
      let rows = start..<min(start + 16, x.shape[0])
      return reluDual(cosines.rows(rows)).value * norms
        * (norms.rows(rows) / Double(x.shape[1])).reshaped(to: [rows.count, 1])
    }
    return Tensor.concatenated(parts)
  }
}
