import Neural
import Tensors

extension Corpus {
  /// Optimizers, losses, schedules, averages of models and checkpoints.
  mutating func addOptimizers() throws {
    section("optimizers, float") { $0.addOptimizers(Float.self) }
    section("optimizers, double") { $0.addOptimizers(Double.self) }
    section("losses") { corpus in
      corpus.addLosses(Float.self)
      corpus.addLosses(Double.self)
    }
    section("schedules") { $0.addSchedules() }
    try section("averages of models, checkpoints and exchanged files") { try $0.addMerging() }
  }

  private mutating func addOptimizers<E: Scalar>(_: E.Type) {
    typealias Model = MultilayerPerceptron<E>
    let groups = ParameterGroups { name, shape in
      if name == "layers.1.bias" { return .frozen }
      return ParameterSettings(
        rateFactor: name.hasPrefix("layers.0") ? 0.5 : 1, decayFactor: shape.count > 1 ? 1 : 0)
    }
    train(
      SGD<Model>(
        learningRate: 0.1, momentum: 0.9, isNesterov: true, decay: .inGradient(0.01),
        groups: groups))
    for decay in [
      WeightDecay.none, .inGradient(0.1), .decoupled(0.1), .independent(0.001),
    ] {
      train(Adam<Model>(learningRate: 0.01, decay: decay, groups: groups))
    }
    train(RMSprop<Model>(learningRate: 0.01, momentum: 0.9, decay: .decoupled(0.1)))
    train(LAMB<Model>(learningRate: 0.02, decay: 0.01, groups: groups))
    train(Adafactor<Model>(decay: 0.1))
  }

  private mutating func train<E, Method: Optimizer>(_ method: Method)
  where Method.Model == MultilayerPerceptron<E> {
    var stream = RandomStream(paper: "corpus", seed: 31, purpose: .initialisation)
    var model = MultilayerPerceptron<E>(widths: [13, 37, 5], using: &stream)
    let x: Tensor<E> = stream.normal(shape: [24, 13])
    let labels = (0..<24).map { $0 % 5 }
    var optimizer = method
    for _ in 0..<10 {
      let slope = sharpnessAwareGradient(at: model, radius: 0.05) {
        softmaxCrossEntropy(logits: $0(x), labels: labels)
      }.gradient
      optimizer.update(&model, along: slope.clipped(toNorm: 0.5).clipped(toMagnitude: 0.1))
    }
    add(model.flattened)
  }

  private mutating func addLosses<E: Scalar>(_: E.Type) {
    var stream = RandomStream(paper: "corpus", seed: 32, purpose: .data)
    let (x, z): (Tensor<E>, Tensor<E>) = (
      3 * stream.normal(shape: [6, 7]), 3 * stream.normal(shape: [6, 7])
    )
    let p = softmax(z)
    let labels = (0..<6).map { $0 % 7 }
    let rows: [(Tensor<E>) -> Tensor<E>] = [
      { crossEntropies(logits: $0, labels: labels, smoothing: 0.1, temperature: 2) },
      { logisticLosses(logits: $0, targets: p) }, { multiclassHinge(scores: $0, labels: labels) },
      { focalLosses(logits: $0, targets: p) }, { focalLosses(logits: $0, labels: labels) },
      { huberLosses($0, z) }, { klDivergences(logits: $0, targetLogits: z) },
      { klDivergences(logits: $0, targets: p) },
      { distillationLosses(student: $0, teacher: z, temperature: 3) },
      { standardNormalDivergences(means: $0, logVariances: z) },
      { infoNCELosses(queries: $0, keys: z, temperature: 0.5) },
      { ntXentLosses($0, z, temperature: 0.5) },
      { tripletLosses(anchors: $0, positives: z, negatives: p) },
      { pairwiseLogisticLosses(preferred: $0, other: z) },
      { marginRankingLosses(preferred: $0, other: z, margin: 1) },
      { listwiseLosses(scores: $0, relevances: z) },
      {
        preferenceLosses(
          chosen: $0, rejected: z, referenceChosen: p, referenceRejected: p,
          form: .logistic(smoothing: 0.1))
      },
    ]
    for loss in rows {
      let step = valueWithGradient(at: x) { loss($0).sum() }
      add(Tensor(step.value))
      add(step.gradient)
    }
    add(softThreshold(x, by: 0.5))
    add(groupSoftThreshold(x, by: 2))
  }

  private mutating func addSchedules() {
    let schedules: [Schedule] = [
      .multiStep(0.1, at: [3, 9]), .exponential(0.1, factor: 0.97), .linear(from: 1, over: 30),
      .cosine(from: 0.1, to: 0.001, over: 30), .inverseRoot(peak: 0.1, warmUp: 7),
      .cosineWithRestarts(from: 1, firstPeriod: 5, lengthening: 2),
      .cyclic(low: 0.1, high: 1, up: 5, down: 3, decay: 0.5), .oneCycle(peak: 0.1, over: 40),
    ]
    for schedule in schedules {
      add(Tensor((0..<40).map { schedule.warmedUp(over: 4)($0) }))
    }
    add(logarithmicSteps(upTo: 1000, perOctave: 3))
  }

  private mutating func addMerging() throws {
    var stream = RandomStream(paper: "corpus", seed: 33, purpose: .initialisation)
    let models = (0..<3).map { _ in
      MultilayerPerceptron<Double>(widths: [4, 9, 2], using: &stream)
    }
    add(average(of: models, weights: [1, 2, 4]).flattened)
    add(models[0].interpolated(to: models[1], at: 0.3).flattened)
    add(lossBarrier(from: models[0], to: models[1]) { $0.flattened.sum().item }.barrier)
    var (moving, equal) = (MovingAverage(of: models[0]), EqualAverage(of: models[0]))
    for model in models {
      moving.update(with: model, momentum: 0.9)
      equal.update(with: model)
    }
    add(moving.model.flattened)
    add(equal.model.flattened)

    var checkpoint = Checkpoint()
    checkpoint.save(models[0], as: "model")
    checkpoint.save(stream, as: "stream")
    var file = SafeTensors()
    file.add(models[1])
    add(try Checkpoint(checkpoint.bytes).bytes.map(Int.init))
    add(try SafeTensors(file.bytes).bytes.map(Int.init))
  }
}
