public import Tensors

// Models as vectors: sums, differences and mixtures, parameter by parameter.

extension Parameterised {
  /// Every parameter times a number.
  public func scaled(by factor: Number) -> Self {
    var model = self
    model.forEachParameter { $0 = $0 * factor }
    return model
  }

  /// The sum with a multiple of another model: θ + c φ.
  ///
  /// - Precondition: both have the same tensors, shape by shape.
  public func adding(_ other: Self, scaledBy factor: Number = 1) -> Self {
    var model = self
    model.forEachParameter(with: other) { $0.add($1, scaledBy: factor) }
    return model
  }

  /// The difference from another model, θ − φ: a task vector, where φ is what θ was trained from.
  ///
  /// - Precondition: both have the same tensors, shape by shape.
  public func subtracting(_ other: Self) -> Self { adding(other, scaledBy: -1) }

  /// The point of the line to another model: (1 − t) θ + t φ, the ends to the bit.
  ///
  /// - Precondition: both have the same tensors, shape by shape.
  public func interpolated(to other: Self, at t: Double) -> Self {
    if t == 0 { return self }
    if t == 1 { return other }
    var model = self
    let (near, far) = (Number(1 - t), Number(t))
    model.forEachParameter(with: other) { x, y in
      x = x * near
      x.add(y, scaledBy: far)
    }
    return model
  }
}

/// The weighted mean of models: Σ wᵢ θᵢ / Σ wᵢ, in the order given.
///
/// - Precondition: there is a model, they have the same tensors, and the weights, equal unless told,
///   are as many and do not sum to zero.
public func average<Model: Parameterised>(
  of models: [Model], weights: [Double]? = nil
) -> Model {
  let weights = weights ?? models.map { _ in 1 }
  require(
    !models.isEmpty && weights.count == models.count,
    "average: \(models.count) models and \(weights.count) weights")
  let total = weights.reduce(0, +)
  require(total != 0, "average: the weights sum to zero")
  var result = models[0].scaled(by: Model.Number(weights[0] / total))
  for (model, weight) in zip(models, weights).dropFirst() {
    result = result.adding(model, scaledBy: Model.Number(weight / total))
  }
  return result
}

/// A loss along the line between two models, and how far it rises above the line between its ends.
///
///     barrier = max over t of L((1 − t) θ + t φ) − ((1 − t) L(θ) + t L(φ))
///
/// - Source: Frankle et al. 2020, arXiv 1912.05671, §2, which compares with the mean of the ends;
///   with the chord, as here, a slope alone makes no barrier (Entezari et al. 2022, arXiv 2110.06296).
/// - Precondition: there are at least two intervals.
/// - Parameters:
///   - first: θ.
///   - last: φ.
///   - intervals: How many equal intervals the line is cut into.
///   - loss: L, or an error.
/// - Throws: what the loss throws.
/// - Returns: L at each cut from θ to φ, and the barrier: 0 at least, that of the ends.
public func lossBarrier<Model: Parameterised, Failure: Error>(
  from first: Model, to last: Model, intervals: Int = 10,
  of loss: (Model) throws(Failure) -> Double
) throws(Failure) -> (path: [Double], barrier: Double) {
  require(intervals >= 2, "lossBarrier: expected two intervals at least, got \(intervals)")
  var path: [Double] = []
  for cut in 0...intervals {
    path.append(try loss(first.interpolated(to: last, at: Double(cut) / Double(intervals))))
  }
  var barrier = 0.0
  for (cut, value) in path.enumerated().dropFirst().dropLast() {
    let t = Double(cut) / Double(intervals)
    let rise = value - ((1 - t) * path[0] + t * path[intervals])
    // Not a number is the greatest.
    if !(rise <= barrier) { barrier = rise }
  }
  return (path, barrier)
}
