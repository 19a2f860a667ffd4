import TrainingCore

/// Updates of optimizers, and gradients of single examples.
let trainingCases: [String: @Sendable () -> (() -> Void)] = [
  "adamw-1e7": {
    var parameters = drawn([10_000_000])
    let gradient = drawn([10_000_000])
    var optimizer = Adam<Tensor<Float>>(learningRate: 1e-3, decay: .decoupled(0.01))
    return { optimizer.update(&parameters, along: gradient) }
  },
  "per-example-lenet": {
    let model = LeNet()
    let x = drawn([64, 1, 28, 28])
    let labels = (0..<64).map { $0 % 10 }
    return {
      _ = perExampleGradients(at: model) { crossEntropies(logits: $0(x), labels: labels) }
    }
  },
]

/// LeCun's convolutional network of 1998, with ReLU and maximum pooling.
struct LeNet: Parameterised {
  var filters = [0.2 * drawn([6, 1, 5, 5]), 0.1 * drawn([16, 6, 5, 5])]
  var offsets = [Tensor<Float>(zeros: [6, 1, 1]), Tensor(zeros: [16, 1, 1])]
  var layers = [(400, 120), (120, 84), (84, 10)].map { inputs, outputs in
    Linear(weight: 0.1 * drawn([inputs, outputs]), bias: Tensor(zeros: [outputs]))
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
    let first = relu(convolution(x, filters[0], Convolution(padding: 2)) + offsets[0])
    let second = relu(
      convolution(maximumPooling(first, Window(2)), filters[1], Convolution()) + offsets[1])
    let features = maximumPooling(second, Window(2)).reshaped(to: [x.shape[0], 400])
    let hidden = layers[1](layers[0](features, activation: .relu), activation: .relu)
    return layers[2](hidden)
  }

  mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
    filters.forEachParameter(body)
    offsets.forEachParameter(body)
    layers.forEachParameter(body)
  }
}
