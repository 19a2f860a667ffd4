import Replication
import TrainingCore

// Features of networks that were trained on five classes classify the other five.
extension Zheng2023DiscriminativeGenerative {
  /// A network trained on half of the classes, a stage that all classifiers of a seed share.
  struct Features: Stage {
    var source: Source
    var steps: Int

    var trainedClasses: [Int] { source == .digits ? [0, 1, 2, 3, 4] : [0, 1, 4, 8, 9] }
    var otherClasses: [Int] { source == .digits ? [5, 6, 7, 8, 9] : [2, 3, 5, 6, 7] }

    /// Cross-entropy, batches of 128 with replacement, rate .05, momentum .9, no decay.
    func make(in trial: Trial) throws -> [Tensor<Float>] {
      let images = try parts(in: trial).train
      let pool = images.indices(ofClasses: trainedClasses)
      var stream = trial.stream(.initialisation)
      var network = FeatureNetwork(source, classes: trainedClasses.count, using: &stream)
      var optimizer = SGD<FeatureNetwork>(learningRate: 0.05, momentum: 0.9)
      var batches = IndependentBatches(
        count: pool.count, size: 128, using: trial.stream(.shuffling))
      for _ in 0..<steps {
        let batch = (batches.next() ?? []).map { pool[$0] }
        let x = inputs(images, batch)
        let labels = relabelled(images.labels(at: batch), trainedClasses)
        let slope = gradient(at: network) { network in
          softmaxCrossEntropy(logits: network(x), labels: labels)
        }
        optimizer.update(&network, along: slope)
      }
      return network.parameters
    }

    /// The features of all images of the other classes.
    func points(
      _ images: LabelledImages, by parameters: [Tensor<Float>], in trial: Trial
    ) -> Points {
      var stream = trial.stream(.initialisation)
      let network = FeatureNetwork(source, classes: trainedClasses.count, using: &stream)
        .replacingParameters(parameters)
      let chosen = images.indices(ofClasses: otherClasses)
      let parts = stride(from: 0, to: chosen.count, by: 1000).map { start in
        let part = Array(chosen[start..<min(start + 1000, chosen.count)])
        return network.features(inputs(images, part))
      }
      return Points(
        x: Tensor(converting: Tensor.concatenated(parts)),
        labels: relabelled(images.labels(at: chosen), otherClasses))
    }

    func parts(in trial: Trial) throws -> (train: LabelledImages, test: LabelledImages) {
      if source == .digits {
        let mnist = try MNIST(from: trial.data(.mnist))
        return (mnist.train, mnist.test)
      }
      let cifar = try CIFAR10(from: trial.data(.cifar10))
      return (cifar.train, cifar.test)
    }

    private func inputs(_ images: LabelledImages, _ chosen: [Int]) -> Tensor<Float> {
      let pixels: Tensor<Float> = images.tensor(at: chosen)
      guard source == .photos else { return pixels }
      return (pixels - 0.5).reshaped(to: [chosen.count, 3, images.rows, images.columns])
    }

    private func relabelled(_ labels: [Int], _ classes: [Int]) -> [Int] {
      labels.map { label in classes.firstIndex(of: label) ?? classes.count }
    }
  }

  /// Layers of ReLU and a linear one: 784–256–64–5 on digits; on photographs four 3 × 3 convolutions
  /// of stride 2 with 32, 64, 64 and 128 channels, whose means are the features.
  struct FeatureNetwork: Parameterised {
    var filters: [Tensor<Float>] = []
    var shifts: [Tensor<Float>] = []
    var dense: [Linear<Float>] = []

    init(_ source: Source, classes: Int, using stream: inout RandomStream) {
      var widths = [784, 256, 64, classes]
      if source == .photos {
        let channels = [3, 32, 64, 64, 128]
        for (from, to) in zip(channels, channels.dropFirst()) {
          let gain = sqrt(Float(2) / Float(9 * from))
          filters.append(stream.normal(shape: [to, from, 3, 3]) * gain)
          shifts.append(Tensor(zeros: [1, to, 1, 1]))
        }
        widths = [128, classes]
      }
      for (from, to) in zip(widths, widths.dropFirst()) {
        dense.append(Linear(inputs: from, outputs: to, using: &stream))
      }
    }

    /// What the last layer sees.
    func features(_ x: Tensor<Float>) -> Tensor<Float> {
      var a = x
      let geometry = Convolution(stride: 2, padding: 1)
      for (filter, shift) in zip(filters, shifts) {
        a = relu(convolution(a, filter, geometry) + shift)
      }
      if !filters.isEmpty { a = globalAveragePooling(a) }
      for layer in dense.dropLast() { a = layer(a, activation: .relu) }
      return a
    }

    func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
      dense[dense.count - 1](features(x))
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      for index in filters.indices {
        body(&filters[index])
        body(&shifts[index])
      }
      for index in dense.indices { dense[index].forEachParameter(body) }
    }
  }

  /// Test errors of a classifier of features over the number of training samples.
  static func classifiedFeatures(_ setup: Setup, in trial: Trial) throws -> Outcome {
    guard let features = setup.features else { throw NoFeatures() }
    let parameters = try trial.product(of: features)
    let (train, test) = try features.parts(in: trial)
    let pool = features.points(train, by: parameters, in: trial)
    let tested = features.points(test, by: parameters, in: trial)
    var errors: [(m: Int, error: Double)] = []
    for m in setup.sizes {
      var sampling = trial.stream(.sampling).child(m)
      let sample = pool.sample(
        m, classes: setup.classes, secondHalf: setup.disjoint, using: &sampling)
      let scaling = Scaling(sample.x)
      let fit = try fit(setup.method, scaling(sample.x), sample.labels, classes: setup.classes)
      errors.append((m, try fit.error(scaling(tested.x), tested.labels)))
    }
    guard let last = errors.last else { throw NoFeatures() }
    let near = errors.first { $0.error <= last.error + 2 } ?? last
    var outcome = Outcome(needed: Samples(near.m))
    for (m, error) in errors { outcome.error.append(Percent(error), at: Samples(m)) }
    return outcome
  }

  /// A setup of features without a network or numbers of samples.
  struct NoFeatures: Error {}

  /// (x − least)/(greatest − least) for each feature, with the ends of the training samples; features
  /// constant on them are left out.
  struct Scaling {
    private let kept: [Int]
    private let least: Tensor<Double>
    private let range: Tensor<Double>

    init(_ x: Tensor<Double>) {
      let (low, high) = (x.min(along: 0), x.max(along: 0))
      let kept = zip(low.scalars, high.scalars).enumerated().filter { $1.0 < $1.1 }.map(\.offset)
      self.kept = kept
      least = low.gathered(kept, along: 0)
      range = (high - low).gathered(kept, along: 0)
    }

    func callAsFunction(_ x: Tensor<Double>) -> Tensor<Double> {
      (x.gathered(kept, along: 1) - least) / range
    }
  }
}
