public import Tensors

/// Gradient descent with momentum.
///
///     g ← g + λ θ                    (decay in the gradient)
///     v ← μ v + g
///     θ ← (1 − η λ) θ                (decoupled decay)
///     θ ← θ − η v, or, by Nesterov, θ − η (g + μ v)
///
/// The velocity starts at zero; the learning rate multiplies the whole velocity, so a change of η
/// acts at once on steps already gathered (the convention of PyTorch).
public struct SGD<Model: Parameterised>: Optimizer {
  /// The learning rate η, which a schedule may change between steps.
  public var learningRate: Double

  /// The momentum μ, in [0, 1).
  public let momentum: Double

  /// Whether a step looks ahead along the velocity.
  public let isNesterov: Bool

  /// How parameters are drawn towards zero.
  public var decay: WeightDecay

  /// Which parameters take which settings.
  public let groups: ParameterGroups

  /// The velocity v; nil before the first step, and always where μ is zero.
  public private(set) var velocity: Model?

  private var settings: [ParameterSettings] = []

  /// An optimizer at rest.
  ///
  /// - Precondition: 0 ≤ momentum < 1, above 0 for Nesterov; the decay is not negative.
  /// - Parameters:
  ///   - learningRate: η.
  ///   - momentum: μ.
  ///   - isNesterov: Whether a step looks ahead along the velocity.
  ///   - decay: How parameters are drawn towards zero.
  ///   - groups: Which parameters take which settings.
  public init(
    learningRate: Double, momentum: Double = 0, isNesterov: Bool = false,
    decay: WeightDecay = .none, groups: ParameterGroups = .alike
  ) {
    require(
      (0..<1).contains(momentum), "SGD: expected a momentum in [0, 1), got \(momentum)")
    require(!isNesterov || momentum > 0, "SGD: Nesterov's step needs a momentum above 0")
    decay.check("SGD")
    self.learningRate = learningRate
    self.momentum = momentum
    self.isNesterov = isNesterov
    self.decay = decay
    self.groups = groups
  }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape.
  @inlinable
  public mutating func update(_ model: inout Model, along gradient: Model) {
    guard isPlain else { return updateParameters(of: &model, along: gradient) }
    let step = Model.Number(-learningRate)
    let direction = momentum > 0 ? advance(along: gradient) : gradient
    model.forEachParameter(with: direction) { $0.add($1, scaledBy: step) }
  }

  /// Whether all parameters take the same step along the velocity.
  @usableFromInline var isPlain: Bool { !isNesterov && decay == .none && groups.areAlike }

  /// Moves the velocity, in place where nobody else holds it.
  @usableFromInline
  mutating func advance(along gradient: Model) -> Model {
    guard var moving = velocity else {
      velocity = gradient
      return gradient
    }
    velocity = nil
    let kept = Model.Number(momentum)
    moving.forEachParameter(with: gradient) { v, g in
      v *= kept
      v += g
    }
    velocity = moving
    return moving
  }

  /// The step with decay, by Nesterov, or in groups.
  @usableFromInline
  mutating func updateParameters(of model: inout Model, along gradient: Model) {
    if settings.isEmpty { settings = groups.settings(of: model) }
    let settings = settings
    var gradient = gradient
    var index = 0
    gradient.forEachParameter(with: model) { g, parameter in
      let penalty = decay.penalty(times: settings[index].decayFactor)
      if penalty != 0 { g.add(parameter, scaledBy: Model.Number(penalty)) }
      index += 1
    }
    var direction = momentum > 0 ? advance(along: gradient) : gradient
    if isNesterov {
      let kept = Model.Number(momentum)
      direction.forEachParameter(with: gradient) { v, g in
        v *= kept
        v += g
      }
    }
    index = 0
    model.forEachParameter(with: direction) { parameter, d in
      let own = settings[index]
      index += 1
      if own.isFrozen { return }
      let rate = learningRate * own.rateFactor
      let kept = decay.kept(at: rate, times: own.decayFactor)
      if kept != 1 { parameter *= Model.Number(kept) }
      parameter.add(d, scaledBy: Model.Number(-rate))
    }
  }

  /// Saves the velocity.
  public func save(in checkpoint: inout Checkpoint, as name: String) {
    checkpoint.save(list: velocity?.parameters ?? [], as: "\(name).velocity")
  }

  /// Takes over the velocity that was saved, for a model of the same form.
  public mutating func restore(
    from checkpoint: Checkpoint, as name: String, for model: Model
  ) throws(CheckpointError) {
    let saved = try checkpoint.tensors("\(name).velocity", like: model.parameters)
    velocity = saved.isEmpty ? nil : model.replacingParameters(saved)
  }
}
