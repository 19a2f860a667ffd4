public import Tensors

/// Gradient descent with momentum.
///
///     v ← μ v + g
///     θ ← θ − η v
///
/// The velocity starts at zero; the learning rate multiplies the whole velocity, so a change of η
/// acts at once on steps already gathered (the convention of PyTorch).
public struct SGD<Model: Parameterised>: Sendable {
  /// The learning rate η, which a schedule may change between steps.
  public var learningRate: Double

  /// The momentum μ, in [0, 1).
  public let momentum: Double

  /// The velocity v; nil before the first step, and always where μ is zero.
  public private(set) var velocity: Model?

  /// An optimizer at rest.
  ///
  /// - Precondition: 0 ≤ momentum < 1.
  public init(learningRate: Double, momentum: Double = 0) {
    require(
      (0..<1).contains(momentum), "SGD: expected a momentum in [0, 1), got \(momentum)")
    self.learningRate = learningRate
    self.momentum = momentum
  }

  /// Takes one step along the gradient of the loss.
  ///
  /// - Precondition: `gradient` has the parameters of `model`, shape by shape.
  @inlinable
  public mutating func update(_ model: inout Model, along gradient: Model) {
    let step = Model.Number(-learningRate)
    let direction = momentum > 0 ? advance(along: gradient) : gradient
    model.forEachParameter(with: direction) { $0.add($1, scaledBy: step) }
  }

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
}
