import Replication
import TrainingCore

extension Nakkiran2019SGDComplexity {
  /// The theorem's model: a signal z that agrees with the label nine times in ten, beside noise w.
  ///
  ///     x = (z, w),  z = y s with P(s = 1) = 0.9,  w ~ N(0, 1)/√d in d dimensions
  ///
  /// Gradient descent on the logistic loss starts at (1, 0), the classifier sign(z), and runs until
  /// every training label is fitted, wrong ones too. Its steps stay in the span of the examples, so
  /// they are taken on the coefficients a of θ = (1, 0) + Σ aᵢ xᵢ: the same iterates, at the price
  /// of n² numbers a step instead of n d.
  static func descendOnNoise(_ setup: Setup, in trial: Trial) -> Outcome {
    let count = setup.images
    let dimensions = setup.noiseDimensions
    var data = trial.stream(.data)
    let labels = drawLabels(count, using: &data)
    let signal = drawSignal(labels, using: &data).map { setup.hasSignal ? $0 : 0 }
    let noise: Tensor<Double> =
      data.normal(shape: [count, dimensions]) / Double(dimensions).squareRoot()
    let noiseProducts = matmul(noise, noise, transposingB: true)
    let z = Tensor(signal)
    let y = Tensor(labels.map { Double(2 * $0 - 1) })
    let products = noiseProducts + z.reshaped(to: [count, 1]) * z.reshaped(to: [1, count])

    var probing = trial.stream(.probing)
    let fresh = FreshPoints(count: 20_000, hasSignal: setup.hasSignal, using: &probing)
    var coefficients = Tensor<Double>(zeros: [count])
    let checkpoints = Set([0, 1] + checkpoints(upTo: setup.steps))
    var outcome = Outcome(end: setup.steps)
    for step in 0...setup.steps {
      let margins = y * (z + matmul(products, coefficients))
      let fitted = margins.scalars.count { $0 > 0 }
      if checkpoints.contains(step) || fitted == count {
        let weight = 1 + (z * coefficients).sum().item
        let square = matmul(coefficients, matmul(noiseProducts, coefficients)).item
        let spread = (max(square, 0) / Double(dimensions)).squareRoot()
        outcome.record(
          fresh.predictions(signalWeight: weight, noiseSpread: spread),
          trainAccuracy: Double(fitted) / Double(count), at: step, beside: fresh.bystanders)
      }
      if fitted == count { break }
      coefficients += y * logistic(-margins) * (setup.rate / Double(count))
    }
    return outcome
  }

  /// Fresh points, of which a classifier (v, u) sees only z and one normal number.
  ///
  /// For w ~ N(0, 1)/√d the product u·w is normal with deviation |u|/√d, whatever the direction
  /// of u, so that no fresh point need be drawn in all its dimensions.
  private struct FreshPoints {
    var bystanders: Bystanders
    private var signal: [Double]
    private var normal: [Double]

    init(count: Int, hasSignal: Bool, using stream: inout RandomStream) {
      let labels = drawLabels(count, using: &stream)
      let signal = drawSignal(labels, using: &stream)
      bystanders = Bystanders(
        labels: labels, reference: signal.map { $0 > 0 ? 1 : 0 },
        otherTask: drawLabels(count, using: &stream))
      self.signal = signal.map { hasSignal ? $0 : 0 }
      normal = stream.normal(shape: [count], of: Double.self).scalars
    }

    func predictions(signalWeight: Double, noiseSpread: Double) -> [Int] {
      zip(signal, normal).map { signalWeight * $0 + noiseSpread * $1 > 0 ? 1 : 0 }
    }
  }

  private static func drawLabels(_ count: Int, using stream: inout RandomStream) -> [Int] {
    (0..<count).map { _ in stream.uniform() < 0.5 ? 0 : 1 }
  }

  /// Exactly a tenth of the signals point against their label.
  private static func drawSignal(_ labels: [Int], using stream: inout RandomStream) -> [Double] {
    let against = Set(stream.choice(labels.count / 10, of: labels.count))
    return labels.indices.map { index in
      let side = Double(2 * labels[index] - 1)
      return against.contains(index) ? -side : side
    }
  }
}
