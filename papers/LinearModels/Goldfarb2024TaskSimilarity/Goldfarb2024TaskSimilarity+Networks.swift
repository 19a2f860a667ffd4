import Replication
import TrainingCore

// Permuted MNIST (§5): the second task has the same images and labels, with the pixels of the
// central s × s square in another order, one order for all images. s plays the part of m, the number
// of hidden units that of p and the number of images that of d.
extension Goldfarb2024TaskSimilarity {
  /// Trains on the images, then on permuted ones for each side, and measures what was forgotten.
  static func networks(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let mnist = try MNIST(from: trial.data(.mnist)).train
    var choice = trial.stream(.data)
    let chosen = choice.choice(setup.images, of: mnist.count)
    let labels = mnist.labels(at: chosen)
    var initialisation = trial.stream(.initialisation)
    let fresh = MultilayerPerceptron<Float>(
      widths: [mnist.pixels, setup.hidden, mnist.classes], using: &initialisation)
    let order = trial.stream(.shuffling)

    let plain = inputs(mnist, chosen, reading: Array(0..<mnist.pixels))
    let first = trained(fresh, on: plain, labels, setup, order: order.child("first"))
    let before = assessed(first, on: plain, labels)
    var outcome = Outcome()
    for side in setup.sides {
      var permutation = trial.stream(.sampling).child(side)
      let source = centralPermutation(side: side, of: mnist, using: &permutation)
      let second = trained(
        first, on: inputs(mnist, chosen, reading: source), labels, setup,
        order: order.child("second"))
      let after = assessed(second, on: plain, labels)
      let rise = after.loss - before.loss
      outcome.rise.append(rise.isFinite ? Nats(rise) : .diverged, at: Pixels(side))
      outcome.errorRise.append(Percent(after.error - before.error), at: Pixels(side))
    }
    outcome.firstLoss.append(
      before.loss.isFinite ? Nats(before.loss) : .diverged, at: Pixels(0))
    return outcome
  }

  /// The pixel that each place shows once the central square is permuted.
  static func centralPermutation(
    side: Int, of images: LabelledImages, using stream: inout RandomStream
  ) -> [Int] {
    let (top, left) = ((images.rows - side) / 2, (images.columns - side) / 2)
    let square = (0..<side * side).map { place in
      (top + place / side) * images.columns + left + place % side
    }
    var source = Array(0..<images.pixels)
    for (place, from) in zip(square, stream.permutation(of: square.count)) {
      source[place] = square[from]
    }
    return source
  }

  /// The chosen images with pixels from 0 to 1, place k showing pixel `source[k]`.
  private static func inputs(
    _ images: LabelledImages, _ chosen: [Int], reading source: [Int]
  ) -> Tensor<Float> {
    var pixels: [Float] = []
    pixels.reserveCapacity(chosen.count * images.pixels)
    for index in chosen {
      let start = index * images.pixels
      for place in source { pixels.append(Float(images.images[start + place]) / 255) }
    }
    return Tensor(pixels, shape: [chosen.count, images.pixels])
  }

  /// The network after stochastic gradient descent on one task, from rest.
  private static func trained(
    _ network: MultilayerPerceptron<Float>, on x: Tensor<Float>, _ labels: [Int], _ setup: Setup,
    order: RandomStream
  ) -> MultilayerPerceptron<Float> {
    var network = network
    var optimizer = SGD<MultilayerPerceptron<Float>>(
      learningRate: setup.rate, momentum: setup.momentum)
    var batches = ShuffledBatches(count: setup.images, size: setup.batch, using: order)
    for _ in 0..<setup.steps {
      let batch = batches.next() ?? []
      let inputs = x.gathered(rows: batch)
      let answers = batch.map { labels[$0] }
      let gradient = gradient(at: network) { network in
        softmaxCrossEntropy(logits: network(inputs), labels: answers)
      }
      optimizer.update(&network, along: gradient)
    }
    return network
  }

  /// The mean cross-entropy and the error in percent over all images of a task.
  private static func assessed(
    _ network: MultilayerPerceptron<Float>, on x: Tensor<Float>, _ labels: [Int]
  ) -> (loss: Double, error: Double) {
    var (loss, mistakes) = (0.0, 0)
    for start in stride(from: 0, to: labels.count, by: 1000) {
      let part = start..<min(start + 1000, labels.count)
      let logits = network(x.rows(part))
      let answers = Array(labels[part])
      loss += Double(softmaxCrossEntropy(logits: logits, labels: answers).item) * Double(part.count)
      mistakes += zip(logits.argmaxAlongRows(), answers).count { $0 != $1 }
    }
    let count = Double(labels.count)
    return (loss / count, 100 * Double(mistakes) / count)
  }
}
