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
  public mutating func update(_ model: inout Model, along gradient: Model) {
    let step = Model.Number(-learningRate)
    guard momentum > 0 else {
      model.forEachParameter(with: gradient) { $0.add($1, scaledBy: step) }
      return
    }
    if var moving = velocity {
      velocity = nil
      let kept = Model.Number(momentum)
      moving.forEachParameter(with: gradient) { v, g in
        v *= kept
        v += g
      }
      velocity = moving
    } else {
      velocity = gradient
    }
    guard let velocity else { return }
    model.forEachParameter(with: velocity) { $0.add($1, scaledBy: step) }
  }
}
