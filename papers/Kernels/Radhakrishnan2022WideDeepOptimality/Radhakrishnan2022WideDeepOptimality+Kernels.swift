import Replication
import TrainingCore

// Kernels of infinitely wide networks. An activation φ with E φ(u)² = 1, u ~ N(0, 1), has the dual
// ψ(z) = E φ(u)φ(v), z the correlation of u and v; with φ = Σ cⱼhⱼ in orthonormal Hermite polynomials
// ψ(z) = Σ cⱼ² zʲ. A network of depth L has the Gaussian-process kernel ψ(ψ(… ψ(⟨x, x'⟩))).
extension Radhakrishnan2022WideDeepOptimality {
  enum Activation: String, Codable {
    /// The one whose singular kernel has the exponent d.
    case optimal
    /// h₂, whose dual has no linear term.
    case square
    /// φ with a mean: ψ = (1 + z + 2z⁴)/4, and without it: (z + 2z⁴)/3.
    case constant, unbiased
    case erf
    case relu
  }

  /// ψ.
  enum Dual {
    /// The coefficients of z⁰, z¹, …
    case polynomial([Double])
    /// arcsin(2z/3) / arcsin(2/3), the dual of the error function.
    case inverseSine

    init(_ activation: Activation, dimension: Int) {
      switch (activation, dimension) {
      case (.optimal, 2): self = .polynomial([0, 0.5, 0, 0, 0, 0, 0, 0.5])
      case (.optimal, _):
        // φ = 2^(−d/4) h₃ + √(1 − 2^(1−d/2)) h₂ + 2^(−d/4) h₁
        let odd = pow(2, -Double(dimension - 1) / 2)
        self = .polynomial([0, odd, 1 - 2 * odd, odd])
      case (.square, _): self = .polynomial([0, 0, 1])
      case (.constant, _): self = .polynomial([0.25, 0.25, 0, 0, 0.5])
      case (.unbiased, _): self = .polynomial([0, 1.0 / 3, 0, 0, 2.0 / 3])
      case (.erf, _): self = .inverseSine
      case (.relu, _): preconditionFailure("Dual: ReLU's kernel is the core's")
      }
    }

    /// ψ(z), at most one.
    func callAsFunction(_ z: Tensor<Double>) -> Tensor<Double> {
      let value: Tensor<Double>
      switch self {
      case .polynomial(let coefficients):
        var sum = Tensor(coefficients[coefficients.count - 1])
        for coefficient in coefficients.dropLast().reversed() {
          sum = coefficient == 0 ? sum * z : sum * z + coefficient
        }
        value = sum
      case .inverseSine: value = arcsine(z * (2.0 / 3)) / arcsine(Tensor(2.0 / 3))
      }
      return minimum(value, Tensor(1))
    }

    /// ψ'(0) and ψ'(1).
    var slopes: (atZero: Double, atOne: Double) {
      switch self {
      case .polynomial(let c):
        return (c[1], c.enumerated().reduce(0) { $0 + Double($1.offset) * $1.element })
      case .inverseSine:
        let rate = 2 / (3 * arcsine(Tensor(2.0 / 3)).item)
        return (rate, rate / (1 - 4.0 / 9).squareRoot())
      }
    }
  }

  /// The kernel at a depth of points with given inner products, none below zero.
  ///
  /// The kernel of h₂, z^(2^L), is given relative to the largest of its row.
  static func kernel(
    _ products: Tensor<Double>, _ activation: Activation, dimension: Int, depth: Int
  ) -> Tensor<Double> {
    let z = clamp(products, to: 0...1)
    // A few rows at a time, so that a layer stays in cache.
    let (rows, columns) = (z.shape[0], z.shape[1])
    let step = max(1, 16_384 / columns)
    let parts = stride(from: 0, to: rows, by: step).map { start in
      let part = z.rows(start..<min(start + step, rows))
      if activation == .square {
        let exponents = log(part) * pow(2, Double(depth))
        return exp(exponents - exponents.max(along: 1, keepingAxis: true))
      }
      let dual = Dual(activation, dimension: dimension)
      var values = part
      for layer in 0..<depth {
        values = dual(values)
        // Layers only scale what is far below one; see the departures.
        if layer % 100 == 99, values.max().item < 1e-150 { break }
      }
      return values
    }
    return Tensor.concatenated(parts)
  }

  /// The kernel between training points, whose diagonal is one.
  static func gram(
    _ products: Tensor<Double>, _ activation: Activation, dimension: Int, depth: Int,
    diagonal: Double = 1
  ) -> Tensor<Double> {
    let n = products.shape[0]
    var scalars = products.scalars
    for i in 0..<n { scalars[i * n + i] = 1 }
    var entries = kernel(
      Tensor(scalars, shape: [n, n]), activation, dimension: dimension, depth: depth
    ).scalars
    for i in 0..<n { entries[i * n + i] = diagonal }
    return Tensor(entries, shape: [n, n])
  }

  // The depth-L kernel near the diagonal, with ψ'(0)^−L taken out: 1/‖x − x'‖^α.
  static func slopes(_ setup: Setup) throws -> Outcome {
    var outcome = Outcome()
    let depth = setup.depths[0]
    let distances = Tensor((0...40).map { pow(10, -4 + Double($0) / 20) })
    let z = 1 - 0.5 * square(distances)
    let dual = Dual(setup.activation, dimension: setup.dimension)
    let (atZero, atOne) = dual.slopes
    let logarithms: Tensor<Double>
    if setup.activation == .square {
      logarithms = log1p(-0.5 * square(distances)) * pow(2, Double(depth))
    } else {
      let values = (0..<depth).reduce(z) { values, _ in dual(values) }
      logarithms = log(values) - Double(depth) * log(atZero)
    }
    for (distance, value) in zip(distances.scalars, logarithms.scalars) {
      outcome.logKernel.append(Nats(value), at: Distance(distance))
    }
    // Without a linear term the exponent is beyond all numbers.
    let exponent = atZero == 0 ? Ratio.diverged : Ratio(-2 * log(atZero) / log(atOne))
    outcome.exponent.append(exponent, at: Layers(depth))
    outcome.sphere.append(Ratio(setup.dimension - 1), at: Layers(depth))
    if case .polynomial(let coefficients) = dual {
      for (z, error) in try dualErrors(coefficients, dual) {
        outcome.dualError.append(Ratio(error), at: Correlation(z))
      }
    }
    return outcome
  }

  /// ψ(z) less E φ(u)φ(v) by quadrature, for φ = Σ √cⱼ hⱼ.
  private static func dualErrors(
    _ coefficients: [Double], _ dual: Dual
  ) throws -> [(z: Double, error: Double)] {
    let rule = try gaussHermite(40)
    let (nodes, weights) = (rule.nodes.scalars, rule.weights.scalars)
    func activation(_ u: Double) -> Double {
      // √(j+1) h_{j+1} = u h_j − √j h_{j−1}
      var (before, now, sum) = (0.0, 1.0, 0.0)
      for (j, coefficient) in coefficients.enumerated() {
        sum += coefficient.squareRoot() * now
        let order = Double(j)
        (before, now) = (now, (u * now - order.squareRoot() * before) / (order + 1).squareRoot())
      }
      return sum
    }
    return [0, 0.25, 0.5, 0.75, 1].map { z in
      let rest = (1 - z * z).squareRoot()
      var sum = 0.0
      for (u, a) in zip(nodes, weights) {
        for (v, b) in zip(nodes, weights) {
          sum += a * b * activation(u) * activation(z * u + rest * v)
        }
      }
      return (z, dual(Tensor(z)).item - sum)
    }
  }
}
