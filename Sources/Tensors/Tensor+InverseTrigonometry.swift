// The inverse sine and cosine, composed of other operations, so that they are equal at every level.

/// The inverse sine, in [−π/2, π/2]; not a number beyond ±1.
///
/// - Accuracy: 4 ULP for `Double`, tested against libm; `Float` likewise in its own unit.
/// - Gradient: 1 / √(1 − x²), infinite at ±1.
public func arcsine<E>(_ x: Tensor<E>) -> Tensor<E> {
  let parts = InverseSine(x.detached)
  let magnitude = choose(where: parts.isLarge, E(Double.pi / 2) - 2 * parts.sine, else: parts.sine)
  return differentiable(sign(x.detached) * magnitude, of: [x]) { gradient, inputs in
    [gradient / sqrt((1 - inputs[0]) * (1 + inputs[0]))]
  }
}

/// The inverse cosine, in [0, π]; not a number beyond ±1.
///
/// - Accuracy: 4 ULP for `Double`, tested against libm, near 1 too; `Float` likewise in its own
///   unit.
/// - Gradient: −1 / √(1 − x²), infinite at ±1.
public func arccosine<E>(_ x: Tensor<E>) -> Tensor<E> {
  let z = x.detached
  let parts = InverseSine(z)
  let near = 2 * parts.sine
  let far = choose(where: z.isGreater(than: Tensor(0)), near, else: E(Double.pi) - near)
  let middle = E(Double.pi / 2) - sign(z) * parts.sine
  let value = choose(where: parts.isLarge, far, else: middle)
  return differentiable(value, of: [x]) { gradient, inputs in
    [-(gradient / sqrt((1 - inputs[0]) * (1 + inputs[0])))]
  }
}

/// The inverse sine of |x| where that is at most a half, else of √((1 − |x|)/2): the half of the
/// inverse cosine.
private struct InverseSine<E: Scalar> {
  let isLarge: Tensor<E>
  let sine: Tensor<E>

  init(_ x: Tensor<E>) {
    let size = abs(x)
    isLarge = size.isGreater(than: Tensor(0.5))
    let u = choose(where: isLarge, 0.5 * (1 - size), else: square(size))
    let s = choose(where: isLarge, sqrt(u), else: size)
    var series = Tensor(E(inverseSineSeries[0]))
    for coefficient in inverseSineSeries.dropFirst() {
      series = series * u + E(coefficient)
    }
    sine = multiplyAdd(s, u * series, s)
  }
}

/// The polynomial p of least error in arcsin s = s + s³ p(s²) for s² in [0, 1/4], by descending
/// powers; p is off by at most 1.5e-17, the inverse sine by a quarter of that times s.
private let inverseSineSeries: [Double] = [
  0.028757851367421566, -0.014851887071247204, 0.01740087944269402, 0.005457506718640358,
  0.01032281435018578, 0.011479177415184906, 0.013971212973552933, 0.017352392720869973,
  0.02237217294214989, 0.030381944138531247, 0.04464285714635543, 0.07499999999998433,
  0.16666666666666669,
]
