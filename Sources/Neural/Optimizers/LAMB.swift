public import Tensors

/// Adam with a step per tensor that is in proportion to the tensor's own norm.
///
///     m ← β₁ m + (1 − β₁) g,  v ← β₂ v + (1 − β₂) g²
///     r = (m / (1 − β₁ᵗ)) / (√(v / (1 − β₂ᵗ)) + ε)
///     u = r + λ θ
///     θ ← θ − η (‖θ‖ / ‖u‖) u
///
/// The ratio of norms is one where either is zero. The paper's bounds on ‖θ‖ are left out (φ is the
/// identity).
///
/// - Source: You et al. 2020, arXiv 1904.00962, algorithm 2.
public struct LAMB<Model: Parameterised>: Optimizer {
  /// The learning rate η, which a schedule may change between steps.
  public var learningRate: Double

  /// How much of the mean (β₁) and of the mean square (β₂) is kept in a step.
  public let betas: (Double, Double)

  /// What keeps the divisor from zero, ε.
  public let epsilon: Double

  /// The weight decay λ, a part of the step u.
  public var decay: Double

  /// Which parameters take which settings.
  public let groups: ParameterGroups

  /// The number of steps taken, t.
  public private(set) var step = 0

  /// The running means m, parameter by parameter; empty before the first step.
  public private(set) var means: [Tensor<Model.Number>] = []

  /// The running mean squares v, parameter by parameter; empty before the first step.
  public private(set) var squares: [Tensor<Model.Number>] = []

  private var settings: [ParameterSettings] = []

  /// An optimizer at rest.
  ///
  /// - Precondition: 0 ≤ β < 1, ε and the decay are not negative.
  public init(
    learningRate: Double, betas: (Double, Double) = (0.9, 0.999), epsilon: Double = 1e-6,
    decay: Double = 0, groups: ParameterGroups = .alike
  ) {
    checkMoments("LAMB", betas, epsilon)
    require(decay >= 0, "LAMB: expected a weight decay of 0 or more, got \(decay)")
    self.learningRate = learningRate
    self.betas = betas
    self.epsilon = epsilon
    self.decay = decay
    self.groups = groups
  }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape.
  public mutating func update(_ model: inout Model, along gradient: Model) {
    typealias Number = Model.Number
    if settings.isEmpty { settings = groups.settings(of: model) }
    if step == 0 { (means, squares) = (gradient.zeros, gradient.zeros) }
    step += 1
    let first = Number(1 / (1 - power(betas.0, step)))
    let second = Number(1 / (1 - power(betas.1, step)))
    var index = 0
    model.forEachParameter(with: gradient) { parameter, g in
      let own = settings[index]
      defer { index += 1 }
      if own.isFrozen { return }
      means[index] *= Number(betas.0)
      means[index].add(g, scaledBy: Number(1 - betas.0))
      squares[index] *= Number(betas.1)
      squares[index].add(square(g), scaledBy: Number(1 - betas.1))
      var u = means[index] * first / (sqrt(squares[index] * second) + Number(epsilon))
      let decay = decay * own.decayFactor
      if decay != 0 { u.add(parameter, scaledBy: Number(decay)) }
      let norms = (parameter.sumOfSquares().item.squareRoot(), u.sumOfSquares().item.squareRoot())
      let trust = norms.0 > 0 && norms.1 > 0 ? norms.0 / norms.1 : 1
      parameter.add(u, scaledBy: Number(-learningRate * own.rateFactor) * trust)
    }
  }

  /// Saves the moments and the count of steps.
  public func save(in checkpoint: inout Checkpoint, as name: String) {
    checkpoint.save([step], as: "\(name).step")
    checkpoint.save(list: means, as: "\(name).means")
    checkpoint.save(list: squares, as: "\(name).squares")
  }

  /// Takes over the moments and the count of steps that were saved.
  public mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError) {
    let step = try checkpoint.integer("\(name).step")
    let means = try checkpoint.tensors("\(name).means", like: model.parameters)
    let squares = try checkpoint.tensors("\(name).squares", like: model.parameters)
    (self.step, self.means, self.squares) = (step, means, squares)
  }
}
