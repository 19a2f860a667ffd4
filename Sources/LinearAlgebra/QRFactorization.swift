public import Tensors

/// The factors of A = Q R with orthonormal columns and a positive diagonal.
public struct QRFactorization<Element: Scalar>: Sendable {
  /// The orthonormal columns: [n, k].
  public let q: Tensor<Element>

  /// The upper triangle, with a diagonal of no negative number: [k, k].
  public let r: Tensor<Element>
}

/// The thin QR factorization of a tall matrix, by Householder reflections.
///
///     A = Q R,  QᵀQ = I,  R upper triangular,  R_ii ≥ 0
///
/// The signs are fixed, so the factors of a matrix of full column rank are unique, and Q of a
/// Gaussian matrix has the Haar law (Mezzadri 2007).
///
/// - Shapes: a [n, k] with n ≥ k ≥ 1; q [n, k]; r [k, k].
/// - Accuracy: ‖A − QR‖ and ‖QᵀQ − I‖ within a small multiple of n·ulp, tested against LAPACK.
/// - Precondition: `a` is a matrix with at least as many rows as columns.
/// - Parameter a: The matrix.
/// - Returns: Both factors. NaN in the input shows as NaN in the factors.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func qr<Element: Scalar>(_ a: Tensor<Element>) -> QRFactorization<Element> {
  require(
    a.shape.count == 2 && a.shape[0] >= a.shape[1] && a.shape[1] >= 1,
    "qr: expected a matrix with no more columns than rows, got \(a.shape)")
  let (n, k) = (a.shape[0], a.shape[1])
  var columns = transposedScalars(a.scalars, rows: n, columns: k)
  var blocks: [Reflectors<Element>] = []
  for start in stride(from: 0, to: k, by: reflectorBlock) {
    let end = min(start + reflectorBlock, k)
    let block = reduceBlock(&columns, start..<end, length: n)
    block.apply(transposed: true, to: &columns, rows: end..<k, stride: n, offset: start)
    blocks.append(block)
  }
  var r = [Element](repeating: 0, count: k * k)
  var negative = [Bool](repeating: false, count: k)
  for i in 0..<k {
    negative[i] = columns[i * n + i] < 0
    for j in i..<k { r[i * k + j] = negative[i] ? -columns[j * n + i] : columns[j * n + i] }
  }
  let q = orthonormalColumns(blocks, negative: negative, rows: n, columns: k)
  return QRFactorization(q: q, r: Tensor(r, shape: [k, k]))
}

/// Factors the columns of one block and returns its reflections.
///
/// `columns` holds the matrix as rows of the given length; the diagonal entries of the block become
/// those of R.
@inline(__always)
private func reduceBlock<Element: Scalar>(
  _ columns: inout [Element], _ block: Range<Int>, length n: Int
) -> Reflectors<Element> {
  let width = n - block.lowerBound
  var vectors = [Element](repeating: 0, count: block.count * width)
  var scales = [Element](repeating: 0, count: block.count)
  columns.withUnsafeMutableBufferPointer { columns in
    vectors.withUnsafeMutableBufferPointer { vectors in
      guard let matrix = columns.baseAddress, let kept = vectors.baseAddress else { return }
      for (index, j) in block.enumerated() {
        let v = kept + index * width + index
        let column = matrix + j * n + j
        v.update(from: column, count: n - j)
        let (scale, image) = makeReflection(v, n - j)
        column[0] = image
        scales[index] = scale
        for other in j + 1..<max(block.upperBound, j + 1) {
          let target = matrix + other * n + j
          addMultiple(-scale * dot(v, target, n - j), of: v, to: target, n - j)
        }
      }
    }
  }
  return Reflectors(
    vectors: Tensor(vectors, shape: [block.count, width]), scales: scales)
}

/// The first columns of a product of reflections, those of the given signs turned round.
func orthonormalColumns<Element: Scalar>(
  _ blocks: [Reflectors<Element>], negative: [Bool], rows n: Int, columns k: Int
) -> Tensor<Element> {
  var transposed = [Element](repeating: 0, count: k * n)
  for i in 0..<k { transposed[i * n + i] = negative[i] ? -1 : 1 }
  for (index, block) in blocks.enumerated().reversed() {
    // Columns before the block's first are still unit vectors that it leaves alone.
    let start = index * reflectorBlock
    block.apply(transposed: false, to: &transposed, rows: start..<k, stride: n, offset: start)
  }
  return Tensor(transposedScalars(transposed, rows: k, columns: n), shape: [n, k])
}
