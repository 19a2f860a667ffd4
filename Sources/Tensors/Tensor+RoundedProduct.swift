internal import CKernels

/// How a product is computed in narrow formats, and what its gradient sees of that.
public struct RoundedSteps: Hashable, Sendable, Codable {
  /// Which terms take part in a gradient that otherwise goes straight through the roundings.
  public enum Gradient: String, Hashable, Sendable, Codable, CaseIterable {
    /// All terms.
    case identity
    /// Terms whose own step, product or sum, did not overflow.
    case ownOverflow
    /// Terms after which no step to the end of the product overflowed, their own included.
    case laterOverflow
    /// Terms whose step changed the sum.
    case change

    fileprivate var kernel: ck_seen {
      switch self {
      case .identity: CK_SEE_ALL
      case .ownOverflow: CK_SEE_OWN
      case .laterOverflow: CK_SEE_LATER
      case .change: CK_SEE_CHANGE
      }
    }
  }

  /// The format of every product of two entries.
  public var product: NumberFormat
  /// The format of every sum.
  public var sum: NumberFormat
  /// Terms added up from zero before they join the total; nil for one chain.
  public var chunk: Int?
  /// Which terms take part in the gradient.
  public var gradient: Gradient

  /// Steps in two formats.
  ///
  /// - Precondition: a chunk has a term at least.
  public init(
    product: NumberFormat, sum: NumberFormat, chunk: Int? = nil, gradient: Gradient = .identity
  ) {
    require((chunk ?? 1) > 0, "RoundedSteps: a chunk of \(chunk ?? 1) terms")
    self.product = product
    self.sum = sum
    self.chunk = chunk
    self.gradient = gradient
  }

  fileprivate func kernel<E: Scalar>(_: E.Type) -> ck_rounded_steps {
    ck_rounded_steps(
      multiply: product.kernel("roundedMatmul", E.self), add: sum.kernel("roundedMatmul", E.self),
      chunk: chunk ?? .max)
  }
}

/// The product of two matrices with every product and every sum rounded to a format.
///
///     s ← sum(product(a[i, p] b[p, j]) + s) from 0 within a chunk, p ascending;
///     c ← sum(c + s) from 0, chunks in order
///
/// Products and sums are rounded to `Double` first, which is exact for products of `Float` and for
/// sums in formats of at most 51 digits from the greatest power of two to the last place.
///
/// - Shapes: `[m, k]` and `[k, n]` give `[m, n]`.
/// - Gradient: of the terms that `steps.gradient` names, straight through the roundings. With
///   `identity` it is that of ``matmul(_:_:transposingA:transposingB:)``; the others are computed
///   in `Double`, rounded once, and cannot be differentiated again.
/// - Source: Blumenfeld, Hubara & Soudry, ICLR 2024, §3 and §4.
/// - Precondition: the inner dimensions agree, and the formats' numbers are of the tensors' kind.
/// - Parameters:
///   - a: the left factor.
///   - b: the right factor.
///   - steps: the formats and the chunk.
/// - Returns: the product.
public func roundedMatmul<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, _ steps: RoundedSteps
) -> Tensor<E> {
  require(
    a.rank == 2 && b.rank == 2, "roundedMatmul: lhs \(a.shape) and rhs \(b.shape) are not matrices")
  let sizes = ProductSizes("roundedMatmul", a.shape, b.shape, false, false)
  let (m, n, k) = (sizes.m, sizes.n, sizes.k)
  var kernel = steps.kernel(E.self)
  if k == 0 { return Tensor(zeros: [m, n]).recorded(.roundedMatmul(steps), a, b) }
  return Tensor(shape: [m, n]) { target in
    a.withPointer { left in
      b.withPointer { right in
        ck_rounded_matmul(Tensor<E>.type, &kernel, m, n, k, left, right, target)
      }
    }
  }.recorded(.roundedMatmul(steps), a, b)
}

/// The gradient with respect to one factor of a rounded product.
func roundedMatmulGradient<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, _ g: Tensor<E>, _ steps: RoundedSteps, factor: Int
) -> Tensor<E> {
  if steps.gradient == .identity {
    return factor == 0 ? product(g, b, false, true) : product(a, g, true, false)
  }
  let (m, k, n) = (a.shape[0], a.shape[1], b.shape[1])
  var kernel = steps.kernel(E.self)
  let seen = steps.gradient.kernel
  let shape = factor == 0 ? a.shape : b.shape
  if m == 0 || n == 0 { return Tensor(zeros: shape) }
  return Tensor(shape: shape) { target in
    a.withPointer { left in
      b.withPointer { right in
        g.withPointer { slopes in
          if factor == 0 {
            ck_rounded_matmul_left(
              Tensor<E>.type, &kernel, seen, m, n, k, left, right, slopes, target)
          } else {
            ck_rounded_matmul_right(
              Tensor<E>.type, &kernel, seen, m, n, k, left, right, slopes, target)
          }
        }
      }
    }
  }.recorded(.roundedMatmulGradient, a, b, g)
}
