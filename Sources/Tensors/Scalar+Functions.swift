internal import CKernels

// Functions of one number, by the kernels that also serve tensors: the same bits, and never libm.
// Bounds are for Double; a Float result is the Double one rounded, 0.5001 ULP at most.

/// The exponential of `x`.
///
/// - Accuracy: 1 ULP.
public func exp<E: Scalar>(_ x: E) -> E { mapped(x, CK_EXP) }

/// The exponential of `x` less one, accurate near zero.
///
/// - Accuracy: 1 ULP.
public func expm1<E: Scalar>(_ x: E) -> E { mapped(x, CK_EXPM1) }

/// The natural logarithm of `x`; NaN below zero.
///
/// - Accuracy: 1 ULP.
public func log<E: Scalar>(_ x: E) -> E { mapped(x, CK_LOG) }

/// The natural logarithm of `1 + x`, accurate near zero.
///
/// - Accuracy: 1 ULP.
public func log1p<E: Scalar>(_ x: E) -> E { mapped(x, CK_LOG1P) }

/// The hyperbolic tangent of `x`.
///
/// - Accuracy: 2 ULP.
public func tanh<E: Scalar>(_ x: E) -> E { mapped(x, CK_TANH) }

/// The sine of `x` radians, for any finite `x`.
///
/// - Accuracy: 1 ULP.
public func sin<E: Scalar>(_ x: E) -> E { mapped(x, CK_SIN) }

/// The cosine of `x` radians, for any finite `x`.
///
/// - Accuracy: 1 ULP.
public func cos<E: Scalar>(_ x: E) -> E { mapped(x, CK_COS) }

/// The error function of `x`.
///
/// - Accuracy: 1 ULP.
public func erf<E: Scalar>(_ x: E) -> E { mapped(x, CK_ERF) }

/// The square root of `x`, correctly rounded; NaN below zero.
public func sqrt<E: Scalar>(_ x: E) -> E { x.squareRoot() }

/// The logistic function of `x`.
///
///     1 / (1 + exp(-x))
///
/// - Accuracy: 2 ULP.
public func logistic<E: Scalar>(_ x: E) -> E { mapped(x, CK_LOGISTIC) }

/// The softplus of `x`, accurate at both ends.
///
///     log(1 + exp(x))
///
/// - Accuracy: 2 ULP.
public func softplus<E: Scalar>(_ x: E) -> E { mapped(x, CK_SOFTPLUS) }

/// The number below which a standard normal draw falls with probability `p`.
///
/// - Source: Wichura, Algorithm AS 241 (1988), routine PPND16.
/// - Accuracy: 4 ULP.
public func normalQuantile<E: Scalar>(_ p: E) -> E { mapped(p, CK_NORMAL_QUANTILE) }

/// `x` to the power of `y`, with the special cases of IEEE 754.
///
/// - Accuracy: 1 ULP.
public func pow<E: Scalar>(_ x: E, _ y: E) -> E {
  Kernels.prepare()
  return switch E.kind {
  case .float: E(ck_power1f(Float(x), Float(y)))
  case .double: E(ck_power1d(Double(x), Double(y)))
  }
}

private func mapped<E: Scalar>(_ x: E, _ operation: ck_map_op) -> E {
  Kernels.prepare()
  return switch E.kind {
  case .float: E(ck_map1f(operation, Float(x)))
  case .double: E(ck_map1d(operation, Double(x)))
  }
}
