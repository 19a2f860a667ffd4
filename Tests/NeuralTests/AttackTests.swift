import Neural
import Tensors
import Testing

private typealias Fixture = InstrumentFixture

private func losses(_ x: Tensor<Double>) -> Tensor<Double> {
  crossEntropies(logits: Fixture.outputs(Fixture.network, x), labels: Fixture.classes)
}

private func stream(_ seed: UInt64) -> RandomStream {
  RandomStream(paper: "neural-tests", seed: seed, purpose: .noise)
}

struct `Attacks on inputs` {
  @Test func `take PyTorch's steps`() throws {
    let expected = try Fixture.load().attacks
    var source = stream(1)
    let x = Fixture.examples
    let infinity = ProjectedGradient(
      .infinity, radius: 0.2, stepSize: 0.07, steps: 6, startsAtRandom: false, range: -1...1)
    #expect(agree(infinity(x, using: &source, losses: losses).inputs.scalars, expected.infinity))
    let euclidean = ProjectedGradient(
      .euclidean, radius: 0.3, stepSize: 0.1, steps: 6, startsAtRandom: false, range: -1...1)
    #expect(agree(euclidean(x, using: &source, losses: losses).inputs.scalars, expected.euclidean))
    let fast = fastGradientSign(x, radius: 0.2, range: -1...1, losses: losses)
    #expect(agree(fast.scalars, expected.fast))
  }

  @Test(arguments: [ProjectedGradient.Norm.infinity, .euclidean])
  func `stay in their ball and gain by restarts`(norm: ProjectedGradient.Norm) {
    let x = Fixture.examples
    func run(_ restarts: Int) -> (inputs: Tensor<Double>, losses: Tensor<Double>) {
      var source = stream(2)
      let attack = ProjectedGradient(
        norm, radius: 0.4, stepSize: 0.15, steps: 3, restarts: restarts, range: nil)
      return attack(x, using: &source, losses: losses)
    }
    let (one, five) = (run(1), run(5))
    let change = five.inputs - x
    let sizes =
      norm == .infinity ? abs(change).max(along: 1).scalars : change.norm(along: 1).scalars
    #expect(sizes.allSatisfy { $0 <= 0.4 + 1e-12 && $0 > 0.1 })
    #expect(zip(five.losses.scalars, one.losses.scalars).allSatisfy { $0 >= $1 })
    #expect(five.losses != one.losses && losses(five.inputs) == five.losses)
  }

  @Test func `begin uniformly in a Euclidean ball`() {
    var source = stream(3)
    let attack = ProjectedGradient(.euclidean, radius: 2, stepSize: 0, steps: 0, range: nil)
    let x = Tensor<Double>(zeros: [2000, 3])
    let sizes = attack(x, using: &source) { $0.sum(along: 1) }.inputs.norm(along: 1).scalars
    // A half of a ball's volume lies within 2^(-1/3) of its radius.
    let inside = sizes.count { $0 < 2 * 0.7937005259841 }
    #expect(sizes.allSatisfy { $0 <= 2 } && abs(inside - 1000) < 90)
  }

  @Test func `leave inputs of no slope alone`() {
    var source = stream(4)
    let attack = ProjectedGradient(
      .euclidean, radius: 1, stepSize: 1, steps: 2, startsAtRandom: false)
    let x = Tensor([0.5, 0.5], shape: [1, 2])
    #expect(attack(x, using: &source) { 0 * $0.sum(along: 1) }.inputs == x)
  }

  @Test func `of Carlini and Wagner find the nearest point beyond a line`() {
    // Two classes apart at x₀ + x₁ = 1: the nearest other point lies straight across.
    let weight = Tensor([0.0, 1, 0, 1], shape: [2, 2])
    let bias = Tensor([1.0, 0])
    var attack = CarliniWagner()
    attack.searches = 6
    attack.steps = 300
    let x = Tensor([0.3, 0.4, 0.6, 0.7], shape: [2, 2])
    let found = attack(x, labels: [0, 1]) { matmul($0, weight) + bias }
    let root = 2.0.squareRoot()
    #expect(abs(found.lengths[0] - 0.3 / root) < 0.01 && found.lengths[0] >= 0.3 / root)
    #expect(abs(found.lengths[1] - 0.3 / root) < 0.01 && found.lengths[1] >= 0.3 / root)
    let logits = matmul(found.inputs, weight) + bias
    #expect(margins(logits: logits, labels: [0, 1]).scalars.allSatisfy { $0 < 0 })
  }

  @Test func `of Carlini and Wagner say where nothing misleads`() {
    var attack = CarliniWagner()
    (attack.searches, attack.steps) = (2, 10)
    let x = Tensor([0.3], shape: [1, 1])
    let found = attack(x, labels: [0]) { x in
      Tensor.concatenated([0 * x + 1, 0 * x], along: 1)
    }
    #expect(found.lengths == [.infinity] && found.inputs == x)
  }
}

struct `Bounds of a box` {
  private let bounds = IntervalBounds(
    around: Fixture.made([2, 2, 5, 5], 40) + 0.5, radius: 0.1)
  private let filters = Fixture.made([3, 2, 3, 3], 41)
  private let bias = Fixture.made([3], 42)
  private let weight = Fixture.made([27, 4], 43)
  private let offset = Fixture.made([4], 44)

  private var hidden: IntervalBounds<Double> {
    bounds.convolved(filters, Convolution(stride: 2, padding: 1), bias: bias).map { relu($0) }
      .rearranged { $0.reshaped(to: [2, 27]) }
  }

  @Test func `are those of the weights' positive and negative parts`() throws {
    let expected = try Fixture.load()
    let last = hidden.affine(weight, offset)
    #expect(agree(last.lower.scalars, expected.bounds.lower))
    #expect(agree(last.upper.scalars, expected.bounds.upper))
    let leads = hidden.worstLeads(weight, offset, labels: [1, 3])
    #expect(agree(leads.scalars, expected.leads))
    #expect(abs(leads[0, 1]) < 1e-12 && abs(leads[1, 3]) < 1e-12)
    let worst = last.worstLogits(labels: [1, 3])
    #expect(worst[0, 1] == last.lower[0, 1] && worst[0, 0] == last.upper[0, 0])
    // Elision is never looser.
    let slack = worst - worst.taken([1, 3], along: 1) - leads
    #expect(slack.min().item > -1e-12 && slack.max().item > 0.01)
  }

  @Test func `hold every point of the box`() {
    var source = stream(5)
    let scale = Tensor([-1.0, 2, 0.5])
    let map = bounds.convolved(filters).scaled(scale, offset: bias)
    for _ in 0..<50 {
      let x = bounds.centre + bounds.radius * (2 * source.uniform(shape: [2, 2, 5, 5]) - 1)
      let y =
        convolution(x, filters) * scale.reshaped(to: [3, 1, 1]) + bias.reshaped(to: [3, 1, 1])
      #expect((map.upper - y).min().item >= -1e-12 && (y - map.lower).min().item >= -1e-12)
    }
  }
}
