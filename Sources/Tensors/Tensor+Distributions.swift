internal import CKernels

// Functions of distributions, applied to every entry or to one number.

/// The chance that a standard normal number is below each entry.
///
/// - Accuracy: 3 ULP, in the lower tail too.
public func normalDistribution<E>(_ x: Tensor<E>) -> Tensor<E> {
  x.mapped(CK_NORMAL_CDF, .normalDistribution)
}

/// The chance that a standard normal number is above each entry.
///
/// - Accuracy: 3 ULP, in the upper tail too.
public func normalTail<E>(_ x: Tensor<E>) -> Tensor<E> { normalDistribution(-x) }

/// The density of the standard normal distribution at every entry.
public func normalDensity<E>(_ x: Tensor<E>) -> Tensor<E> {
  exp(square(x) * -0.5) * E(0.3989422804014327)  // 1 / √(2π)
}

/// The number below which a standard normal draw falls with the probability of each entry.
///
/// - Source: Wichura, Algorithm AS 241 (1988), routine PPND16.
/// - Accuracy: 4 ULP.
public func normalQuantile<E>(_ p: Tensor<E>) -> Tensor<E> {
  p.mapped(CK_NORMAL_QUANTILE, .normalQuantile)
}

/// The logarithm of the gamma function of every entry; NaN below zero.
///
/// - Accuracy: 40 units of 2⁻⁵³, relative where the value is above one or the entry near 1 or 2.
public func logGamma<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_LOG_GAMMA, .logGamma) }

/// The derivative of ``logGamma(_:)`` at every entry; NaN below zero.
///
/// - Accuracy: 10 units of 2⁻⁵³, relative where the value is above one.
/// - Gradient: once.
public func digamma<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_DIGAMMA, .digamma) }

/// The derivative of ``digamma(_:)`` at every entry; NaN below zero.
///
/// - Accuracy: 12 ULP.
/// - Gradient: none; it stops the program.
public func trigamma<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_TRIGAMMA, .trigamma) }

/// The chance that a standard normal number is below `x`.
///
/// - Accuracy: 3 ULP, in the lower tail too.
public func normalDistribution<E: Scalar>(_ x: E) -> E { normalDistribution(Tensor(x)).item }

/// The logarithm of the gamma function of `x`; NaN below zero.
///
/// - Accuracy: 40 units of 2⁻⁵³, relative where the value is above one or `x` near 1 or 2.
public func logGamma<E: Scalar>(_ x: E) -> E { logGamma(Tensor(x)).item }
