import Tensors

/// The beta distribution: the regularised incomplete beta function and its inverse.
///
/// Student's t and the exact binomial interval are this function at other arguments, so this is the
/// one place where tail probabilities are computed.
public struct BetaDistribution: Hashable, Sendable {
  /// The first shape, often written a.
  public let a: Double
  /// The second shape, often written b.
  public let b: Double

  /// A beta distribution.
  ///
  /// - Precondition: both shapes are positive and finite.
  public init(_ a: Double, _ b: Double) {
    require(
      a > 0 && b > 0 && a.isFinite && b.isFinite,
      "BetaDistribution: the shapes \(a) and \(b) are not both positive and finite")
    self.a = a
    self.b = b
  }

  /// The probability of at most `x`: the regularised incomplete beta function.
  ///
  ///     I_x(a, b) = 1/B(a, b) · ∫₀ˣ t^(a−1) (1−t)^(b−1) dt
  ///
  /// - Accuracy: 1e-10 relative for shapes from 0.5 to 1e6, also deep in either tail.
  public func cumulative(_ x: Double) -> Double {
    require(x >= 0 && x <= 1, "BetaDistribution.cumulative: \(x) is not in [0, 1]")
    return lowerTail(x, complement: 1 - x)
  }

  /// The probability of more than `x`, accurate where it is small.
  ///
  /// - Accuracy: as for `cumulative`.
  public func survival(_ x: Double) -> Double {
    require(x >= 0 && x <= 1, "BetaDistribution.survival: \(x) is not in [0, 1]")
    return mirrored.lowerTail(1 - x, complement: x)
  }

  /// The number below which a share `probability` lies.
  ///
  /// - Accuracy: 1e-10 relative for shapes from 0.5 to 1e6 and probabilities from 1e-12.
  /// - Precondition: the probability lies in [1e-100, 1).
  public func quantile(_ probability: Double) -> Double {
    1 / (1 + exp(-logitQuantile(probability)))
  }

  /// The number above which a share `probability` lies.
  ///
  /// - Accuracy: as for `quantile`.
  /// - Precondition: the probability lies in [1e-100, 1).
  public func quantile(upperTail probability: Double) -> Double {
    1 / (1 + exp(mirrored.logitQuantile(probability)))
  }
}

extension BetaDistribution {
  /// The distribution of one minus the number.
  var mirrored: BetaDistribution { BetaDistribution(b, a) }

  /// I_x(a, b), given x and 1 − x, each to full relative precision.
  func lowerTail(_ x: Double, complement y: Double) -> Double {
    guard x > 0 else { return 0 }
    guard y > 0 else { return 1 }
    guard x < (a + 1) / (a + b + 2) else { return 1 - mirrored.fraction(y, complement: x) }
    return fraction(x, complement: y)
  }

  /// x^a y^b / B(a, b), by the saddle-point form, which loses no digits at large shapes.
  ///
  /// - Source: Loader, "Fast and accurate computation of binomial probabilities" (2000), with the
  ///   count of trials replaced by a real number.
  func kernel(_ x: Double, complement y: Double) -> Double {
    let n = a + b
    let exponent =
      stirlingError(n) - stirlingError(a) - stirlingError(b)
      - deviance(a, from: n * x) - deviance(b, from: n * y)
    return (a / n * b / (2 * Double.pi)).squareRoot() * exp(exponent)
  }

  /// I_x(a, b) by its continued fraction, for x below about the mean.
  ///
  /// - Source: DLMF 8.17.22, evaluated by Lentz's method as modified by Thompson and Barnett.
  private func fraction(_ x: Double, complement y: Double) -> Double {
    let front = kernel(x, complement: y) / a
    guard front > 0 else { return 0 }
    let tiny = 1e-300
    func kept(_ value: Double) -> Double { value.magnitude < tiny ? tiny : value }
    var c = 1.0
    var d = 1 / kept(1 - (a + b) * x / (a + 1))
    var h = d
    var m = 1.0
    // About the square root of the larger shape many steps are needed.
    while m < 100_000 {
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      d = 1 / kept(1 + even * d)
      c = kept(1 + even / c)
      h *= d * c
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      d = 1 / kept(1 + odd * d)
      c = kept(1 + odd / c)
      let change = d * c
      h *= change
      if (change - 1).magnitude < 1e-16 { break }
      m += 1
    }
    return front * h
  }

  /// log(x / (1 − x)) at the number below which a share `probability` lies.
  func logitQuantile(_ probability: Double) -> Double {
    require(
      probability >= 1e-100 && probability < 1,
      "BetaDistribution.quantile: the probability \(probability) is not in [1e-100, 1)")
    guard probability <= 0.5 else { return -mirrored.logitQuantile(1 - probability) }
    let target = log(probability)
    // The logarithm of the distribution function is concave in the logit, so that Newton's method
    // comes in from the left; the bracket guards the first steps.
    let start = log(a / b) + normalQuantile(probability) * (1 / a + 1 / b).squareRoot()
    return increasingRoot(from: start) { logit in
      let x = 1 / (1 + exp(-logit))
      let y = 1 / (1 + exp(logit))
      let tail = lowerTail(x, complement: y)
      return (value: log(tail) - target, slope: kernel(x, complement: y) / tail)
    }
  }
}
