internal import Tensors

/// A block of Householder reflections in the compact form I − V T Vᵀ.
///
/// The block is H₁ H₂ … H_b with H_i = I − τ_i v_i v_iᵀ; row i of `vectors` is v_iᵀ, which is zero
/// before entry i and one there. Source: Schreiber and Van Loan, SIAM J. Sci. Stat. Comput. 10
/// (1989); T as in LAPACK's `larft`.
struct Reflectors<Element: Scalar> {
  /// The reflection vectors, one a row: [b, length].
  let vectors: Tensor<Element>

  /// The upper triangular T: [b, b].
  let factor: Tensor<Element>

  /// Joins reflections into one block.
  init(vectors: Tensor<Element>, scales: [Element]) {
    let size = scales.count
    let gram = matmul(vectors, vectors, transposingB: true).scalars
    var t = [Element](repeating: 0, count: size * size)
    for j in 0..<size {
      t[j * size + j] = scales[j]
      // T[0..<j, j] = −τ_j T[0..<j, 0..<j] (Vᵀ v_j)[0..<j]
      for i in 0..<j {
        var sum: Element = 0
        for k in i..<j { sum += t[i * size + k] * gram[k * size + j] }
        t[i * size + j] = -scales[j] * sum
      }
    }
    self.vectors = vectors
    self.factor = Tensor(t, shape: [size, size])
  }

  /// Applies the block, or its transpose, to the columns of a matrix stored as rows.
  ///
  /// Row r of `matrix` (rows of length `stride`, of which the part from `offset` on counts) becomes
  /// the reflected vector.
  func apply(
    transposed: Bool, to matrix: inout [Element], rows: Range<Int>, stride: Int, offset: Int
  ) {
    guard !rows.isEmpty else { return }
    let (size, width) = (vectors.shape[0], stride - offset)
    var (vectors, factor) = (vectors.scalars, factor.scalars)
    var (inner, scaled) = ([Element](repeating: 0, count: rows.count * size), [Element]())
    scaled = inner
    // x ← (I − V T Vᵀ) x for each column x; as rows: xᵀ ← xᵀ − (xᵀ V) Tᵀ Vᵀ.
    withBlock(&matrix, rows: matrix.count / stride, columns: stride) { matrix in
      withBlock(&vectors, rows: size, columns: width) { vectors in
        withBlock(&factor, rows: size, columns: size) { factor in
          withBlock(&inner, rows: rows.count, columns: size) { inner in
            withBlock(&scaled, rows: rows.count, columns: size) { scaled in
              let part = matrix[rows, offset..<stride]
              inner.set(toProduct: part, vectors.transposed)
              scaled.set(toProduct: inner, transposed ? factor : factor.transposed)
              part.subtract(product: scaled, vectors)
            }
          }
        }
      }
    }
  }
}

/// Turns a strip into the vector of the reflection that maps it to a multiple of e₁.
///
/// H x = β e₁ with H = I − τ v vᵀ, v₁ = 1 and β = −sign(x₁) ‖x‖. The zero strip gives τ = 0.
@inline(__always)
func makeReflection<Element: Scalar>(
  _ x: UnsafeMutablePointer<Element>, _ count: Int
) -> (scale: Element, image: Element) {
  let norm = length(x, count)
  guard norm != 0 else {
    x[0] = 1
    return (0, 0)
  }
  let first = x[0]
  let image = first > 0 ? -norm : norm
  let pivot = first - image
  for index in 1..<max(count, 1) { x[index] /= pivot }
  x[0] = 1
  return ((image - first) / image, image)
}

/// How many reflections are joined in one block.
let reflectorBlock = 32
