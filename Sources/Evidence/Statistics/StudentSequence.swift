import Tensors

/// A confidence sequence for the mean of normal readings whose spread is not known.
///
/// Its intervals hold for all numbers of seeds at once: the chance that any of them ever misses the
/// mean is at most `level`. One may therefore look after every seed and stop when the answer is in,
/// which the Student interval does not allow.
///
///     E_n(μ) = N^{−1/2} · ((S² + n(x̄ − μ)²) / (S² + n(x̄ − μ)²/N))^{n/2},  N = 1 + n g
///     h_n = (s/√n) · √((n − 1)(K − 1) / (1 − K/N)),  K = (N/α²)^{1/n}
///
/// with S² = (n − 1)s². The interval x̄ ± h_n holds the means at which E_n is below 1/α; it is the
/// whole line while K is not below N.
///
/// - Source: Lai (1976); Wang and Ramdas (2023), arXiv 2310.03722.
public struct StudentSequence: Hashable, Sendable {
  /// The chance α of ever missing the mean.
  public let level: Double
  /// The variance g of the prior on the mean, in units of the spread: greater ones give finite
  /// intervals sooner, lesser ones are tighter later.
  public let mixture: Double

  /// A sequence of a level.
  ///
  /// - Precondition: the level lies in (0, 1), and the mixture is positive and finite.
  public init(level: Double, mixture: Double = 1) {
    require(
      level > 0 && level < 1 && mixture > 0 && mixture.isFinite,
      "StudentSequence: level \(level) or mixture \(mixture) is out of range")
    self.level = level
    self.mixture = mixture
  }

  /// Half the width of the interval in units of the spread s; infinite while nothing can be said.
  ///
  /// - Accuracy: 1e-12 relative.
  public func reach(of count: Int) -> Double {
    guard count > 1 else { return .infinity }
    let n = Double(count)
    let room = 1 + n * mixture
    let exponent = (log(room) - 2 * log(level)) / n
    // K − 1 and 1 − K/N, where K comes near 1 for many seeds.
    let excess = expm1(exponent)
    let rest = -expm1(exponent - log(room))
    guard rest > 0 else { return .infinity }
    return ((n - 1) * excess / (rest * n)).squareRoot()
  }

  /// The evidence against a mean: a number that exceeds 1/α ever with a chance of at most α if that
  /// is the mean.
  ///
  /// - Parameters:
  ///   - distance: How far the readings' mean is from it, in units of the spread s.
  ///   - count: How many readings there are, at least two.
  /// - Returns: E, which is 1/α at the ends of the interval.
  public func evidence(against distance: Double, count: Int) -> Double {
    require(count > 1, "StudentSequence.evidence: \(count) readings have no spread")
    let n = Double(count)
    let room = 1 + n * mixture
    let square = n * distance * distance / (n - 1)
    return exp(n / 2 * (log1p(square) - log1p(square / room)) - log(room) / 2)
  }
}
