import Replication
import TrainingCore

// Deep ReLU networks on MNIST, trained by full-batch steps ΔW = −(η/n_in)·∂loss/∂W with η ∝ 1/(L + 1),
// as the tangent kernel grows with depth. Images are scaled to |x|² = n₀; W_ij ~ N(0, C_W/n_in).
extension Roberts2021PrinciplesDLTheory {
  /// A ReLU network without biases.
  struct DeepNetwork: Parameterised {
    var weights: [Tensor<Float>]

    init(_ widths: [Int], weightVariance: Double, using stream: inout RandomStream) {
      let initialiser = Initialiser.heNormal(gain: sqrt(weightVariance))
      weights = []
      for (inputs, outputs) in zip(widths, widths.dropFirst()) {
        weights.append(initialiser.weights(inputs: inputs, outputs: outputs, using: &stream))
      }
    }

    func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
      var z = x
      for (layer, weight) in weights.enumerated() {
        z = matmul(layer == 0 ? z : relu(z), weight)
      }
      return z
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      for index in weights.indices { body(&weights[index]) }
    }

    /// One step of each layer at the rate η/n_in.
    mutating func descend(along slope: DeepNetwork, rate: Double) {
      for index in weights.indices {
        weights[index].add(
          slope.weights[index], scaledBy: -Float(rate / Double(weights[index].shape[0])))
      }
    }
  }

  /// Trains one network and records its losses.
  static func images(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let mnist = try MNIST(from: trial.data(.mnist))
    var choice = trial.stream(.sampling)
    let chosen = choice.choice(setup.images, of: mnist.train.count)
    let (x, labels) = (inputs(mnist.train, chosen), mnist.train.labels(at: chosen))
    let widths =
      [mnist.train.pixels] + Array(repeating: setup.widths[0], count: setup.depth)
      + [mnist.train.classes]
    var initialisation = trial.stream(.initialisation).child(setup.depth)
    var network = DeepNetwork(
      widths, weightVariance: setup.weightVariance, using: &initialisation)
    var outcome = Outcome()
    for step in 0..<setup.steps {
      let (loss, slope) = valueWithGradient(at: network) { network in
        softmaxCrossEntropy(logits: network(x), labels: labels)
      }
      if step.isMultiple(of: 50) { outcome.trainLoss.append(nats(loss), at: Steps(step)) }
      // Whatever is not finite stays so.
      guard loss.isFinite else { break }
      network.descend(along: slope, rate: setup.rate / Double(setup.depth + 1))
    }
    let end = Steps(setup.steps)
    let last = softmaxCrossEntropy(logits: network(x), labels: labels).item
    outcome.trainLoss.append(nats(last), at: end)
    outcome.countedLoss.append(last.isFinite ? nats(last) : Nats(log(10.0)), at: end)
    let all = Array(0..<mnist.test.count)
    let tested = softmaxCrossEntropy(
      logits: network(inputs(mnist.test, all)), labels: mnist.test.labels(at: all)
    ).item
    outcome.testLoss.append(nats(tested), at: end)
    return outcome
  }

  private static func nats(_ loss: Float) -> Nats {
    loss.isFinite ? Nats(Double(loss)) : .diverged
  }

  /// Chosen images with |x|² = n₀.
  private static func inputs(_ images: LabelledImages, _ chosen: [Int]) -> Tensor<Float> {
    let pixels = images.tensor(at: chosen, of: Float.self)
    return pixels * Float(images.pixels).squareRoot() / pixels.norm(along: 1, keepingAxis: true)
  }
}
