public import Tensors

/// Steps along the gradient, each parameter's divided by the root of a running mean square.
///
///     g ← g + λ θ                    (decay in the gradient)
///     v ← α v + (1 − α) g²
///     u ← μ u + g / (√v + ε)
///     θ ← (1 − η λ) θ                (decoupled decay)
///     θ ← θ − η u
///
/// v and u start at zero, without a correction for it, and ε stands outside the root: PyTorch's form.
/// TensorFlow's has ε inside the root.
///
/// - Source: Tieleman and Hinton 2012, lecture 6.5; momentum as in Graves 2013, arXiv 1308.0850.
public struct RMSprop<Model: Parameterised>: Optimizer {
  /// The learning rate η, which a schedule may change between steps.
  public var learningRate: Double

  /// How much of the mean square is kept in a step, α.
  public let kept: Double

  /// The momentum μ, in [0, 1).
  public let momentum: Double

  /// What keeps the divisor from zero, ε.
  public let epsilon: Double

  /// How parameters are drawn towards zero.
  public var decay: WeightDecay

  /// Which parameters take which settings.
  public let groups: ParameterGroups

  /// The running mean squares v, parameter by parameter; empty before the first step.
  public private(set) var squares: [Tensor<Model.Number>] = []

  /// The velocities u; empty before the first step, and always where μ is zero.
  public private(set) var velocities: [Tensor<Model.Number>] = []

  private var settings: [ParameterSettings] = []

  /// An optimizer at rest.
  ///
  /// - Precondition: α and μ are in [0, 1), ε and the decay are not negative.
  public init(
    learningRate: Double, keeping kept: Double = 0.99, momentum: Double = 0,
    epsilon: Double = 1e-8, decay: WeightDecay = .none, groups: ParameterGroups = .alike
  ) {
    checkMoments("RMSprop", (momentum, kept), epsilon)
    decay.check("RMSprop")
    self.learningRate = learningRate
    self.kept = kept
    self.momentum = momentum
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
    if squares.isEmpty {
      squares = gradient.zeros
      if momentum > 0 { velocities = gradient.zeros }
    }
    var index = 0
    model.forEachParameter(with: gradient) { parameter, g in
      let own = settings[index]
      defer { index += 1 }
      if own.isFrozen { return }
      var g = g
      let penalty = decay.penalty(times: own.decayFactor)
      if penalty != 0 { g.add(parameter, scaledBy: Number(penalty)) }
      squares[index] *= Number(kept)
      squares[index].add(square(g), scaledBy: Number(1 - kept))
      var direction = g / (sqrt(squares[index]) + Number(epsilon))
      if momentum > 0 {
        velocities[index] *= Number(momentum)
        velocities[index] += direction
        direction = velocities[index]
      }
      let rate = learningRate * own.rateFactor
      let kept = decay.kept(at: rate, times: own.decayFactor)
      if kept != 1 { parameter *= Number(kept) }
      parameter.add(direction, scaledBy: Number(-rate))
    }
  }

  /// Saves mean squares and velocities.
  public func save(in checkpoint: inout Checkpoint, as name: String) {
    checkpoint.save(list: squares, as: "\(name).squares")
    checkpoint.save(list: velocities, as: "\(name).velocities")
  }

  /// Takes over the mean squares and velocities that were saved.
  public mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError) {
    let squares = try checkpoint.tensors("\(name).squares", like: model.parameters)
    let velocities = try checkpoint.tensors("\(name).velocities", like: model.parameters)
    (self.squares, self.velocities) = (squares, velocities)
  }
}
