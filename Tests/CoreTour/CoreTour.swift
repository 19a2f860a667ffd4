// The snippets of docs/core-tour.md, so that they compile; `ci/check` compares both. Above the line are
// the types that a paper would declare.

import Replication
import TrainingCore

struct Setup: Codable, Hashable {
  var steps = 500
}

struct Outcome: Codable {
  var accuracy: Series<Steps, Ratio>
}

// The snippets

typealias MLP = MultilayerPerceptron<Float>

struct SmallNetwork: Parameterised {
  var first: ConvolutionLayer<Float>
  var norm: GroupNorm<Float>
  var head: Linear<Float>

  init(using stream: inout RandomStream) {
    first = ConvolutionLayer(
      inputs: 3, outputs: 16, size: 3, geometry: Convolution(stride: 2, padding: 1), using: &stream)
    norm = GroupNorm(groups: 4, channels: 16)
    head = Linear(inputs: 16, outputs: 10, initialiser: .inverseRootUniform, using: &stream)
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    head(globalAveragePooling(relu(norm(first(x)))))
  }

  mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
    first.forEachParameter(body)
    norm.forEachParameter(body)
    head.forEachParameter(body)
  }
}

func trainOneStep(
  _ network: inout ResidualNetwork<Float>, _ optimizer: inout SGD<ResidualNetwork<Float>>,
  images: Tensor<Float>, labels: [Int]
) {
  var statistics: [BatchStatistics<Float>] = []
  let (_, gradient) = valueWithGradient(at: network) { network in
    softmaxCrossEntropy(logits: network(images, gathering: &statistics), labels: labels)
  }
  optimizer.update(&network, along: gradient)
  network.absorb(statistics)
}

func accuracy(of network: ResidualNetwork<Float>, images: Tensor<Float>, labels: [Int]) -> Double {
  let right = zip(network(images).argmaxAlongRows(), labels).count { $0 == $1 }
  return Double(right) / Double(labels.count)
}

func languageLoss(
  _ model: GPT<Float>, tokens: [Int], targets: [Int], length: Int, noise: inout RandomStream
) -> Tensor<Float> {
  softmaxCrossEntropy(
    logits: model(tokens, length: length, dropout: 0.1, using: &noise), labels: targets)
}

func smallLLaMA(vocabulary: Int, using stream: inout RandomStream) -> GPT<Float> {
  var form = GPT<Float>.Form(
    vocabulary: vocabulary, context: 128, width: 128, depth: 4, heads: 4)
  form.feedForward = .swiGLU
  form.hidden = 352
  form.centresNorms = false
  form.isRotary = true
  form.tiesHead = false
  return GPT(form, using: &stream)
}

func lowRankPlusSparse(
  inputs: Int, outputs: Int, using stream: inout RandomStream
) -> ParametrisedLinear<LowRankParameter<SparseParameter<Float>>> {
  let sparse = SparseParameter<Float>(
    inputs: inputs, outputs: outputs, share: 0.03, using: &stream)
  return ParametrisedLinear(
    weight: LowRankParameter(rank: 8, scale: 2, rest: sparse, using: &stream))
}

func readout(width: Int, using stream: inout RandomStream) -> Projection<Float> {
  WidthParametrisation.maximalUpdate.projection(
    inputs: width, outputs: 10, role: .readout, using: &stream)
}

func train(_ setup: Setup, in trial: Trial) throws -> Outcome {
  let mnist = try MNIST(from: trial.data(.mnist))
  let x: Tensor<Float> = mnist.train.tensor(at: mnist.train.labels.indices)
  let test: Tensor<Float> = mnist.test.tensor(at: mnist.test.labels.indices)
  var initialisation = trial.stream(.initialisation)
  var model = MultilayerPerceptron<Float>(widths: [784, 512, 10], using: &initialisation)
  var optimizer = Adam<MultilayerPerceptron<Float>>(
    learningRate: 0, decay: .decoupled(0.01), groups: .decayingMatrices)
  let rate = Schedule.cosine(from: 2e-3, over: setup.steps).warmedUp(over: 100)
  let batches = ShuffledBatches(count: x.shape[0], size: 128, using: trial.stream(.shuffling))
  var accuracy = Series<Steps, Ratio>()

  for (step, batch) in batches.prefix(setup.steps).enumerated() {
    optimizer.learningRate = rate(step)
    let (_, gradient) = valueWithGradient(at: model) { model in
      softmaxCrossEntropy(
        logits: model(x.gathered(rows: batch)), labels: batch.map { Int(mnist.train.labels[$0]) })
    }
    optimizer.update(&model, along: gradient.clipped(toNorm: 1))
    if (step + 1).isMultiple(of: 100) {
      let right = zip(model(test).argmaxAlongRows(), mnist.test.labels).count { $0 == Int($1) }
      accuracy.append(Ratio(Double(right) / Double(test.shape[0])), at: Steps(step + 1))
    }
  }
  return Outcome(accuracy: accuracy)
}

func finetuning(_ model: MultilayerPerceptron<Float>) -> Adam<MultilayerPerceptron<Float>> {
  // model.parameterNames: ["layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.1.bias"]
  let groups = ParameterGroups { name, shape in
    if name.hasPrefix("layers.0.") { return .frozen }
    return ParameterSettings(decayFactor: shape.count > 1 ? 1 : 0)
  }
  return Adam(learningRate: 1e-3, decay: .decoupled(0.1), groups: groups)
}

func answerLoss(
  _ logits: Tensor<Float>, _ next: [Int], inAnswer: Tensor<Float>
) -> Tensor<Float> {
  softmaxCrossEntropy(logits: logits, labels: next, where: inAnswer)
}

func sharpStep<Model: Parameterised>(
  _ model: inout Model, _ optimizer: inout SGD<Model>, _ average: inout MovingAverage<Model>,
  loss: (Model) -> Tensor<Model.Number>
) {
  optimizer.update(
    &model, along: sharpnessAwareGradient(at: model, radius: 0.05, of: loss).gradient)
  average.update(with: model, momentum: 0.999)
}

func longTraining(_ steps: Int, in trial: Trial, from first: MLP, x: Tensor<Float>) throws -> MLP {
  var (model, optimizer, step) = (first, SGD<MLP>(learningRate: 0.1, momentum: 0.9), 0)
  var noise = trial.stream(.noise)
  if let bytes = trial.savedState() {
    let saved = try Checkpoint(bytes)
    step = try saved.integer("step")
    model = try saved.model("model", like: model)
    try optimizer.restore(from: saved, as: "optimizer", for: model)
    noise = try saved.stream("noise")
  }
  while step < steps {
    let target: Tensor<Float> = noise.normal(shape: [x.shape[0], 10])
    optimizer.update(&model, along: gradient(at: model) { squaredErrors($0(x), target).mean() })
    step += 1
    guard step.isMultiple(of: 1000) else { continue }
    var state = Checkpoint()
    state.save([step], as: "step")
    state.save(model, as: "model")
    optimizer.save(in: &state, as: "optimizer")
    state.save(noise, as: "noise")
    try trial.saveState(state.bytes)
  }
  return model
}

func imported(_ bytes: [UInt8], like model: MultilayerPerceptron<Float>) throws
  -> MultilayerPerceptron<Float>
{
  try SafeTensors(bytes).model(like: model, named: { "network.\($0)" })
}

func barrier(_ a: MLP, _ b: MLP, _ x: Tensor<Float>, _ labels: [Int]) -> Double {
  lossBarrier(from: a, to: b, intervals: 20) {
    Double(softmaxCrossEntropy(logits: $0(x), labels: labels).item)
  }.barrier
}

func batchOfText(from store: DataStore) throws -> TokenBatch {
  let shakespeare = try TinyShakespeare(from: store)
  let windows = shakespeare.train.windows(length: 128)  // every place starts a window
  let stream = RandomStream(paper: "tour", seed: 1, purpose: .shuffling)
  var batches = IndependentBatches(count: windows.count, size: 16, using: stream)
  return windows.batch(at: batches.next() ?? [])  // .inputs and .targets, 16 × 128 by rows
}

func encodedCensus(from store: DataStore) throws -> (train: Tensor<Float>, test: Tensor<Float>) {
  let adult = try Adult(from: store)
  let encoding = TableEncoding(fitting: adult.train)  // standardised numbers, one entry a category
  return (encoding(adult.train), encoding(adult.test))
}

func augmentedBatch(
  _ photographs: CIFAR10, at indices: [Int], using stream: inout RandomStream
) -> Tensor<Float> {
  let placement = RandomPlacement(indices.count, padding: 4, using: &stream)  // crop and flip
  return photographs.train.bytes(at: indices).placed(placement)
    .augmented(RandAugment(operations: 2, strength: 0.3), using: &stream)
    .tensor(mean: CIFAR10.channelMeans, deviation: CIFAR10.channelDeviations)
}

func halfWrong(_ labels: [Int], using stream: inout RandomStream) -> NoisyLabels {
  NoisyLabels(.wrong, .share(0.5), to: labels, classes: 10, using: &stream)
}

func sharpest(
  _ model: MultilayerPerceptron<Float>, _ x: Tensor<Float>, _ labels: [Int],
  using stream: inout RandomStream
) throws -> [Double] {
  let hessian = CurvatureOperator.hessian(at: model) {
    softmaxCrossEntropy(logits: $0(x), labels: labels)
  }
  return try hessian.eigenvalues(greatest: 3, using: &stream).values.scalars
}

func robustAccuracy(
  _ model: MultilayerPerceptron<Float>, _ x: Tensor<Float>, _ labels: [Int],
  using stream: inout RandomStream
) -> Double {
  let attack = ProjectedGradient(.infinity, radius: 0.1, stepSize: 0.02, steps: 10, restarts: 2)
  let attacked = attack(x, using: &stream) { crossEntropies(logits: model($0), labels: labels) }
  return accuracy(logits: model(attacked.inputs), labels: labels)
}
