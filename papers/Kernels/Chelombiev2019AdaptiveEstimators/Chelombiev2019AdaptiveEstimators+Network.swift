import Replication
import TrainingCore

extension Chelombiev2019AdaptiveEstimators {
  /// A network 12-10-7-5-4-3-2 with one activation in all hidden layers.
  struct Network: Parameterised {
    var layers: [Linear<Float>]
    let activation: Nonlinearity

    init(_ activation: Nonlinearity, using stream: RandomStream) {
      self.activation = activation
      let widths = [12, 10, 7, 5, 4, 3, 2]
      // Twice the scale where the activation does not saturate.
      let gain: Float = activation == .tanh ? 1 : 2
      var stream = stream
      layers = zip(widths, widths.dropFirst()).map { inputs, outputs in
        let drawn: Tensor<Float> = stream.truncatedNormal(in: -2...2, shape: [inputs, outputs])
        return Linear(
          weight: drawn * (gain / Float(inputs).squareRoot()), bias: Tensor(zeros: [outputs]))
      }
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      layers.forEachParameter(body)
    }

    /// The activations of all hidden layers, and the logits last.
    func responses(_ x: Tensor<Float>) -> [Tensor<Float>] {
      var responses: [Tensor<Float>] = []
      var input = x
      for layer in layers.dropLast() {
        input =
          switch activation {
          case .tanh: layer(input, activation: .tanh)
          case .relu: layer(input, activation: .relu)
          case .elu: elu(layer(input))
          case .softplus: softplus(layer(input))
          case .swish: silu(layer(input))
          }
        responses.append(input)
      }
      return responses + [layers[layers.count - 1](input)]
    }
  }

  /// Adam with the constants of its paper.
  ///
  ///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
  ///     θ ← θ − η √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)
  ///
  /// - Source: Kingma and Ba 2015, arXiv 1412.6980, the form at the end of section 2.
  struct Adam {
    let rate: Double
    private var first: Tensor<Float>
    private var second: Tensor<Float>
    private var powers = (first: 1.0, second: 1.0)

    init(_ network: Network, rate: Double) {
      self.rate = rate
      first = Tensor(zeros: [network.parameterCount])
      second = first
    }

    mutating func update(_ network: inout Network, along gradient: Network) {
      powers = (powers.first * 0.9, powers.second * 0.999)
      let step = Float(-rate * (1 - powers.second).squareRoot() / (1 - powers.first))
      let g = gradient.flattened
      first *= 0.9
      first.add(g, scaledBy: 0.1)
      second *= 0.999
      second.add(square(g), scaledBy: 0.001)
      var parameters = network.flattened
      parameters.add(first / (sqrt(second) + 1e-8), scaledBy: step)
      network = network.unflattened(parameters)
    }
  }

  /// What was seen of a network at an epoch.
  struct Glimpse {
    let epoch: Int
    /// The activations of the hidden layers for all codes, and the softmax outputs.
    let layers: [Tensor<Float>]
    let guesses: [Int]
  }

  /// Trains a network and looks at it at the epochs asked for.
  static func glimpses(
    _ setup: Setup, _ codes: Codes, training: [Int], initialisation: RandomStream
  ) -> [Glimpse] {
    var network = Network(setup.activation, using: initialisation)
    var optimizer = Adam(network, rate: 0.0004)
    // The published code keeps its batches: slices of the training set, the last one shorter.
    let batches = stride(from: 0, to: training.count, by: 256).map { start in
      let part = Array(training[start..<min(start + 256, training.count)])
      return (inputs: codes.inputs.gathered(rows: part), labels: part.map { codes.labels[$0] })
    }
    let epochs = epochs(of: setup)
    var glimpses: [Glimpse] = []
    for epoch in 0...setup.epochs {
      if epoch > 0 && setup.trains {
        for batch in batches {
          let step = gradient(at: network) { network in
            softmaxCrossEntropy(
              logits: network.responses(batch.inputs)[network.layers.count - 1],
              labels: batch.labels)
          }
          optimizer.update(&network, along: penalized(step, at: network, by: setup.penalty))
        }
      }
      if epochs.contains(epoch) {
        var layers = network.responses(codes.inputs)
        let logits = layers.removeLast()
        layers.append(softmax(logits))
        glimpses.append(
          Glimpse(epoch: epoch, layers: layers, guesses: logits.argmaxAlongRows()))
      }
    }
    return glimpses
  }

  /// The gradient with that of λ Σ ½‖W‖² over all layers but the last.
  private static func penalized(
    _ gradient: Network, at network: Network, by penalty: Double
  ) -> Network {
    guard penalty > 0 else { return gradient }
    var gradient = gradient
    for index in gradient.layers.indices.dropLast() {
      gradient.layers[index].weight.add(network.layers[index].weight, scaledBy: Float(penalty))
    }
    return gradient
  }

  /// Epoch 0 and others up to the last, evenly on a logarithmic scale.
  static func epochs(of setup: Setup) -> [Int] {
    guard setup.epochs > 0 else { return [0] }
    let count = setup.estimates - 1
    let chosen = (0..<count).map { index in
      Int(pow(Double(setup.epochs), Double(index) / Double(count - 1)).rounded())
    }
    return ([0] + chosen).reduce(into: []) { if $0.last != $1 { $0.append($1) } }
  }
}
