import Replication
import TrainingCore

// Digits, which no factor model generates: probabilistic principal components of all training images,
// then multinomial logistic regression on the posterior means, against the same on pixels.
extension Ge2023UnsupervisedPretraining {
  static func digits(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let mnist = try MNIST(from: trial.data(.mnist))
    let (mean, map) = try components(of: mnist.train, latent: setup.latent)
    let tested = mnist.test.tensor(at: Array(0..<mnist.test.count), of: Double.self)
    let answers = mnist.test.labels(at: Array(0..<mnist.test.count))
    var outcome = Outcome()
    for labels in setup.labels {
      var stream = trial.stream(.sampling).child(labels)
      let chosen = stream.choice(labels, of: mnist.train.count)
      let seen: Tensor<Double> = mnist.train.tensor(at: chosen)
      let classes = mnist.train.labels(at: chosen)
      func error(_ features: (Tensor<Double>) -> Tensor<Double>) throws -> Percent {
        let fit = try logisticRegression(
          features(seen), labels: classes, classes: mnist.train.classes, tolerance: 1e-3)
        let scores = matmul(features(tested), fit.weights) + fit.bias
        let wrong = zip(scores.argmaxAlongRows(), answers).count { $0 != $1 }
        return Percent(100 * Double(wrong) / Double(answers.count))
      }
      outcome.pretrainedError.append(try error { matmul($0 - mean, map) }, at: Labels(labels))
      outcome.pixelError.append(try error { $0 }, at: Labels(labels))
    }
    return outcome
  }

  /// x̄, and B(BᵀB + σ²I)⁻¹ of the likeliest B and σ², the mean of the eigenvalues left out.
  private static func components(
    of images: LabelledImages, latent: Int
  ) throws -> (mean: Tensor<Double>, map: Tensor<Double>) {
    let pixels = images.pixels
    var moment = Tensor<Double>(zeros: [pixels, pixels])
    var sum = Tensor<Double>(zeros: [pixels])
    for start in stride(from: 0, to: images.count, by: 5000) {
      let part: Tensor<Double> = images.tensor(
        at: Array(start..<min(start + 5000, images.count)))
      moment += matmul(part, part, transposingA: true)
      sum += part.sum(along: 0)
    }
    let mean = sum / Double(images.count)
    let column = mean.reshaped(to: [pixels, 1])
    let covariance = moment / Double(images.count) - matmul(column, column, transposingB: true)
    let eigen = try symmetricEigen(covariance)
    let first = pixels - latent
    let noise = eigen.values.rows(0..<first).mean()
    let strengths = eigen.values.rows(first..<pixels)
    // B = V(Λ − σ²)^½, so that B(BᵀB + σ²I)⁻¹ = V(Λ − σ²)^½Λ⁻¹.
    let map = eigen.vectors.sliced(along: 1, first..<pixels) * (sqrt(strengths - noise) / strengths)
    return (mean, map)
  }
}
