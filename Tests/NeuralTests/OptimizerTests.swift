import Foundation
import Neural
import Tensors
import Testing

/// What PyTorch found; see Tests/Golden/optimizers.py.
struct OptimizerFixture: Decodable {
  struct Case: Decodable {
    var losses, parameters: [Double]
  }
  var cases: [String: Case]

  static func load() throws -> OptimizerFixture { try fixture("optimizers") }
}

/// A file that a script of Tests/Golden wrote.
func fixture<Value: Decodable>(_ name: String) throws -> Value {
  guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
  let file = folder.appending(path: "Fixtures/\(name).json")
  return try JSONDecoder().decode(Value.self, from: Data(contentsOf: file))
}

/// The matrix that the scripts make from the same integers.
func hashedMatrix(_ rows: Int, _ columns: Int, _ salt: Int) -> Tensor<Double> {
  var scalars: [Double] = []
  for i in 0..<rows {
    for j in 0..<columns {
      let hash = (i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009
      scalars.append(Double(hash) / 1009 - 0.5)
    }
  }
  return Tensor(scalars, shape: [rows, columns])
}

/// The perceptron of the script.
struct Perceptron: Parameterised, Equatable {
  var weight = hashedMatrix(6, 5, 10) * 2
  var bias = hashedMatrix(1, 5, 11).reshaped(to: [5])
  var head = hashedMatrix(5, 3, 12) * 2

  mutating func forEachParameter(_ body: (inout Tensor<Double>) -> Void) {
    body(&weight)
    body(&bias)
    body(&head)
  }

  private static let x = hashedMatrix(20, 6, 3) * 2
  private static let labels = (0..<20).map { (7 * $0 * $0 + 3 * $0) % 5 % 3 }

  func loss(_ batch: [Int]) -> Tensor<Double> {
    let hidden = tanh(matmul(Self.x.gathered(rows: batch), weight) + bias)
    return softmaxCrossEntropy(
      logits: matmul(hidden, head), labels: batch.map { Self.labels[$0] })
  }

  static func batch(_ step: Int) -> [Int] { (0..<5).map { (step * 3 + 7 * $0) % 20 } }
}

struct Optimizers {
  private typealias Model = Perceptron

  /// Trains for 100 steps, and compares losses and parameters with the script's.
  private func expect(
    _ name: String, within bound: Double = 1e-11, _ optimizer: some Optimizer<Perceptron>,
    gradient: (Perceptron, [Int]) -> (value: Double, gradient: Perceptron) = { model, batch in
      valueWithGradient(at: model) { $0.loss(batch) }
    }
  ) throws {
    let expected = try #require(try OptimizerFixture.load().cases[name])
    var (model, optimizer) = (Model(), optimizer)
    var losses: [Double] = []
    for step in 0..<100 {
      let found = gradient(model, Model.batch(step))
      if step % 10 == 9 { losses.append(found.value) }
      optimizer.update(&model, along: found.gradient)
    }
    #expect(losses.count == expected.losses.count)
    for (found, loss) in zip(losses, expected.losses) { #expect(abs(found - loss) < bound) }
    let scalars = model.flattened.scalars
    #expect(scalars.count == expected.parameters.count)
    let distance = zip(scalars, expected.parameters).reduce(0) { max($0, abs($1.0 - $1.1)) }
    #expect(distance < bound, "\(name): \(distance)")
  }

  @Test func `gradient descent follows PyTorch for 100 steps`() throws {
    try expect(
      "momentum", SGD<Model>(learningRate: 0.05, momentum: 0.9, decay: .inGradient(0.01)))
    try expect(
      "nesterov",
      SGD<Model>(learningRate: 0.05, momentum: 0.9, isNesterov: true, decay: .inGradient(0.01)))
    try expect(
      "momentumDecoupled", SGD<Model>(learningRate: 0.05, momentum: 0.9, decay: .decoupled(0.1)))
  }

  @Test func `Adam follows PyTorch for 100 steps in every mode of decay`() throws {
    try expect("adam", Adam<Model>(learningRate: 0.02))
    try expect("adamInGradient", Adam<Model>(learningRate: 0.02, decay: .inGradient(0.1)))
    try expect(
      "adamW",
      Adam<Model>(learningRate: 0.02, betas: (0.8, 0.95), epsilon: 1e-3, decay: .decoupled(0.1)))
    try expect(
      "adamIndependent",
      Adam<Model>(learningRate: 0.02, betas: (0.9, 0.95), decay: .independent(1e-3)))
  }

  @Test func `groups have rates and decays of their own, or are frozen`() throws {
    let groups = ParameterGroups { name, shape in
      switch name {
      case "weight": ParameterSettings()
      case "head": ParameterSettings(rateFactor: 0.1, decayFactor: 0)
      default: .frozen
      }
    }
    try expect(
      "adamGroups", Adam<Model>(learningRate: 0.02, decay: .decoupled(0.1), groups: groups))
  }

  @Test func `RMSprop, Adafactor and LAMB follow their references for 100 steps`() throws {
    try expect("rmsprop", RMSprop<Model>(learningRate: 0.01))
    try expect(
      "rmspropMomentum",
      RMSprop<Model>(
        learningRate: 0.003, keeping: 0.9, momentum: 0.9, decay: .inGradient(0.01)))
    try expect("adafactor", Adafactor<Model>(learningRate: 0.05, decay: 0.1))
    try expect("lamb", LAMB<Model>(learningRate: 0.02, decay: 0.01))
  }

  @Test func `sharpness-aware minimisation follows its paper for 100 steps`() throws {
    try expect("sharpnessAware", SGD<Model>(learningRate: 0.05, momentum: 0.9)) { model, batch in
      sharpnessAwareGradient(at: model, radius: 0.1) { $0.loss(batch) }
    }
  }

  @Test func `clipped and accumulated gradients follow PyTorch for 100 steps`() throws {
    try expect("clippedNorm", SGD<Model>(learningRate: 0.3)) { model, batch in
      let found = valueWithGradient(at: model) { $0.loss(batch) }
      return (found.value, found.gradient.clipped(toNorm: 0.2))
    }
    try expect("clippedValue", SGD<Model>(learningRate: 0.3)) { model, batch in
      let found = valueWithGradient(at: model) { $0.loss(batch) }
      return (found.value, found.gradient.clipped(toMagnitude: 0.02))
    }
    try expect("accumulated", SGD<Model>(learningRate: 0.1)) { model, batch in
      var sum = GradientSum<Model>()
      sum.add(gradient(at: model) { $0.loss(Array(batch[..<2])) }, weight: 2)
      sum.add(gradient(at: model) { $0.loss(Array(batch[2...])) }, weight: 3)
      return (model.loss(batch).item, sum.mean)
    }
  }

  @Test func `averages of models follow PyTorch for 100 steps`() throws {
    let cases = try OptimizerFixture.load().cases
    var model = Model()
    var (moving, equal) = (MovingAverage(of: model), EqualAverage(of: model))
    var optimizer = SGD<Model>(learningRate: 0.1)
    for step in 0..<100 {
      optimizer.update(&model, along: gradient(at: model) { $0.loss(Model.batch(step)) })
      moving.update(with: model, momentum: 0.9)
      equal.update(with: model)
    }
    for (name, found) in [("movingAverage", moving.model), ("equalAverage", equal.model)] {
      let expected = try #require(cases[name]).parameters
      #expect(zip(found.flattened.scalars, expected).allSatisfy { abs($0 - $1) < 1e-12 })
    }
    #expect(equal.count == 101)
  }

  @Test func `a step of Adam is the same for entries in vectors and in tails`() {
    // 37 entries leave a tail at every width of vectors; alone, each is a tail.
    var stream = RandomStream(paper: "optimizers", seed: 1, purpose: .data)
    var whole: Tensor<Float> = stream.normal(shape: [37])
    let gradients: Tensor<Float> = stream.normal(shape: [37])
    var parts = whole.split(along: 0, into: Array(repeating: 1, count: 37))
    var optimizer = Adam<Tensor<Float>>(learningRate: 0.1, decay: .inGradient(0.3))
    var others = parts.map { _ in optimizer }
    for _ in 0..<3 {
      optimizer.update(&whole, along: gradients)
      for index in parts.indices {
        others[index].update(&parts[index], along: gradients.rows(index..<index + 1))
      }
    }
    #expect(whole == Tensor.concatenated(parts))
  }

  @Test func `forgotten moments start anew`() {
    var optimizer = Adam<[Tensor<Double>]>(learningRate: 0.1)
    var model = [Tensor([1.0]), Tensor([1.0])]
    optimizer.update(&model, along: [Tensor([2.0]), Tensor([2.0])])
    optimizer.forgetMoments { $0 == 1 }
    #expect(optimizer.means[0].item != 0 && optimizer.squares[0].item != 0)
    #expect(optimizer.means[1].item == 0 && optimizer.squares[1].item == 0)
  }

  @Test func `clipping keeps what is small, and what is not finite`() {
    let gradient = Tensor([3.0, -4])
    #expect(gradient.globalNorm == 5)
    #expect(gradient.clipped(toNorm: 5.1) == gradient)
    #expect(abs(gradient.clipped(toNorm: 1).globalNorm - 1) < 1e-6)
    #expect(Tensor([Double.nan, 1]).clipped(toNorm: 1).scalars.allSatisfy { $0.isNaN })
    #expect(gradient.clipped(toMagnitude: 3.5) == Tensor([3.0, -3.5]))
  }

  @Test func `proximal steps are the minimisers of their problems`() {
    let x = Tensor([0.3, -0.3, 2.0, -2.0, 0.0])
    #expect(softThreshold(x, by: 0.5) == Tensor([0.0, 0, 1.5, -1.5, 0]))
    let rows = Tensor([3.0, 4, 0.3, 0.4, 0, 0], shape: [3, 2])
    let shortened = groupSoftThreshold(rows, by: 1)
    #expect(greatest(shortened - Tensor([2.4, 3.2, 0, 0, 0, 0], shape: [3, 2])) < 1e-15)
    #expect(groupSoftThreshold(rows.transposed(), by: 1, alongAxis: 1).transposed() == shortened)
  }

  @Test func `settings that make no sense stop`() async {
    await #expect(processExitsWith: .failure) {
      _ = Adam<Tensor<Double>>(learningRate: 1, betas: (1, 0.9))
    }
    await #expect(processExitsWith: .failure) {
      _ = SGD<Tensor<Double>>(learningRate: 1, isNesterov: true)
    }
    await #expect(processExitsWith: .failure) {
      _ = SGD<Tensor<Double>>(learningRate: 1, decay: .decoupled(-1))
    }
    await #expect(processExitsWith: .failure) {
      var optimizer = Adam<Tensor<Double>>(learningRate: 1)
      var model = Tensor([1.0, 2])
      optimizer.update(&model, along: Tensor([1.0]))
    }
  }
}

/// The greatest magnitude of an entry.
func greatest(_ x: Tensor<Double>) -> Double { x.scalars.reduce(0) { max($0, abs($1)) } }
