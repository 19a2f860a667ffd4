internal import CKernels

/// The product of matrices and vectors, and of batches of matrices.
///
/// A vector stands for a row on the left and a column on the right, and its axis is dropped. Axes
/// before the last two are a batch: they broadcast, and the matrices are multiplied pair by pair.
///
///     c[i, j] = Σₚ a[i, p] b[p, j]
///
/// Each entry is one chain of fused multiply-adds with p ascending from +0; past 4096 terms the
/// chain is cut into blocks of 4096 whose sums are added in order.
///
/// - Shapes: `[m, k]` and `[k, n]` give `[m, n]`; a transposed operand is stored as `[k, m]` or
///   `[n, k]`; `[k]` and `[k]` give `[]`; `[…, m, k]` and `[…, k, n]` give `[…, m, n]`.
/// - Precondition: the inner dimensions agree and batches broadcast; a vector is not transposed.
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
    (a.rank >= 2 || a.rank == 1 && !transposingA) && (b.rank >= 2 || b.rank == 1 && !transposingB),
    "matmul: lhs \(a.shape) and rhs \(b.shape) are not matrices or untransposed vectors")
  let left = a.rank == 1 ? a.reshaped(to: [1, a.count]) : a
  let right = b.rank == 1 ? b.reshaped(to: [b.count, 1]) : b
  let result =
    left.rank == 2 && right.rank == 2
    ? product(left, right, transposingA, transposingB)
    : products(left, right, transposingA, transposingB)
  if a.rank > 1 && b.rank > 1 { return result }
  let rows = a.rank > 1 ? [result.shape[result.rank - 2]] : []
  let columns = b.rank > 1 ? [result.shape[result.rank - 1]] : []
  return result.reshaped(to: result.shape.dropLast(2) + rows + columns)
}

/// The sizes of a product of the last two axes of two tensors.
struct ProductSizes {
  let m: Int
  let n: Int
  let k: Int

  init(_ name: String, _ a: [Int], _ b: [Int], _ transposingA: Bool, _ transposingB: Bool) {
    let (aFirst, aLast) = (a[a.count - 2], a[a.count - 1])
    let (bFirst, bLast) = (b[b.count - 2], b[b.count - 1])
    (m, k) = transposingA ? (aLast, aFirst) : (aFirst, aLast)
    n = transposingB ? bFirst : bLast
    require(
      k == (transposingB ? bLast : bFirst),
      """
      \(name): lhs \(a)\(transposingA ? " transposed" : "") and rhs \
      \(b)\(transposingB ? " transposed" : "") differ on the inner dimension
      """)
  }
}

func product<E>(
  _ a: Tensor<E>, _ b: Tensor<E>, _ transposingA: Bool, _ transposingB: Bool
) -> Tensor<E> {
  let sizes = ProductSizes("matmul", a.shape, b.shape, transposingA, transposingB)
  let (m, n, k) = (sizes.m, sizes.n, sizes.k)
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
