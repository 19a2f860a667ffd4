/// A root of a continuous function between two points where its signs differ, by Brent's method.
///
/// - Accuracy: the function changes its sign within `tolerance` (and 4 ulp) of the result.
/// - Source: Brent, Algorithms for Minimization without Derivatives (1973), ch. 4.
/// - Precondition: the tolerance is not negative.
/// - Parameters:
///   - interval: Where to look.
///   - tolerance: The distance accepted.
///   - iterations: How often the function may be computed.
///   - function: The function.
/// - Returns: The root.
/// - Throws: `LinearAlgebraError.noSignChange` where both ends have one sign, `.nonFinite` where the
///   function is NaN, `.notConverged` where the interval stays wider.
public func root(
  in interval: ClosedRange<Double>, tolerance: Double = 0, iterations: Int = 1000,
  of function: (Double) -> Double
) throws(LinearAlgebraError) -> Double {
  var (a, b) = (interval.lowerBound, interval.upperBound)
  var (fa, fb) = (function(a), function(b))
  if fa.isNaN || fb.isNaN { throw .nonFinite(operation: "root") }
  if fa == 0 { return a }
  if fb == 0 { return b }
  guard (fa < 0) != (fb < 0) else {
    throw .noSignChange(lower: interval.lowerBound, upper: interval.upperBound)
  }
  // b is the best point, c lies on the other side of the root, a is the point before b.
  var (c, fc) = (a, fa)
  var (step, before) = (b - a, b - a)
  for _ in 0..<iterations {
    if (fb < 0) == (fc < 0) {
      (c, fc) = (a, fa)
      (step, before) = (b - a, b - a)
    }
    if abs(fc) < abs(fb) { (a, fa, b, fb, c, fc) = (b, fb, c, fc, b, fb) }
    let width = 2 * Double.ulpOfOne * abs(b) + tolerance / 2
    let half = (c - b) / 2
    if abs(half) <= width || fb == 0 { return b }
    var (p, q) = (0.0, 0.0)
    if abs(before) >= width && abs(fa) > abs(fb) {
      let s = fb / fa
      if a == c {
        (p, q) = (2 * half * s, 1 - s)
      } else {
        let (u, r) = (fa / fc, fb / fc)
        p = s * (2 * half * u * (u - r) - (b - a) * (r - 1))
        q = (u - 1) * (r - 1) * (s - 1)
      }
      if p > 0 { q = -q } else { p = -p }
    }
    if 2 * p < min(3 * half * q - abs(width * q), abs(before * q)) {
      (before, step) = (step, p / q)
    } else {
      (before, step) = (half, half)
    }
    (a, fa) = (b, fb)
    b += abs(step) > width ? step : half > 0 ? width : -width
    fb = function(b)
    if fb.isNaN { throw .nonFinite(operation: "root") }
  }
  throw .notConverged(
    operation: "root", iterations: iterations, residual: abs(c - b), tolerance: tolerance)
}
