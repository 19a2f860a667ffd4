import Replication
import TrainingCore

extension Liu2022SparsityConstrainedOT {
  /// Two dense layers with ReLU between them.
  struct Perceptron: Parameterised {
    var inner: Linear<Float>
    var outer: Linear<Float>

    init(_ inputs: Int, _ hidden: Int, using stream: inout RandomStream) {
      inner = Linear(inputs: inputs, outputs: hidden, using: &stream)
      outer = Linear(
        inputs: hidden, outputs: inputs, initialiser: .xavierNormal(), using: &stream)
    }

    func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
      outer(inner(x, activation: .relu))
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      inner.forEachParameter(body)
      outer.forEachParameter(body)
    }
  }

  /// A mixer of 64 patches with two blocks; experts stand for the second block's channel network.
  struct Mixer: Parameterised {
    var embedding: Linear<Float>
    var tokens: [Perceptron]
    var channels: Perceptron
    var router: Linear<Float>
    var experts: [Perceptron]
    var head: Linear<Float>

    static let patches = 64
    private static let width = 64

    init(experts count: Int, using stream: inout RandomStream) {
      let width = Self.width
      embedding = Linear(inputs: 48, outputs: width, using: &stream)
      tokens = (0..<2).map { _ in Perceptron(Self.patches, Self.patches, using: &stream) }
      channels = Perceptron(width, 2 * width, using: &stream)
      router = Linear(
        inputs: width, outputs: count, initialiser: .xavierNormal(), using: &stream)
      experts = (0..<count).map { _ in Perceptron(width, 2 * width, using: &stream) }
      head = Linear(inputs: width, outputs: 10, initialiser: .xavierNormal(), using: &stream)
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      embedding.forEachParameter(body)
      for index in tokens.indices { tokens[index].forEachParameter(body) }
      channels.forEachParameter(body)
      router.forEachParameter(body)
      for index in experts.indices { experts[index].forEachParameter(body) }
      head.forEachParameter(body)
    }

    /// The logits of the classes for patches [64 n, 48] of n images.
    ///
    /// - Parameters:
    ///   - patches: The patches, image by image.
    ///   - route: The tokens of each expert, from the router's logits, which it sees detached.
    /// - Returns: The logits: [n, 10].
    func logits(
      _ patches: Tensor<Float>, routing route: (Tensor<Float>) -> [[Int]]
    ) -> Tensor<Float> {
      var h = embedding(patches)
      h += mixed(h, by: tokens[0])
      h += channels(layerNorm(h))
      h += mixed(h, by: tokens[1])
      let u = layerNorm(h)
      let scores = router(u)
      let gates = softmax(scores, along: 1)
      for (expert, chosen) in route(scores.detached).enumerated() where !chosen.isEmpty {
        let gate = gates.sliced(along: 1, expert..<expert + 1).gathered(rows: chosen)
        let answer = experts[expert](u.gathered(rows: chosen)) * gate
        h += answer.scattered(chosen, along: 0, of: u.shape[0])
      }
      let count = patches.shape[0] / Self.patches
      return head(layerNorm(h).reshaped(to: [count, Self.patches, Self.width]).mean(along: 1))
    }

    /// A network along the patches of each channel.
    private func mixed(_ h: Tensor<Float>, by network: Perceptron) -> Tensor<Float> {
      let (count, patches, width) = (h.shape[0] / Self.patches, Self.patches, Self.width)
      let turned = layerNorm(h).reshaped(to: [count, patches, width]).permuted([0, 2, 1])
        .reshaped(to: [count * width, patches])
      return network(turned).reshaped(to: [count, width, patches]).permuted([0, 2, 1])
        .reshaped(to: [count * patches, width])
    }
  }

  /// Adam without weight decay.
  ///
  /// - Source: Kingma and Ba 2015, algorithm 1, with its default constants.
  struct Adam<Model: Parameterised> {
    private var first: Model
    private var second: Model
    private var step = 0

    init(_ model: Model) { (first, second) = (model.zeroed, model.zeroed) }

    mutating func update(_ model: inout Model, along gradient: Model, rate: Double) {
      step += 1
      func power(_ base: Double) -> Double { pow(base, Double(step)) }
      first.forEachParameter(with: gradient) { m, g in m = 0.9 * m + 0.1 * g }
      second.forEachParameter(with: gradient) { v, g in v = 0.999 * v + 0.001 * (g * g) }
      let (m, v) = (first.parameters, second.parameters)
      let scale = Model.Number(rate / (1 - power(0.9)))
      let correction = Model.Number(1 / (1 - power(0.999)))
      var index = 0
      model.forEachParameter { parameter in
        parameter -= scale * m[index] / (sqrt(correction * v[index]) + 1e-8)
        index += 1
      }
    }
  }
}
