import Replication
import TrainingCore

// Random networks of finite width at one input with |x|²/n₀ = 1, so that z⁽¹⁾ ~ N(0, C_W) exactly.
// Given G_l = C_W mean_j σ(z_j⁽ˡ⁾)² the next preactivations are N(0, G_l): its fluctuations over
// networks are all that is not Gaussian.
extension Roberts2021PrinciplesDLTheory {
  /// Moments of z⁽ˡ⁾ and of G_l over the networks of a seed.
  static func ensemble(_ setup: Setup, in trial: Trial) -> Outcome {
    let width = setup.widths[0]
    var stream = trial.stream(.initialisation).child(width).child(setup.depth)
    var squares = [Double](repeating: 0, count: setup.depth)
    var first = squares
    var second = squares
    let blocks = blocks(of: setup.nets, width: width)
    for count in blocks {
      var z =
        stream.normal(shape: [count, 1, width], of: Float.self) * Float(sqrt(setup.weightVariance))
      for layer in 0..<setup.depth {
        if layer > 0 { z = next(z, setup, using: &stream) }
        squares[layer] += Double(z.sumOfSquares().item) / Double(width)
        let strengths = setup.nonlinearity(z).sumOfSquares(along: 2).scalars
        for strength in strengths {
          let value = setup.weightVariance * Double(strength) / Double(width)
          first[layer] += value
          second[layer] += value * value
        }
      }
    }
    var outcome = Outcome()
    let nets = Double(setup.nets)
    for layer in 0..<setup.depth {
      let place = Layers(layer + 1)
      let moment = second[layer] * nets / (first[layer] * first[layer])
      outcome.secondMoment.append(Ratio(squares[layer] / nets), at: place)
      outcome.moment.append(Ratio(moment), at: place)
      outcome.excess.append(Ratio(moment - 1), at: place)
      outcome.exponent.append(Ratio(Double(width) * log(moment) / Double(layer + 1)), at: place)
    }
    return outcome
  }

  /// The next layer's preactivations, with the stream kept where γ is not zero:
  /// z⁽ˡ⁺¹⁾ = γ z⁽ˡ⁾ + √(1 − γ²) W σ(z⁽ˡ⁾).
  private static func next(
    _ z: Tensor<Float>, _ setup: Setup, using stream: inout RandomStream
  ) -> Tensor<Float> {
    let (count, width) = (z.shape[0], z.shape[2])
    let weights = stream.normal(shape: [count, width, width], of: Float.self)
    let fresh = matmul(setup.nonlinearity(z), weights)
    let scale = sqrt(setup.weightVariance / Double(width))
    guard setup.skip > 0 else { return fresh * Float(scale) }
    return z * Float(sqrt(setup.skip)) + fresh * Float(sqrt(1 - setup.skip) * scale)
  }

  /// How many networks are worked on at once, so that a layer's weights stay near the processor.
  private static func blocks(of nets: Int, width: Int) -> [Int] {
    let size = max(1, 65_536 / (width * width))
    return stride(from: 0, to: nets, by: size).map { min(size, nets - $0) }
  }

  /// The mean neural tangent kernel of random networks at the one input, for each depth.
  ///
  /// With λ_b = 0 and λ_W = 1, Θ = Σ_l |δ⁽ˡ⁾|² |σ(z⁽ˡ⁻¹⁾)|²/n_{l−1}, where δ⁽ˡ⁾ = ∂f/∂z⁽ˡ⁾ and the
  /// input stands in the first layer's place.
  static func tangentKernels(_ setup: Setup, in trial: Trial) -> Outcome {
    let width = setup.widths[0]
    var outcome = Outcome()
    for depth in setup.depths {
      var stream = trial.stream(.initialisation).child(depth)
      var sum = 0.0
      for _ in 0..<setup.nets {
        sum += tangentKernel(setup, width: width, depth: depth, using: &stream)
      }
      outcome.tangentKernel.append(Ratio(sum / Double(setup.nets)), at: Layers(depth))
    }
    return outcome
  }

  /// Θ of one network with so many layers of weights.
  private static func tangentKernel(
    _ setup: Setup, width: Int, depth: Int, using stream: inout RandomStream
  ) -> Double {
    let σ = setup.nonlinearity
    let scale = Float(sqrt(setup.weightVariance / Double(width)))
    var preactivations = [
      stream.normal(shape: [1, width], of: Float.self) * Float(sqrt(setup.weightVariance))
    ]
    var weights: [Tensor<Float>] = []
    for layer in 1..<depth {
      let outputs = layer == depth - 1 ? 1 : width
      let drawn = stream.normal(shape: [width, outputs], of: Float.self) * scale
      preactivations.append(matmul(σ(preactivations[layer - 1]), drawn))
      weights.append(drawn)
    }
    var delta = Tensor<Float>(repeating: 1, shape: [1, 1])
    var kernel = 0.0
    for layer in (1..<depth).reversed() {
      let below = preactivations[layer - 1]
      let strength = Double(σ(below).sumOfSquares().item) / Double(width)
      kernel += Double(delta.sumOfSquares().item) * strength
      delta = matmul(delta, weights[layer - 1], transposingB: true) * σ.derivative(below)
    }
    return kernel + Double(delta.sumOfSquares().item)
  }
}
