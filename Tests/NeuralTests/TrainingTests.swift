import Foundation
import Neural
import Tensors
import Testing

/// What NumPy found; see Tests/Golden/training_trajectory.py.
private struct Trajectory: Decodable {
  var widths: [Int]
  var count, batch: Int
  var rate, momentum: Double
  var labels: [Int]
  var losses: [Double]
  var weights, biases: [[Double]]

  static func load() throws -> Trajectory {
    guard let folder = Bundle.module.resourceURL else { throw CocoaError(.fileNoSuchFile) }
    let file = folder.appending(path: "Fixtures/training-trajectory.json")
    return try JSONDecoder().decode(Trajectory.self, from: Data(contentsOf: file))
  }
}

/// The matrix that the script makes from the same integers.
private func made(_ rows: Int, _ columns: Int, _ salt: Int) -> Tensor<Double> {
  var scalars: [Double] = []
  for i in 0..<rows {
    for j in 0..<columns {
      let hash = (i * i * 7919 + j * 104729 + 31 * i * j * (i + 2 * j) + salt) % 1009
      scalars.append(Double(hash) / 1009 - 0.5)
    }
  }
  return Tensor(scalars, shape: [rows, columns])
}

struct Training {
  @Test func `follows NumPy for 100 steps of gradient descent with momentum`() throws {
    let expected = try Trajectory.load()
    var layers: [Linear<Double>] = []
    for (index, (inputs, outputs)) in zip(expected.widths, expected.widths.dropFirst()).enumerated()
    {
      layers.append(
        Linear(weight: made(inputs, outputs, 10 + index) * 2, bias: Tensor(zeros: [outputs])))
    }
    var network = MultilayerPerceptron(layers: layers)
    var optimizer = SGD<MultilayerPerceptron<Double>>(
      learningRate: expected.rate, momentum: expected.momentum)
    let x = made(expected.count, expected.widths[0], 3) * 2
    for (step, loss) in expected.losses.enumerated() {
      let batch = (0..<expected.batch).map { (step * 3 + 7 * $0) % expected.count }
      let (value, gradient) = valueWithGradient(at: network) { network in
        softmaxCrossEntropy(
          logits: network(x.gathered(rows: batch)), labels: batch.map { expected.labels[$0] })
      }
      #expect(abs(value - loss) < 1e-11, "step \(step)")
      optimizer.update(&network, along: gradient)
    }
    for (layer, (weight, bias)) in zip(
      network.layers, zip(expected.weights, expected.biases))
    {
      #expect(zip(layer.weight.scalars, weight).allSatisfy { abs($0 - $1) < 1e-10 })
      #expect(zip(layer.bias.scalars, bias).allSatisfy { abs($0 - $1) < 1e-10 })
      #expect(layer.weight.count == weight.count && layer.bias.count == bias.count)
    }
  }

  @Test func `without momentum steps along the gradient and keeps no velocity`() {
    var optimizer = SGD<Tensor<Double>>(learningRate: 0.5)
    var point = Tensor([1.0, -2])
    optimizer.update(&point, along: Tensor([0.5, 4.0]))
    #expect(point == Tensor([0.75, -4]))
    #expect(optimizer.velocity == nil)
  }

  @Test func `with momentum multiplies the whole velocity by the learning rate`() {
    var optimizer = SGD<Tensor<Double>>(learningRate: 1, momentum: 0.5)
    var point = Tensor([0.0])
    optimizer.update(&point, along: Tensor([1.0]))
    optimizer.learningRate = 2
    optimizer.update(&point, along: Tensor([1.0]))
    // v₁ = 1, θ = −1; v₂ = 1.5, θ = −1 − 2 · 1.5.
    #expect(point.item == -4)
  }

  @Test func `stops at a momentum of one`() async {
    await #expect(processExitsWith: .failure) {
      _ = SGD<Tensor<Double>>(learningRate: 1, momentum: 1)
    }
  }
}
