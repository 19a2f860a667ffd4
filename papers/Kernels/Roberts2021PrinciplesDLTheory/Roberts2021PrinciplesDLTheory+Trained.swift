import Replication
import TrainingCore

// Networks trained on a few points (chapters 10 and 11): at infinite width every algorithm ends at
// f(x) = f₀(x) + Θ_{xA} Θ_{AA}⁻¹ (y − f₀(A)), with the tangent kernel Θ of the start; at finite width
// Θ itself moves. Tanh at its critical point C_W = 1, C_b = 0.
extension Roberts2021PrinciplesDLTheory {
  /// A network whose weights are standard normal at the start and scaled where they act, so that
  /// ∂f/∂W has the learning-rate tensor λ_W/n with λ_W = C_W = 1 in it.
  struct Network: Parameterised {
    var weights: [Tensor<Float>]
    let nonlinearity: Nonlinearity
    /// What the output is multiplied with; 1 as usual.
    let outputScale: Float

    init(
      inputs: Int, width: Int, hidden: Int, _ nonlinearity: Nonlinearity, outputScale: Double,
      using stream: inout RandomStream
    ) {
      let widths = [inputs] + Array(repeating: width, count: hidden) + [1]
      weights = []
      for (from, to) in zip(widths, widths.dropFirst()) {
        weights.append(stream.normal(shape: [from, to]))
      }
      self.nonlinearity = nonlinearity
      self.outputScale = Float(outputScale)
    }

    /// The outputs [n] of inputs [n, n₀].
    func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> {
      var z = x
      for (layer, weight) in weights.enumerated() {
        let a = layer == 0 ? z : nonlinearity(z)
        z = matmul(a, weight) * (1 / Float(weight.shape[0]).squareRoot())
      }
      return z.reshaped(to: [x.shape[0]]) * outputScale
    }

    mutating func forEachParameter(_ body: (inout Tensor<Float>) -> Void) {
      for index in weights.indices { body(&weights[index]) }
    }

    /// The tangent kernel between all pairs of some inputs, and the outputs there.
    func tangentKernel(_ x: Tensor<Float>) -> (kernel: Tensor<Double>, outputs: Tensor<Double>) {
      let count = x.shape[0]
      let (outputs, gradients) = perExampleGradients(at: self) { $0(x) }
      var kernel = Tensor<Double>(zeros: [count, count])
      for gradient in gradients {
        let rows = gradient.reshaped(to: [count, gradient.count / count])
        kernel += Tensor(converting: matmul(rows, rows, transposingB: true))
      }
      return (kernel, Tensor(converting: outputs))
    }
  }

  /// A few inputs with |x|² = n₀, and standard normal targets for the first of them.
  struct Points {
    static let inputs = 16
    static let trained = 6
    let x: Tensor<Float>
    let targets: Tensor<Float>

    init(tested: Int, in trial: Trial) {
      var stream = trial.stream(.data)
      targets = stream.normal(shape: [Self.trained])
      let drawn = stream.normal(shape: [Self.trained + tested, Self.inputs], of: Float.self)
      x = drawn * Float(Self.inputs).squareRoot() / drawn.norm(along: 1, keepingAxis: true)
    }

    /// The inputs that are trained on.
    var first: Tensor<Float> { x.rows(0..<Self.trained) }
  }

  /// How far the tangent kernel of the trained points moves, for each width.
  static func kernelChange(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let points = Points(tested: 0, in: trial)
    var outcome = Outcome()
    for width in setup.widths {
      let start = network(setup, width: width, "own", in: trial)
      let before = start.tangentKernel(points.first).kernel
      let end = try train(start, on: points, setup, kernel: before, to: 1e-4, in: trial)
      guard let end else {
        outcome.kernelChange.append(.diverged, at: Units(width))
        continue
      }
      let after = end.tangentKernel(points.first).kernel
      let change = sqrt((after - before).sumOfSquares().item / before.sumOfSquares().item)
      outcome.kernelChange.append(Ratio(change), at: Units(width))
    }
    return outcome
  }

  /// How far trained networks end from the kernel's prediction, and from that of another network.
  static func kernelPrediction(_ setup: Setup, in trial: Trial) throws -> Outcome {
    let points = Points(tested: 20, in: trial)
    var outcome = Outcome()
    for width in setup.widths {
      let start = network(setup, width: width, "own", in: trial)
      let other = network(setup, width: width, "other", in: trial)
      let kernel = start.tangentKernel(points.first).kernel
      let end = try train(start, on: points, setup, kernel: kernel, to: 1e-8, in: trial)
      for (series, origin) in [(\Outcome.kernelGap, start), (\Outcome.otherKernelGap, other)] {
        guard let end else {
          outcome[keyPath: series].append(.diverged, at: Units(width))
          continue
        }
        let ends = Tensor<Double>(converting: end(points.x)).rows(
          Points.trained..<points.x.shape[0])
        let gap = sqrt((ends - (try prediction(of: origin, points))).sumOfSquares().item)
        outcome[keyPath: series].append(
          Ratio(gap / sqrt(Double(ends.count))), at: Units(width))
      }
    }
    return outcome
  }

  /// f₀(x) + Θ_{xA} Θ_{AA}⁻¹ (y − f₀(A)) at the points that were not trained on.
  private static func prediction(of network: Network, _ points: Points) throws -> Tensor<Double> {
    let (kernel, outputs) = network.tangentKernel(points.x)
    let (trained, all) = (0..<Points.trained, points.x.shape[0])
    let rows = kernel.rows(Points.trained..<all).sliced(along: 1, trained)
    let residual = Tensor<Double>(converting: points.targets) - outputs.rows(trained)
    let weights = try solvePositiveDefinite(
      kernel.rows(trained).sliced(along: 1, trained), residual)
    return outputs.rows(Points.trained..<all)
      + matmul(rows, weights.reshaped(to: [weights.count, 1])).reshaped(to: [all - Points.trained])
  }

  private static func network(
    _ setup: Setup, width: Int, _ name: String, in trial: Trial
  ) -> Network {
    var stream = trial.stream(.initialisation).child(name).child(width)
    let scale = setup.outputWidth == 0 ? 1 : sqrt(Double(setup.outputWidth) / Double(width))
    return Network(
      inputs: Points.inputs, width: width, hidden: setup.depth, setup.nonlinearity,
      outputScale: scale, using: &stream)
  }

  /// Trains on ½Σ(f − y)² with the step .5/λmax(Θ₀) until the mean squared error is small enough.
  ///
  /// Batches of half of the points are weighted by two. Momentum is μ = .9 at 1 − μ of the step, so
  /// that in the long run it moves as far as descent does.
  ///
  /// - Returns: The network, or nil where the error was not reached in 20 000 steps.
  private static func train(
    _ start: Network, on points: Points, _ setup: Setup, kernel: Tensor<Double>, to error: Double,
    in trial: Trial
  ) throws -> Network? {
    let greatest = try symmetricEigenvalues(kernel).scalars[Points.trained - 1]
    var network = start
    let momentum = setup.algorithm == .momentum ? 0.9 : 0
    var optimizer = SGD<Network>(
      learningRate: 0.5 * (1 - momentum) / greatest, momentum: momentum)
    var batches = ShuffledBatches(
      count: Points.trained, size: Points.trained / 2, using: trial.stream(.shuffling))
    let (x, y) = (points.first, points.targets)
    for _ in 0..<20_000 {
      if setup.algorithm == .stochastic {
        let residual = network(x) - y
        if Double(residual.sumOfSquares().item) <= error * Double(y.count) { return network }
        for _ in 0..<2 {
          let batch = batches.next() ?? []
          let slope = gradient(at: network) { network in
            (network(x.gathered(rows: batch)) - y.gathered(rows: batch)).sumOfSquares()
          }
          optimizer.update(&network, along: slope)
        }
      } else {
        let (loss, slope) = valueWithGradient(at: network) { network in
          (network(x) - y).sumOfSquares() * 0.5
        }
        if 2 * Double(loss) <= error * Double(y.count) { return network }
        optimizer.update(&network, along: slope)
      }
    }
    return nil
  }
}
