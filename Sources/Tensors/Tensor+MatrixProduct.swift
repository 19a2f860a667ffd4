internal import CKernels

/// The product of matrices and vectors.
///
/// A vector stands for a row on the left and a column on the right, and its axis is dropped.
///
///     c[i, j] = Σₚ a[i, p] b[p, j]
///
/// Each entry is one chain of fused multiply-adds with p ascending from +0; past 4096 terms the
/// chain is cut into blocks of 4096 whose sums are added in order.
///
/// - Shapes: `[m, k]` and `[k, n]` give `[m, n]`; a transposed operand is stored as `[k, m]` or
///   `[n, k]`; `[k]` and `[k]` give `[]`.
/// - Precondition: the inner dimensions agree; a vector is not transposed.
/// - Parameters:
///   - a: the left factor.
///   - b: the right factor.
///   - transposingA: whether to use the transpose of `a`.
///   - transposingB: whether to use the transpose of `b`.
/// - Returns: the product.
public func matmul<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, transposingA: Bool = false, transposingB: Bool = false
) -> Tensor<E> {
  require(
    (a.rank == 2 || a.rank == 1 && !transposingA) && (b.rank == 2 || b.rank == 1 && !transposingB),
    "matmul: lhs \(a.shape) and rhs \(b.shape) are not matrices or untransposed vectors")
  let left = a.rank == 1 ? a.reshaped(to: [1, a.count]) : a
  let right = b.rank == 1 ? b.reshaped(to: [b.count, 1]) : b
  let result = product(left, right, transposingA, transposingB)
  if a.rank == 2 && b.rank == 2 { return result }
  let shape = (a.rank == 2 ? [result.shape[0]] : []) + (b.rank == 2 ? [result.shape[1]] : [])
  return result.reshaped(to: shape)
}

func product<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, _ transposingA: Bool, _ transposingB: Bool
) -> Tensor<E> {
  let (m, k) = transposingA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
  let (inner, n) = transposingB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
  require(
    k == inner,
    """
    matmul: lhs \(a.shape)\(transposingA ? " transposed" : "") and rhs \
    \(b.shape)\(transposingB ? " transposed" : "") differ on the inner dimension
    """)
  if k == 0 { return Tensor(zeros: [m, n]).recorded(.matmul(transposingA, transposingB), a, b) }
  return Tensor(shape: [m, n]) { target in
    a.withPointer { left in
      b.withPointer { right in
        ck_matmul(
          Tensor<E>.type, m, n, k, left, transposingA ? 1 : k, transposingA ? m : 1, right,
          transposingB ? 1 : n, transposingB ? k : 1, target)
      }
    }
  }.recorded(.matmul(transposingA, transposingB), a, b)
}
