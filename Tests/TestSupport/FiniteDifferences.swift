public import Tensors

/// The gradient by central differences of fourth order, to compare a derivative rule with.
///
///     (8 f(x+h) − 8 f(x−h) − f(x+2h) + f(x−2h)) / 12h
///
/// - Accuracy: about 1e-9 of the function's size, for functions of order one.
public func finiteDifferences(
  at point: Tensor<Double>, step: Double = 1e-3, of function: (Tensor<Double>) -> Double
) -> Tensor<Double> {
  var slopes: [Double] = []
  for index in 0..<point.count {
    func value(_ offset: Double) -> Double {
      var scalars = point.scalars
      scalars[index] += offset * step
      return function(Tensor(scalars, shape: point.shape))
    }
    slopes.append((8 * (value(1) - value(-1)) - (value(2) - value(-2))) / (12 * step))
  }
  return Tensor(slopes, shape: point.shape)
}

/// The greatest difference between a function's gradient and its finite differences, relative to
/// the greatest slope or 1.
public func gradientError(
  at point: Tensor<Double>, step: Double = 1e-3, of function: (Tensor<Double>) -> Tensor<Double>
) -> Double {
  let slopes = gradient(at: point, of: function)
  let expected = finiteDifferences(at: point, step: step) { function($0).item }
  let scale = expected.scalars.reduce(1) { Swift.max($0, Swift.abs($1)) }
  return greatestDifference(slopes, expected) / scale
}

/// The greatest difference between the entries of two tensors of one shape; infinite where one is
/// not finite or the shapes differ.
public func greatestDifference<E>(_ left: Tensor<E>, _ right: Tensor<E>) -> Double {
  guard left.shape == right.shape else { return .infinity }
  var greatest = 0.0
  for (a, b) in zip(left.scalars, right.scalars) where a != b {
    guard a.isFinite, b.isFinite else { return .infinity }
    greatest = Swift.max(greatest, Double(Swift.abs(a - b)))
  }
  return greatest
}
