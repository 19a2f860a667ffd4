internal import CKernels

// Functions of networks, applied to every entry. Bounds are absolute where a value is small, in
// units of 2⁻⁵³; a `Float` result is the `Double` one rounded.

/// The Gaussian error linear unit of every entry: `x Φ(x)`, with the normal distribution function.
///
/// - Accuracy: 4 ULP.
public func gelu<E>(_ x: Tensor<E>) -> Tensor<E> {
  if x.node == nil { return x.mapped(CK_GELU, .gelu) }
  // The slope shares most of the work, and is kept for the walk back.
  var slopes: Tensor<E>?
  let y = Tensor<E>(shape: x.shape) { target in
    slopes = Tensor(shape: x.shape) { slopes in
      x.withPointer { ck_gelu(Tensor<E>.type, x.count, $0, target, slopes) }
    }
  }
  return y.recorded(.gelu, x, (slopes ?? y).recorded(.geluSlope, x))
}

/// The approximation of ``gelu(_:)`` by the hyperbolic tangent.
///
///     x/2 (1 + tanh(√(2/π) (x + 0.044715 x³)))
///
/// - Accuracy: 4 units, 1000 ULP in the far tail.
public func geluTanh<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_GELU_TANH, .geluTanh) }

/// Every entry times its logistic function.
///
/// - Accuracy: 4 ULP.
public func silu<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_SILU, .silu) }

/// Every entry above zero, and `alpha (exp(x) − 1)` in place of the others.
///
/// - Gradient: of `x` alone.
public func elu<E>(_ x: Tensor<E>, alpha: E = 1) -> Tensor<E> {
  let alpha = Tensor(alpha)
  return Tensor.zipped("elu", CK_ELU, x, alpha).recorded(.elu, x, alpha)
}

/// Every entry above zero, and a multiple of the others.
///
/// - Gradient: of the slope, too; at zero, that of the negative side.
public func leakyRelu<E>(_ x: Tensor<E>, slope: Tensor<E>) -> Tensor<E> {
  Tensor.zipped("leakyRelu", CK_LEAKY, x, slope).recorded(.leaky, x, slope)
}

/// Every entry above zero, and a multiple of the others.
///
/// - Gradient: at zero, that of the negative side.
public func leakyRelu<E>(_ x: Tensor<E>, slope: E = 0.01) -> Tensor<E> {
  leakyRelu(x, slope: Tensor(slope))
}

/// The logarithm of the logistic function of every entry: `-softplus(-x)`.
public func logSigmoid<E>(_ x: Tensor<E>) -> Tensor<E> { -softplus(-x) }

/// What every entry lacks to one: `max(0, 1 − x)`.
public func hinge<E>(_ x: Tensor<E>) -> Tensor<E> { relu(1 - x) }

/// Every entry brought into a range; NaN stays.
///
/// - Gradient: of the entries inside, and not at its ends.
/// - Precondition: the range is not empty.
public func clamp<E>(_ x: Tensor<E>, to range: ClosedRange<E>) -> Tensor<E> {
  minimum(maximum(x, Tensor(range.lowerBound)), Tensor(range.upperBound))
}

/// The square of every entry.
public func square<E>(_ x: Tensor<E>) -> Tensor<E> { x.mapped(CK_SQUARE, .square) }

/// The cube of every entry: `x² x`.
public func cube<E>(_ x: Tensor<E>) -> Tensor<E> { square(x) * x }

/// One over the square root of every entry.
///
/// - Accuracy: 1.5 ULP.
public func inverseSquareRoot<E>(_ x: Tensor<E>) -> Tensor<E> {
  x.mapped(CK_INVERSE_ROOT, .inverseSquareRoot)
}

/// The whole number next to every entry; of two, the even one.
///
/// - Gradient: zero.
public func round<E>(_ x: Tensor<E>) -> Tensor<E> { x.stepped(CK_ROUND) }

/// The greatest whole number that is not above each entry.
///
/// - Gradient: zero.
public func floor<E>(_ x: Tensor<E>) -> Tensor<E> { x.stepped(CK_FLOOR) }

/// The sign of every entry: 1, -1, or the zero or NaN that it is.
///
/// - Gradient: zero.
public func sign<E>(_ x: Tensor<E>) -> Tensor<E> { x.stepped(CK_SIGN) }

extension Tensor {
  /// A function of entries that is a constant to derivatives.
  fileprivate func stepped(_ kernel: ck_map_op) -> Tensor {
    Tensor(shape: shape) { target in
      withPointer { ck_map(Self.type, kernel, count, $0, target) }
    }
  }
}
