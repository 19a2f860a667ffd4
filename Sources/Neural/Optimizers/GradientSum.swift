public import Tensors

/// Gradients of micro-batches, gathered into that of their union.
///
///     Σ wᵢ gᵢ / Σ wᵢ
///
/// With mean losses and the number of examples as weights, this is the gradient of the mean over all
/// of them.
public struct GradientSum<Model: Parameterised>: Sendable {
  /// The weighted sum so far; nil before the first.
  public private(set) var sum: Model?

  /// The sum of the weights.
  public private(set) var weight = 0.0

  /// Nothing yet.
  public init() {}

  /// Adds a gradient.
  ///
  /// - Precondition: the weight is above 0, and the gradient has the form of those before.
  public mutating func add(_ gradient: Model, weight: Double = 1) {
    require(weight > 0, "GradientSum: expected a weight above 0, got \(weight)")
    self.weight += weight
    let factor = Model.Number(weight)
    guard var moving = sum else {
      sum = weight == 1 ? gradient : gradient.scaled(by: factor)
      return
    }
    sum = nil
    moving.forEachParameter(with: gradient) { $0.add($1, scaledBy: factor) }
    sum = moving
  }

  /// The weighted mean.
  ///
  /// - Precondition: a gradient was added.
  public var mean: Model {
    guard let sum else { fatalError("GradientSum: there is no gradient yet") }
    return weight == 1 ? sum : sum.scaled(by: Model.Number(1 / weight))
  }
}
