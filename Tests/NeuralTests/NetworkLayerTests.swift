import Neural
import Tensors
import TestSupport
import Testing

private func stream(_ seed: UInt64 = 21) -> RandomStream {
  RandomStream(paper: "neural-tests", seed: seed, purpose: .initialisation)
}

private func drawn(_ shape: [Int], _ seed: UInt64 = 22) -> Tensor<Double> {
  var stream = stream(seed)
  return stream.normal(shape: shape)
}

struct `Batch norm` {
  @Test func `keeps the unbiased variance of a batch by its momentum`() {
    var norm = BatchNorm<Double>(channels: 2, momentum: 0.25)
    let x = Tensor([1.0, 10, 3, 20, 8, 60], shape: [3, 2])
    let (output, statistics) = norm.training(x)
    // The first channel: mean 4, squares 9 + 1 + 16 over 3 and over 2.
    #expect(abs(output[0, 0] + 3 / (26.0 / 3 + 1e-5).squareRoot()) < 1e-14)
    #expect(abs(statistics.mean[0] - 4) < 1e-15 && abs(statistics.variance[0] - 13) < 1e-13)
    norm.absorb(statistics)
    #expect(abs(norm.mean[0] - 1) < 1e-15 && abs(norm.variance[0] - 4) < 1e-13)
    let y = norm(Tensor([3.0, 7.5], shape: [1, 2]))
    #expect(abs(y[0, 0] - 2 / 4.00001.squareRoot()) < 1e-14 && y[0, 1] == 0)
  }

  @Test func `of one number a channel keeps a variance of zero`() {
    let norm = BatchNorm<Double>(channels: 2, affine: false)
    let statistics = norm.training(Tensor([3.0, 5], shape: [1, 2])).statistics
    #expect(statistics.variance == Tensor([0, 0]) && norm.parameters.isEmpty)
  }

  @Test func `statistics of a network are absorbed in the order of the pass`() {
    var stream = stream()
    var network = ResidualNetwork<Double>.cifar(n: 1, width: 2, using: &stream)
    let before = network.runningStatistics
    var statistics: [BatchStatistics<Double>] = []
    _ = network(drawn([2, 3, 8, 8]), gathering: &statistics)
    network.absorb(statistics)
    let after = network.runningStatistics
    #expect(statistics.count == 9 && after.count == 18)
    for (index, one) in statistics.enumerated() {
      #expect(greatestDifference(after[2 * index], one.mean * 0.1) < 1e-15)
    }
    network.runningStatistics = before
    #expect(network.runningStatistics == before)
  }

  @Test func `statistics of another network stop`() async {
    await #expect(processExitsWith: .failure) {
      var norm = BatchNorm<Double>(channels: 2)
      norm.absorb(BatchStatistics(mean: Tensor(zeros: [3]), variance: Tensor(zeros: [3])))
    }
    await #expect(processExitsWith: .failure) {
      var norms = [BatchNorm<Double>(channels: 2)]
      norms.absorb([])
    }
    await #expect(processExitsWith: .failure) {
      _ = BatchNorm<Double>(channels: 2).training(Tensor(zeros: [2, 3]))
    }
  }
}

struct `Dropped units` {
  @Test func `are zero, and the others scaled so that the mean stays`() {
    var noise = RandomStream(paper: "neural-tests", seed: 23, purpose: .dropout)
    let x = Tensor<Double>(repeating: 3, shape: [100, 100])
    let y = dropout(x, probability: 0.25, using: &noise)
    #expect(y.scalars.allSatisfy { $0 == 0 || $0 == 4 })
    let share = Double(y.scalars.count { $0 == 0 }) / 10_000
    #expect(abs(share - 0.25) < 0.022)
    #expect(dropout(x, probability: 0, using: &noise) == x)
  }

  @Test func `are dropped alike in the gradient`() {
    var noise = RandomStream(paper: "neural-tests", seed: 24, purpose: .dropout)
    let start = noise
    let slope = gradient(at: Tensor<Double>(repeating: 1, shape: [50])) {
      dropout($0, probability: 0.5, using: &noise).sum()
    }
    var again = start
    #expect(slope == again.dropoutMask(keep: 0.5, shape: [50]))
  }

  @Test func `may be whole channels`() {
    var noise = RandomStream(paper: "neural-tests", seed: 25, purpose: .dropout)
    let y = channelDropout(
      Tensor<Double>(repeating: 1, shape: [4, 8, 3, 3]), probability: 0.5, using: &noise)
    let sums = y.sum(over: [2, 3]).scalars
    #expect(sums.allSatisfy { $0 == 0 || $0 == 18 } && Set(sums).count == 2)
  }

  @Test func `at a probability of one stop`() async {
    await #expect(processExitsWith: .failure) {
      var noise = RandomStream(paper: "neural-tests", seed: 26, purpose: .dropout)
      _ = dropout(Tensor<Double>(zeros: [2]), probability: 1, using: &noise)
    }
  }

  @Test func `train a transformer otherwise than it is evaluated`() {
    var stream = stream()
    let model = GPT<Double>(
      GPT.Form(vocabulary: 5, context: 4, width: 4, depth: 1, heads: 2), using: &stream)
    let tokens = [0, 1, 2, 3, 4, 0, 1, 2]
    var noise = RandomStream(paper: "neural-tests", seed: 27, purpose: .dropout)
    let plain = model(tokens, length: 4)
    #expect(model(tokens, length: 4, dropout: 0, using: &noise) == plain)
    #expect(model(tokens, length: 4, dropout: 0.5, using: &noise) != plain)
    var other = noise
    #expect(
      model(tokens, length: 4, dropout: 0.5, using: &noise)
        == model(tokens, length: 4, dropout: 0.5, using: &other))
    #expect(noise == other)
  }
}

struct `Attention of a sequence to itself` {
  @Test(arguments: [(3, false), (3, true), (33, true), (70, true), (40, false)])
  func `is that made of products and a softmax`(length: Int, isCausal: Bool) {
    let x = drawn([2, length, 3 * 6])
    let parts = x.split(along: 2, into: [6, 6, 6])
    let expected = attention(
      parts[0], parts[1], parts[2], heads: 3, mask: isCausal ? causalMask(length) : nil)
    let found = selfAttention(x, heads: 3, isCausal: isCausal)
    #expect(greatestDifference(found, expected) < 1e-14)
    let weights = drawn(found.shape, 28)
    let slope = gradient(at: x) {
      (selfAttention($0, heads: 3, isCausal: isCausal) * weights).sum()
    }
    let composed = gradient(at: x) { x in
      let parts = x.split(along: 2, into: [6, 6, 6])
      let y = attention(
        parts[0], parts[1], parts[2], heads: 3, mask: isCausal ? causalMask(length) : nil)
      return (y * weights).sum()
    }
    #expect(greatestDifference(slope, composed) < 1e-13)
  }

  @Test(arguments: [false, true])
  func `has first and second derivatives`(isCausal: Bool) {
    let x = drawn([1, 4, 12])
    let weights = drawn([1, 4, 4], 28)
    func value(_ x: Tensor<Double>) -> Tensor<Double> {
      (square(selfAttention(x, heads: 2, isCausal: isCausal)) * weights).sum()
    }
    #expect(gradientError(at: x, of: value) < 1e-8)
    #expect(gradientError(at: x) { gradient(at: $0, of: value).sumOfSquares() } < 1e-6)
  }

  @Test func `does not look ahead`() {
    let x = drawn([1, 40, 12])
    var later = x
    for column in 0..<12 { later[0, 39, column] += 5 }
    let (a, b) = (
      selfAttention(x, heads: 2, isCausal: true), selfAttention(later, heads: 2, isCausal: true)
    )
    #expect(a.sliced(along: 1, 0..<39) == b.sliced(along: 1, 0..<39) && a != b)
  }

  @Test func `keeps examples apart for their gradients`() {
    let model = drawn([3, 12], 29)
    let x = drawn([5, 4, 3], 30)
    func losses(_ weight: Tensor<Double>, _ x: Tensor<Double>) -> Tensor<Double> {
      let rows = x.reshaped(to: [x.shape[0] * 4, 3])
      let packed = matmul(rows, weight).reshaped(to: [x.shape[0], 4, 12])
      return tanh(selfAttention(packed, heads: 2)).sum(over: [1, 2])
    }
    let found = perExampleGradients(at: model) { losses($0, x) }.gradients[0]
    for example in 0..<5 {
      let own = gradient(at: model) { losses($0, x.rows(example..<example + 1)).sum() }
      let part = found.rows(example..<example + 1).reshaped(to: own.shape)
      #expect(greatestDifference(part, own) < 1e-13)
    }
  }

  @Test func `of an empty batch is empty`() {
    #expect(selfAttention(Tensor<Float>(zeros: [0, 4, 12]), heads: 2).shape == [0, 4, 4])
  }

  @Test func `with heads that do not divide the width stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = selfAttention(Tensor<Double>(zeros: [1, 2, 12]), heads: 3)
    }
    await #expect(processExitsWith: .failure) {
      _ = paddingMask(lengths: [0], longest: 3, of: Double.self)
    }
  }
}

struct `Set networks` {
  @Test func `do not see the order of members`() {
    var stream = stream()
    for pooling in SetPooling.allCases {
      let network = DeepSets<Double>(
        members: MultilayerPerceptron(widths: [3, 5, 4], using: &stream),
        whole: MultilayerPerceptron(widths: [4, 2], using: &stream), pooling: pooling)
      let x = drawn([2, 5, 3])
      let turned = x.gathered([4, 0, 3, 1, 2], along: 1)
      #expect(greatestDifference(network(x), network(turned)) < 1e-14)
      let all = Tensor<Double>(repeating: 1, shape: [2, 5])
      #expect(greatestDifference(network(x), network(x, present: all)) < 1e-14)
    }
  }

  @Test func `an empty set stops`() async {
    await #expect(processExitsWith: .failure) {
      _ = SetPooling.mean(
        Tensor<Double>(zeros: [1, 2, 3]), present: Tensor(zeros: [1, 2]))
    }
  }
}

struct Models {
  @Test func `have the parameters of their definitions`() {
    var stream = stream()
    let gpt = GPT<Float>(
      GPT.Form(vocabulary: 65, context: 128, width: 128, depth: 4, heads: 4), using: &stream)
    // 12 width² and 13 width a block, the vectors, and the last norm.
    #expect(gpt.parameterCount == 4 * (12 * 16384 + 13 * 128) + (65 + 128) * 128 + 256)
    // Torchvision's ResNet-18 with a 3 × 3 stem and ten classes.
    let resNet = ResidualNetwork<Float>.resNet18(using: &stream)
    #expect(resNet.parameterCount == 11_173_962)
    // ResNet-20 with shortcuts of option A has 269 722; B adds two convolutions and their norms.
    let small = ResidualNetwork<Float>.cifar(n: 3, using: &stream)
    #expect(small.parameterCount == 269_722 + 16 * 32 + 32 * 64 + 2 * (32 + 64))
    let vgg = VGG<Float>.vgg11(using: &stream)
    #expect(vgg.parameterCount == 9 * 1_024_192 + 2 * 2752 + 512 * 10 + 10)
    let vision = VisionTransformer<Float>(
      VisionTransformer.Form(width: 64, depth: 6, heads: 4), using: &stream)
    #expect(
      vision.parameterCount == 48 * 64 + 64 + 64 + 65 * 64 + 6 * (12 * 4096 + 13 * 64) + 128 + 650)
  }

  @Test func `images of another size stop`() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(paper: "neural-tests", seed: 1, purpose: .initialisation)
      let model = VisionTransformer<Float>(
        VisionTransformer.Form(width: 8, depth: 1, heads: 1), using: &stream)
      _ = model(Tensor(zeros: [1, 3, 28, 28]))
    }
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(paper: "neural-tests", seed: 1, purpose: .initialisation)
      let form = GPT<Float>.Form(vocabulary: 5, context: 4, width: 4, depth: 1, heads: 1)
      _ = GPT<Float>(form, using: &stream)([0, 1, 2, 3, 4], length: 5)
    }
    await #expect(processExitsWith: .failure) {
      let layer = ConvolutionLayer(filters: Tensor<Double>(zeros: [2, 3, 3, 3]))
      _ = layer(Tensor(zeros: [1, 2, 5, 5]))
    }
  }
}
