public import Tensors

/// A minimum of a convex function, by Newton's method with a line search.
///
/// Where the Hessian is not positive definite to working precision, a multiple of the unit matrix is
/// added until it is.
///
/// - Accuracy: the gradient's largest entry is at most `tolerance`.
/// - Source: Nocedal and Wright, Numerical Optimization, §3.4 (algorithm 3.3 for the multiple).
/// - Precondition: the start is a vector of n entries, gradients are [n] and Hessians [n, n].
/// - Parameters:
///   - start: Where to begin: [n].
///   - tolerance: The largest entry of the gradient accepted.
///   - iterations: How many steps may be taken.
///   - function: The value and the gradient at a point; a value that is not finite repels.
///   - hessian: The Hessian at a point; its upper half is not read.
/// - Returns: The point and its certificate.
/// - Throws: `LinearAlgebraError.nonFinite` where the start has no finite value or a Hessian is not
///   finite, `.notConverged` where the steps run out or rounding stops them first.
public func minimizeByNewton(
  from start: Tensor<Double>, tolerance: Double = 1e-10, iterations: Int = 100,
  _ function: (Tensor<Double>) -> (value: Double, gradient: Tensor<Double>),
  hessian: (Tensor<Double>) -> Tensor<Double>
) throws(LinearAlgebraError) -> Minimum {
  require(start.rank == 1, "minimizeByNewton: a start of shape \(start.shape) is no vector")
  return try withoutActuallyEscaping(function) { function throws(LinearAlgebraError) in
    var search = WolfeSearch(function)
    var point = start.detached
    var here = function(point)
    require(
      here.gradient.shape == point.shape,
      "minimizeByNewton: a gradient of \(here.gradient.shape) at a point of \(point.shape)")
    guard here.value.isFinite, here.gradient.isFinite else {
      throw .nonFinite(operation: "minimizeByNewton")
    }
    for iteration in 0...iterations {
      if largestSize(here.gradient) <= tolerance {
        return Minimum(
          point: point, value: here.value, gradient: here.gradient, iterations: iteration,
          evaluations: search.evaluations + 1, reason: .gradient)
      }
      if iteration == iterations { break }
      let direction = -(try solveDefinite(hessian(point), here.gradient))
      guard let (next, slope) = search.search(from: point, here, along: direction, first: 1)
      else { break }
      (point, here) = (next, slope)
    }
    throw .notConverged(
      operation: "minimizeByNewton", iterations: iterations, residual: largestSize(here.gradient),
      tolerance: tolerance)
  }
}

/// The solution with as small a multiple of the unit matrix added as makes the matrix definite.
private func solveDefinite(
  _ a: Tensor<Double>, _ b: Tensor<Double>
) throws(LinearAlgebraError) -> Tensor<Double> {
  guard a.isFinite else { throw .nonFinite(operation: "minimizeByNewton") }
  let n = b.count
  let size = (0..<n).reduce(0) { max($0, abs(a[$1, $1])) }
  var shift = 0.0
  while true {
    do throws(LinearAlgebraError) {
      return try solvePositiveDefinite(a.addingToDiagonal(shift), b)
    } catch {
      guard shift < 1e3 * max(size, 1) else { throw error }
      shift = max(10 * shift, 1e-14 * max(size, Double.leastNormalMagnitude))
    }
  }
}

extension Tensor<Double> {
  /// The matrix with one number added to each diagonal entry.
  func addingToDiagonal(_ shift: Double) -> Tensor {
    guard shift != 0 else { return self }
    let n = shape[0]
    var sum = scalars
    for i in 0..<n { sum[i * n + i] += shift }
    return Tensor(sum, shape: shape)
  }
}
