import Tensors

/// What Stirling's formula leaves out of the logarithm of the gamma function.
///
///     δ(z) = log Γ(z + 1) − (z + ½) log z + z − ½ log 2π
///
/// - Accuracy: about 1e-16 absolute from z = 0.5 on.
func stirlingError(_ z: Double) -> Double {
  var z = z
  var shift = 0.0
  while z < 16 {
    // δ(z) = δ(z + 1) + (z + ½) log(1 + 1/z) − 1
    shift += (z + 0.5) * log1p(1 / z) - 1
    z += 1
  }
  let inverse = 1 / (z * z)
  let series =
    1.0 / 12
    - inverse
    * (1.0 / 360
      - inverse
      * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse * (1.0 / 1188 - inverse * 691 / 360_360))))
  return shift + series / z
}

/// How far a number is from its expectation, as the exponent of a Poisson or binomial mass.
///
///     D(x, m) = x log(x / m) + m − x
///
/// - Source: Loader (2000); near x = m a series avoids the cancellation.
func deviance(_ x: Double, from mean: Double) -> Double {
  guard mean > 0 else { return x == 0 ? 0 : .infinity }
  let difference = x - mean
  guard difference.magnitude < 0.1 * (x + mean) else {
    return x * log(x / mean) - difference
  }
  // x log(x/m) = 2x artanh(v) with v = (x − m)/(x + m).
  let v = difference / (x + mean)
  var power = 2 * x * v
  var sum = difference * v
  var odd = 3.0
  while true {
    power *= v * v
    let next = sum + power / odd
    if next == sum { return sum }
    sum = next
    odd += 2
  }
}

/// The root of an increasing function, by Newton's method inside a bracket.
///
/// - Parameters:
///   - start: Where to look first.
///   - function: The value, which may be infinite, and the slope.
/// - Returns: The root, to the last bits.
func increasingRoot(
  from start: Double, of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var lower = -Double.infinity
  var upper = Double.infinity
  var point = start
  var stride = 1.0
  for _ in 0..<300 {
    let (value, slope) = function(point)
    if value == 0 { return point }
    if value < 0 { lower = point } else { upper = point }
    var next = point - value / slope
    if !(next > lower && next < upper) {
      if lower.isFinite && upper.isFinite {
        next = lower + (upper - lower) / 2
      } else {
        next = value < 0 ? point + stride : point - stride
        stride *= 2
      }
    }
    if (next - point).magnitude <= 2e-16 * max(1, point.magnitude) { return next }
    point = next
  }
  return point
}
