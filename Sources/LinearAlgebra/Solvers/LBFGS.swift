public import Tensors

/// A local minimum of a smooth function, by L-BFGS with a strong Wolfe line search.
///
/// The result is certified by its gradient: no entry is larger than the tolerance. A function with
/// kinks may have no such point; `decrease` then also accepts a point where the value stands still.
///
/// - Accuracy: the gradient's largest entry is at most `tolerance`.
/// - Source: Nocedal and Wright, Numerical Optimization, algorithms 7.4, 7.5 and 3.5; the bracket
///   is narrowed by safeguarded cubic interpolation.
/// - Precondition: the gradient has the shape of the start, `memory` is above zero.
/// - Parameters:
///   - start: Where to begin: any shape.
///   - tolerance: The largest entry of the gradient accepted.
///   - decrease: Where given, also ends when one step, or a line search that fails, lowers the value
///     by no more than this.
///   - memory: How many steps are remembered.
///   - iterations: How many steps may be taken.
///   - function: The value and the gradient at a point; a value that is not finite repels.
/// - Returns: The point and its certificate.
/// - Throws: `LinearAlgebraError.nonFinite` where the start has no finite value, `.notConverged`
///   where the steps run out or rounding stops them first.
public func minimize(
  from start: Tensor<Double>, tolerance: Double = 1e-8, decrease: Double? = nil, memory: Int = 10,
  iterations: Int = 1000,
  _ function: (Tensor<Double>) -> (value: Double, gradient: Tensor<Double>)
) throws(LinearAlgebraError) -> Minimum {
  require(memory > 0, "minimize: a memory of \(memory) steps")
  return try withoutActuallyEscaping(function) { function throws(LinearAlgebraError) in
    var search = WolfeSearch(function)
    var point = start.detached
    var here = function(point)
    require(
      here.gradient.shape == point.shape,
      "minimize: a gradient of \(here.gradient.shape) at a point of \(point.shape)")
    guard here.value.isFinite, here.gradient.isFinite else {
      throw .nonFinite(operation: "minimize")
    }
    var history = QuasiNewton(memory: memory)
    for iteration in 0...iterations {
      func end(_ reason: Minimum.Reason) -> Minimum {
        Minimum(
          point: point, value: here.value, gradient: here.gradient, iterations: iteration,
          evaluations: search.evaluations + 1, reason: reason)
      }
      if largestSize(here.gradient) <= tolerance { return end(.gradient) }
      if iteration == iterations { break }
      let direction = history.direction(here.gradient)
      let first = history.isEmpty ? min(1, 1 / abs(here.gradient).sum().item) : 1
      guard let (next, slope) = search.search(from: point, here, along: direction, first: first)
      else {
        if !history.isEmpty {
          history.forget()
          continue
        }
        if decrease != nil { return end(.decrease) }
        break
      }
      history.remember(step: next - point, change: slope.gradient - here.gradient)
      let fall = here.value - slope.value
      (point, here) = (next, slope)
      if let decrease, fall <= decrease { return end(.decrease) }
    }
    throw .notConverged(
      operation: "minimize", iterations: iterations, residual: largestSize(here.gradient),
      tolerance: tolerance)
  }
}

/// The last steps and changes of gradient: an approximate inverse Hessian.
private struct QuasiNewton {
  let memory: Int
  private var pairs: [(step: Tensor<Double>, change: Tensor<Double>, curvature: Double)] = []

  init(memory: Int) { self.memory = memory }

  var isEmpty: Bool { pairs.isEmpty }

  mutating func forget() { pairs = [] }

  mutating func remember(step: Tensor<Double>, change: Tensor<Double>) {
    let curvature = inner(step, change)
    guard curvature > 0, curvature.isFinite else { return }
    if pairs.count == memory { pairs.removeFirst() }
    pairs.append((step, change, curvature))
  }

  /// −H g by the two-loop recursion.
  func direction(_ gradient: Tensor<Double>) -> Tensor<Double> {
    var q = gradient
    var weights: [Double] = []
    for pair in pairs.reversed() {
      let weight = inner(pair.step, q) / pair.curvature
      q -= weight * pair.change
      weights.append(weight)
    }
    if let last = pairs.last { q *= last.curvature / inner(last.change, last.change) }
    for (pair, weight) in zip(pairs, weights.reversed()) {
      q += (weight - inner(pair.change, q) / pair.curvature) * pair.step
    }
    return -q
  }
}
