import Replication
import TrainingCore

// Construction C: a network h fits n images with labels from a fixed random table. The sample is one
// of two worlds: labels from the table, of which h knows nothing elsewhere, and labels h(x), which
// h gets all right. A bound computed from sample and network is one number for both.
extension Gastpar2023FantasticMeasures {
  static func network(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let images = try MNIST(from: trial.data(.mnist)).train
    let n = setup.samples
    let heldOutCount = setup.fresh / 2
    var choice = trial.stream(.data)
    let chosen = choice.choice(n + heldOutCount + setup.fresh, of: images.count)
    let sample = Array(chosen[..<n])
    let heldOut = Array(chosen[n..<n + heldOutCount])
    let fresh = Array(chosen[(n + heldOutCount)...])
    var noise = trial.stream(.noise)
    let table = noise.integers(below: images.classes, count: images.count)
    func labels(at indices: [Int]) -> [Int] {
      setup.labels == .random ? indices.map { table[$0] } : images.labels(at: indices)
    }

    let x: Tensor<Float> = images.tensor(at: sample)
    let y = labels(at: sample)
    let h = trained(on: x, y, classes: images.classes, setup, in: trial)
    let guesses = (predictions(h, of: images, at: heldOut), predictions(h, of: images, at: fresh))
    // The world of the labels trained on, and the world whose labels are h's own.
    let truths = [(labels(at: heldOut), labels(at: fresh)), guesses]
    let losses = truths.map { error(guesses.1, $0.1) }
    let heldOutLosses = truths.map { error(guesses.0, $0.0) }
    let trainingError = error(h(x).argmaxAlongRows(), y)

    let place = Samples(n)
    var outcome = Outcome()
    func gap(_ bound: Double) -> Ratio { Ratio(losses.map { abs(bound - $0) }.max() ?? .nan) }
    let parameterBound = parameterBound(h, samples: n)
    outcome.trainingError.append(Ratio(trainingError), at: place)
    outcome.loss.append(Ratio(losses[0]), at: place)
    outcome.otherLoss.append(Ratio(losses[1]), at: place)
    outcome.parameterBound.append(Ratio(parameterBound), at: place)
    outcome.quarterGap.append(gap(0.25), at: place)
    outcome.empiricalGap.append(gap(trainingError), at: place)
    outcome.parameterGap.append(gap(parameterBound), at: place)
    outcome.marginGap.append(gap(try marginBound(h, x, y)), at: place)
    outcome.normGap.append(gap(normBound(h, samples: n)), at: place)
    let held = zip(heldOutLosses, losses).map { abs($0 - $1) }.max() ?? .nan
    outcome.heldOutGap.append(Ratio(held), at: place)
    return outcome
  }

  /// The network after stochastic gradient descent until it fits its sample.
  private static func trained(
    on x: Tensor<Float>, _ y: [Int], classes: Int, _ setup: Setup, in trial: Trial
  ) -> MultilayerPerceptron<Float> {
    var initialisation = trial.stream(.initialisation)
    var network = MultilayerPerceptron<Float>(
      widths: [x.shape[1], setup.hidden, classes], using: &initialisation)
    var optimizer = SGD<MultilayerPerceptron<Float>>(learningRate: 0.05, momentum: 0.9)
    var batches = ShuffledBatches(count: y.count, size: 100, using: trial.stream(.shuffling))
    for _ in 0..<setup.epochs {
      for _ in 0..<batches.batchesPerEpoch {
        let batch = batches.next() ?? []
        let (inputs, labels) = (x.gathered(rows: batch), batch.map { y[$0] })
        let gradient = gradient(at: network) { network in
          softmaxCrossEntropy(logits: network(inputs), labels: labels)
        }
        optimizer.update(&network, along: gradient)
      }
      if network(x).argmaxAlongRows() == y { break }
    }
    return network
  }

  private static func predictions(
    _ network: MultilayerPerceptron<Float>, of images: LabelledImages, at indices: [Int]
  ) -> [Int] {
    stride(from: 0, to: indices.count, by: 1000).flatMap { start in
      let part = indices[start..<min(start + 1000, indices.count)]
      return network(images.tensor(at: part)).argmaxAlongRows()
    }
  }

  private static func error(_ guesses: [Int], _ labels: [Int]) -> Double {
    Double(zip(guesses, labels).count { $0 != $1 }) / Double(labels.count)
  }

  /// √(P log n / n) for P parameters, at most 1.
  private static func parameterBound(
    _ network: MultilayerPerceptron<Float>, samples n: Int
  ) -> Double {
    min(1, sqrt(Double(network.parameterCount) * log(Double(n)) / Double(n)))
  }

  /// Π‖W_l‖₂ · (Σ (‖W_l‖₂₁ / ‖W_l‖₂)^{2/3})^{3/2} · R / (γ √n), at most 1.
  ///
  /// - Source: the spectral margin complexity of Bartlett, Foster and Telgarsky 2017, arXiv
  ///   1706.08498, without its constant and logarithm; R is the largest norm of an input and γ the
  ///   smallest margin. Where the sample is not fitted it says nothing, which is 1.
  private static func marginBound(
    _ network: MultilayerPerceptron<Float>, _ x: Tensor<Float>, _ y: [Int]
  ) throws -> Double {
    var (product, sum) = (1.0, 0.0)
    for layer in network.layers {
      let weight = Tensor<Double>(converting: layer.weight)
      let spectral = try spectralNorm(weight)
      product *= spectral
      sum += pow(weight.norm(along: 0).sum().item / spectral, 2.0 / 3)
    }
    let logits = Tensor<Double>(converting: network(x))
    let margin =
      y.indices.map { row in
        let scores = logits.rows(row..<row + 1).scalars
        let rivals = scores.indices.filter { $0 != y[row] }.map { scores[$0] }
        return scores[y[row]] - (rivals.max() ?? .nan)
      }.min() ?? .nan
    guard margin > 0 else { return 1 }
    let radius = Double(x.norm(along: 1).max().item)
    return min(1, product * pow(sum, 1.5) * radius / (margin * sqrt(Double(y.count))))
  }

  /// √((‖θ‖² / 2 + log n) / 2n), at most 1: a PAC-Bayesian shape with a prior of unit variance.
  private static func normBound(
    _ network: MultilayerPerceptron<Float>, samples n: Int
  ) -> Double {
    let squares = network.parameters.reduce(0.0) { $0 + Double($1.sumOfSquares().item) }
    return min(1, sqrt((squares / 2 + log(Double(n))) / (2 * Double(n))))
  }
}
