import TrainingCore

extension Tyurin2024LogisticToPerceptron {
  /// The five algorithms; each adds a weighted sum of the z_i to θ.
  enum Method: String, Codable, Hashable {
    case gradientDescent
    case batchPerceptron
    case perceptron
    case normalizedGradientDescent
    case normalizedBatchPerceptron
  }

  /// The iterates θ_t of an algorithm, from θ_0 = 0.
  struct Path {
    let samples: Samples
    let method: Method
    /// The step size γ; the perceptrons have none.
    let gamma: Double
    /// The weight of every sample in the batch perceptron's first step: 1/2 in the paper.
    let firstWeight: Double
    /// t.
    private(set) var step = 0
    /// θ_t.
    private(set) var theta: [Double]
    /// The margins z_iᵀθ_t.
    private(set) var margins: [Double]

    init(_ samples: Samples, by method: Method, gamma: Double, firstWeight: Double = 0.5) {
      self.samples = samples
      self.method = method
      self.gamma = gamma
      self.firstWeight = firstWeight
      theta = [Double](repeating: 0, count: samples.dimension)
      margins = [Double](repeating: 0, count: samples.count)
    }

    /// Whether θ_t separates the classes: every margin is strictly positive.
    var isSolved: Bool { step > 0 && margins.allSatisfy { $0 > 0 } }

    /// From θ_t to θ_{t+1}.
    mutating func advance() {
      let (scale, weights) = update()
      let sum = samples.sum(weighted: weights)
      for index in theta.indices { theta[index] += scale * sum[index] }
      margins = samples.margins(of: theta)
      step += 1
    }

    /// The factor and the weights of θ_{t+1} = θ_t + factor · Σ weight_i z_i.
    private func update() -> (factor: Double, weights: [Double]) {
      let n = Double(samples.count)
      switch method {
      case .gradientDescent:
        // θ ← θ − γ∇f(θ)
        return (gamma / n, misclassificationWeights)
      case .normalizedGradientDescent:
        // θ ← θ − γ β_t ∇f(θ), β_t = ((1/n) Σ s_i)⁻¹
        let weights = misclassificationWeights
        return (gamma / weights.reduce(0, +), weights)
      case .batchPerceptron:
        // θ̂ ← θ̂ + (1/n) Σ over S_t of z_i; the first step takes all at 1/2, as s_i(0) = 1/2
        if step == 0 { return (firstWeight / n, misclassified) }
        return (1 / n, misclassified)
      case .normalizedBatchPerceptron:
        // θ ← θ + (1/|S_t|) Σ over S_t of z_i
        let weights = misclassified
        return (1 / weights.reduce(0, +), weights)
      case .perceptron:
        // Any j ∈ S_t may be taken; the lowest makes it deterministic.
        var weights = [Double](repeating: 0, count: samples.count)
        if let j = margins.firstIndex(where: { $0 <= 0 }) { weights[j] = 1 }
        return (1, weights)
      }
    }

    /// s_i(θ) = 1 / (1 + exp(z_iᵀθ)).
    private var misclassificationWeights: [Double] { logistic(-Tensor(margins)).scalars }

    /// One for i ∈ S_t = {i : z_iᵀθ_t ≤ 0}, else zero.
    private var misclassified: [Double] { margins.map { $0 <= 0 ? 1 : 0 } }

    /// f(θ_t) = (1/n) Σ log(1 + exp(−z_iᵀθ_t)).
    var loss: Double { softplus(-Tensor(margins)).mean().item }

    /// ‖∇f(θ_t)‖ with ∇f = −(1/n) Σ s_i z_i.
    var gradientNorm: Double {
      let sum = samples.sum(weighted: misclassificationWeights)
      return sqrt(sum.reduce(0) { $0 + $1 * $1 }) / Double(samples.count)
    }
  }

  /// How far gradient descent is from its limit: ‖θ_t/γ − θ̂_t‖ / ‖θ̂_t‖ for t = 1, …, `steps`.
  ///
  /// - Source: Theorem 3.2, θ̂_t being the iterates of the batch perceptron.
  static func departures(
    of samples: Samples, gamma: Double, firstWeight: Double, steps: Int
  ) -> [Double] {
    var descent = Path(samples, by: .gradientDescent, gamma: gamma)
    var limit = Path(samples, by: .batchPerceptron, gamma: 1, firstWeight: firstWeight)
    return (0..<steps).map { _ in
      descent.advance()
      limit.advance()
      var (difference, length) = (0.0, 0.0)
      for (value, other) in zip(descent.theta, limit.theta) {
        difference += (value / gamma - other) * (value / gamma - other)
        length += other * other
      }
      return sqrt(difference / length)
    }
  }

  /// The number of iterations that the theorems grant on a set.
  struct Bounds {
    /// R²/μ²: Theorems 5.2 and 5.3.
    let perceptron: Double
    private let n: Double
    private let squaredMargin: Double

    /// The bounds of a set, whose margin is that of the hard-margin separation through the origin.
    init(_ samples: Samples) throws {
      let margin = try leastNormPoint(ofHullOf: samples.matrix).norm
      squaredMargin = margin * margin
      perceptron = samples.squaredRadius / squaredMargin
      n = Double(samples.count)
    }

    /// The bound of an algorithm.
    func steps(of method: Method, gamma: Double) -> Double {
      switch method {
      case .perceptron, .normalizedBatchPerceptron: perceptron
      case .batchPerceptron: n * perceptron  // Theorem 3.3
      case .gradientDescent, .normalizedGradientDescent:
        perceptron + 2 * log(2 * n - 1) / (gamma * squaredMargin)  // Theorem 6.1
      }
    }
  }
}
