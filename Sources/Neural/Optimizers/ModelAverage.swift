public import Tensors

/// A copy of a model that follows it at a distance: an exponential moving average of the parameters.
///
///     a ← m a + (1 − m) θ
///
/// Starts at the model itself, so that it has no bias to correct.
///
/// - Accuracy: computed as a + (1 − m)(θ − a).
public struct MovingAverage<Model: Parameterised>: Sendable {
  /// The average a.
  public private(set) var model: Model

  /// An average of one model.
  public init(of model: Model) { self.model = model }

  /// Takes in the model after a step.
  ///
  /// - Precondition: the momentum m is in [0, 1], and the model has the form of the first.
  public mutating func update(with other: Model, momentum: Double) {
    require((0...1).contains(momentum), "MovingAverage: the momentum \(momentum) is not in 0...1")
    let share = Model.Number(1 - momentum)
    model.forEachParameter(with: other) { $0.add($1 - $0, scaledBy: share) }
  }
}

/// The mean of a model at several moments of its training: stochastic weight averaging.
///
///     a ← a + (θ − a) / (n + 1)
///
/// - Source: Izmailov et al. 2018, arXiv 1803.05407, algorithm 1. Running statistics of batch
///   norms, which are no parameters, have to be taken anew for the average.
public struct EqualAverage<Model: Parameterised>: Sendable {
  /// The average a.
  public private(set) var model: Model

  /// How many models went in, n.
  public private(set) var count = 1

  /// An average of one model.
  public init(of model: Model) { self.model = model }

  /// Takes in the model at another moment.
  ///
  /// - Precondition: it has the form of the first.
  public mutating func update(with other: Model) {
    count += 1
    let share = Model.Number(1 / Double(count))
    model.forEachParameter(with: other) { $0.add($1 - $0, scaledBy: share) }
  }
}
