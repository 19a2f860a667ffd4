import Neural
import Tensors
import Testing

struct Layers {
  @Test func `linear is a product plus a bias`() {
    let layer = Linear(
      weight: Tensor([1.0, 2, 3, 4, 5, 6], shape: [2, 3]), bias: Tensor([0.5, 0, -1]))
    #expect(layer(Tensor([1.0, -1], shape: [1, 2])) == Tensor([-2.5, -3, -4], shape: [1, 3]))
  }

  @Test func `a perceptron has ReLU between layers and none after the last`() {
    let lower = Linear(weight: Tensor([1.0, -1], shape: [1, 2]), bias: Tensor([0.0, 0]))
    let upper = Linear(weight: Tensor([-1.0, -1], shape: [2, 1]), bias: Tensor([0.25]))
    let network = MultilayerPerceptron(layers: [lower, upper])
    let y = network(Tensor([3.0, -2], shape: [2, 1]))
    #expect(y == Tensor([-2.75, -1.75], shape: [2, 1]))
  }

  @Test func `every stored tensor is visited, in order of declaration`() {
    var stream = RandomStream(paper: "neural-tests", seed: 1, purpose: .initialisation)
    let network = MultilayerPerceptron<Float>(widths: [4, 3, 2], using: &stream)
    let stored = network.layers.flatMap { layer in
      Mirror(reflecting: layer).children.compactMap { $0.value as? Tensor<Float> }
    }
    #expect(network.parameters == stored)
    #expect(network.parameterCount == 4 * 3 + 3 + 3 * 2 + 2)
  }

  @Test func `the gradient agrees with finite differences`() {
    var stream = RandomStream(paper: "neural-tests", seed: 2, purpose: .initialisation)
    let network = MultilayerPerceptron<Double>(widths: [3, 5, 4], using: &stream)
    let x: Tensor<Double> = stream.normal(shape: [6, 3])
    let labels = [0, 1, 2, 3, 1, 2]
    func loss(_ network: MultilayerPerceptron<Double>) -> Tensor<Double> {
      softmaxCrossEntropy(logits: network(x), labels: labels)
    }
    let gradient = valueWithGradient(at: network, of: loss).gradient
    let step = 1e-6
    for (layer, index) in [(0, 0), (0, 14), (1, 0), (1, 19)] {
      func moved(_ by: Double) -> Double {
        var other = network
        var scalars = other.layers[layer].weight.scalars
        scalars[index] += by
        other.layers[layer].weight = Tensor(
          scalars, shape: other.layers[layer].weight.shape)
        return loss(other).item
      }
      let slope = (moved(step) - moved(-step)) / (2 * step)
      #expect(abs(slope - gradient.layers[layer].weight.scalars[index]) < 1e-8)
    }
  }

  @Test func `layers that do not fit stop`() async {
    await #expect(processExitsWith: .failure) {
      let layer = Linear(weight: Tensor<Double>(zeros: [2, 3]), bias: Tensor(zeros: [3]))
      _ = layer(Tensor(zeros: [1, 3]))
    }
    await #expect(processExitsWith: .failure) {
      let layer = Linear(weight: Tensor<Double>(zeros: [2, 3]), bias: Tensor(zeros: [3]))
      _ = MultilayerPerceptron(layers: [layer, layer])
    }
  }
}

struct Initialisers {
  private static let cases: [(Initialiser, Double)] = [
    (.heNormal(), 2.0 / 300), (.heNormal(gain: 1), 1.0 / 300), (.xavierNormal(), 2.0 / 500),
    (.xavierUniform(gain: 2), 8.0 / 500), (.zeros, 0),
  ]

  @Test(arguments: cases)
  func `have the variance of their fan convention`(initialiser: Initialiser, variance: Double) {
    var stream = RandomStream(paper: "neural-tests", seed: 3, purpose: .initialisation)
    let weights: Tensor<Double> = initialiser.weights(inputs: 300, outputs: 200, using: &stream)
    #expect(weights.shape == [300, 200])
    let count = Double(weights.count)
    let mean = weights.scalars.reduce(0, +) / count
    let square = weights.scalars.reduce(0) { $0 + $1 * $1 } / count
    // Five standard errors of a normal variance: 5 √(2/60 000) = 2.9 %.
    #expect(abs(square - variance) <= 0.029 * variance)
    #expect(abs(mean) <= 5 * (variance / count).squareRoot())
    if initialiser.law == .uniform {
      let reach = (3 * variance).squareRoot()
      #expect(weights.scalars.allSatisfy { abs($0) <= reach })
      #expect(weights.scalars.contains { $0 > 0.99 * reach })
    }
  }
}

struct `Batch order` {
  private func stream(_ seed: UInt64) -> RandomStream {
    RandomStream(paper: "neural-tests", seed: seed, purpose: .shuffling)
  }

  @Test func `shuffled epochs hold every example once`() {
    let batches = Array(ShuffledBatches(count: 12, size: 4, using: stream(1)).prefix(6))
    #expect(batches.allSatisfy { $0.count == 4 })
    let first = batches[0..<3].flatMap { $0 }
    let second = batches[3..<6].flatMap { $0 }
    #expect(first.sorted() == Array(0..<12) && second.sorted() == Array(0..<12))
    #expect(first != second)
  }

  @Test func `examples left over wait for a later epoch`() {
    let order = ShuffledBatches(count: 10, size: 4, using: stream(2))
    #expect(order.batchesPerEpoch == 2)
    for batches in stride(from: 0, to: 40, by: 2) {
      let epoch = order.dropFirst(batches).prefix(2).flatMap { $0 }
      #expect(Set(epoch).count == 8)
    }
    #expect(Set(order.prefix(40).flatMap { $0 }) == Set(0..<10))
  }

  @Test func `independent draws repeat examples within a batch`() {
    let batches = Array(IndependentBatches(count: 5, size: 10, using: stream(3)).prefix(20))
    #expect(batches.allSatisfy { $0.count == 10 && $0.allSatisfy((0..<5).contains) })
    #expect(Set(batches.flatMap { $0 }) == Set(0..<5))
  }

  @Test func `is the same for the same stream and another for another`() {
    let first = Array(ShuffledBatches(count: 30, size: 7, using: stream(4)).prefix(9))
    #expect(Array(ShuffledBatches(count: 30, size: 7, using: stream(4)).prefix(9)) == first)
    #expect(Array(ShuffledBatches(count: 30, size: 7, using: stream(5)).prefix(9)) != first)
  }

  @Test func `a batch larger than the data stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = ShuffledBatches(
        count: 3, size: 4, using: RandomStream(paper: "neural-tests", seed: 1, purpose: .shuffling))
    }
  }
}
