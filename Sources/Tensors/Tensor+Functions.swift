internal import CKernels

// Functions applied to every entry; bounds as for single numbers.

extension Tensor {
  /// The negative of every entry.
  public static prefix func - (x: Tensor) -> Tensor { x.mapped(CK_NEGATE, .negate) }

  func mapped(_ kernel: ck_map_op, _ operation: Operation) -> Tensor {
    Tensor(shape: shape) { target in
      withPointer { ck_map(Self.type, kernel, count, $0, target) }
    }.recorded(operation, self)
  }
}

/// The absolute value of every entry.
public func abs<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_ABSOLUTE, .absolute) }

/// The square root of every entry.
public func sqrt<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_SQUARE_ROOT, .squareRoot) }

/// Every entry above zero, and zero in place of the others; NaN stays.
///
/// - Gradient: zero at zero.
public func relu<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_RELU, .relu) }

/// The exponential of every entry.
public func exp<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_EXP, .exp) }

/// The exponential of every entry less one, accurate near zero.
public func expm1<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_EXPM1, .expm1) }

/// The natural logarithm of every entry.
public func log<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_LOG, .log) }

/// The natural logarithm of one plus every entry, accurate near zero.
public func log1p<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_LOG1P, .log1p) }

/// The hyperbolic tangent of every entry.
public func tanh<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_TANH, .tanh) }

/// The logistic function of every entry: `1 / (1 + exp(-x))`.
public func logistic<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_LOGISTIC, .logistic) }

/// The logistic function of every entry: `1 / (1 + exp(-x))`.
public func sigmoid<E>(_ x: Tensor<E>) -> Tensor<E> { logistic(x) }

/// The softplus of every entry: `log(1 + exp(x))`.
public func softplus<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_SOFTPLUS, .softplus) }

/// The sine of every entry.
public func sin<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_SIN, .sin) }

/// The cosine of every entry.
public func cos<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_COS, .cos) }

/// The error function of every entry.
public func erf<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_ERF, .erf) }
