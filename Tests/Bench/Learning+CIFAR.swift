import TrainingCore

/// A small residual network on CIFAR-10, trained for five epochs on images of which half the batches
/// are mirrored, by momentum under the one-cycle policy.
let cifarResidual = LearningCase(
  name: "cifar-resnet-8", measure: "test accuracy", asked: .atLeast(0.7), seconds: 600
) { data, seed in
  func stream(_ purpose: Purpose) -> RandomStream {
    RandomStream(paper: "learning", seed: seed, purpose: purpose)
  }
  let cifar = try CIFAR10(from: data)
  let means = Tensor(CIFAR10.channelMeans.map { Float($0) }, shape: [3, 1, 1])
  let deviations = Tensor(CIFAR10.channelDeviations.map { Float($0) }, shape: [3, 1, 1])
  func images(_ part: LabelledImages, _ indices: [Int]) -> Tensor<Float> {
    (part.planes(at: indices) - means) / deviations
  }

  var (initialisation, augmentation) = (stream(.initialisation), stream(.augmentation))
  var model = ResidualNetwork<Float>.cifar(n: 1, width: 16, using: &initialisation)
  var optimizer = SGD<ResidualNetwork<Float>>(learningRate: 0, momentum: 0.9)
  let batches = ShuffledBatches(
    count: cifar.train.count, size: 128, using: stream(.shuffling))
  let steps = 5 * batches.batchesPerEpoch
  let rate = Schedule.oneCycle(peak: 0.1, over: steps)

  for (step, batch) in batches.prefix(steps).enumerated() {
    var x = images(cifar.train, batch)
    if augmentation.uniform() < 0.5 { x = x.flipped(along: 3) }
    var statistics: [BatchStatistics<Float>] = []
    let slope = gradient(at: model) { model in
      softmaxCrossEntropy(
        logits: model(x, gathering: &statistics),
        labels: batch.map { Int(cifar.train.labels[$0]) })
    }
    optimizer.learningRate = rate(step)
    optimizer.update(&model, along: slope)
    model.absorb(statistics)
  }
  let trained = model
  return LearningCase.Learned(
    accuracy(of: cifar.test.labels, at: 0..<cifar.test.count) { trained(images(cifar.test, $0)) },
    model)
}
