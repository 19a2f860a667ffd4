import Tensors

/// Student's t distribution.
public struct StudentT: Hashable, Sendable {
  /// How many independent differences the spread was estimated from, often written ν.
  public let degreesOfFreedom: Double

  /// The distribution of a mean over its standard error.
  ///
  /// - Precondition: the degrees of freedom are at least 1 and finite.
  public init(degreesOfFreedom: Double) {
    require(
      degreesOfFreedom >= 1 && degreesOfFreedom.isFinite,
      "StudentT: \(degreesOfFreedom) degrees of freedom are not at least 1 and finite")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The probability of at most `t`.
  ///
  /// - Accuracy: 1e-10 relative, also deep in the lower tail, up to 1e6 degrees of freedom.
  public func cumulative(_ t: Double) -> Double { t > 0 ? 1 - upperTail(t) : upperTail(-t) }

  /// The probability of more than `t`.
  ///
  ///     P(T > t) = ½ I_x(ν/2, ½),  x = ν / (ν + t²),  t ≥ 0
  ///
  /// - Accuracy: 1e-10 relative, also deep in the upper tail, up to 1e6 degrees of freedom.
  public func upperTail(_ t: Double) -> Double {
    guard t >= 0 else { return 1 - upperTail(-t) }
    // The ratio stays finite where t² does not.
    let ratio = t / degreesOfFreedom.squareRoot()
    let x = ratio > 1e150 ? 1 / ratio / ratio : 1 / (1 + ratio * ratio)
    let y = ratio > 1e150 ? 1 : ratio * ratio / (1 + ratio * ratio)
    return squares.lowerTail(x, complement: y) / 2
  }

  /// The number below which a share `probability` lies.
  ///
  /// - Accuracy: as for `quantile(upperTail:)`, of which it is the mirror image.
  public func quantile(_ probability: Double) -> Double {
    probability > 0.5
      ? quantile(upperTail: 1 - probability) : -quantile(upperTail: probability)
  }

  /// The number above which a share `probability` lies.
  ///
  /// - Accuracy: 1e-10 relative for probabilities from 1e-12 and up to 1e6 degrees of freedom.
  /// - Precondition: the probability lies in [1e-100, 1 − 1e-16].
  public func quantile(upperTail probability: Double) -> Double {
    require(
      probability >= 1e-100 && probability < 1,
      "StudentT.quantile: the probability \(probability) is not in [1e-100, 1)")
    guard probability <= 0.5 else { return -quantile(upperTail: 1 - probability) }
    guard probability < 0.5 else { return 0 }
    // In the tail solve for the tail, near the centre for what lies between 0 and t.
    let logit =
      probability <= 0.25
      ? squares.logitQuantile(2 * probability)
      : -squares.mirrored.logitQuantile(2 * (0.5 - probability))
    return degreesOfFreedom.squareRoot() * exp(-logit / 2)
  }

  /// The distribution of ν / (ν + t²).
  private var squares: BetaDistribution { BetaDistribution(degreesOfFreedom / 2, 0.5) }
}
