public import Tensors

/// A matrix with orthonormal columns, uniform (Haar) among all of its shape.
///
/// The law is that of Q in the sign-fixed QR factorization of a Gaussian matrix. The reflections are
/// drawn directly, because what remains of a Gaussian matrix after one is again Gaussian and
/// independent of it: half the work, the same law.
///
/// - Shapes: [rows, columns] with rows ≥ columns ≥ 1.
/// - Accuracy: ‖QᵀQ − I‖ within a small multiple of rows·ulp.
/// - Source: Stewart, SIAM J. Numer. Anal. 17 (1980), 403–409.
/// - Parameters:
///   - rows: The dimension of the space.
///   - columns: How many orthonormal vectors.
///   - stream: The source of normal variates; rows + (rows − 1) + … of them are used.
/// - Returns: The frame, one vector a column.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func haarFrame<Element: Scalar>(
  rows: Int, columns: Int, using stream: inout RandomStream
) -> Tensor<Element> {
  require(
    rows >= columns && columns >= 1,
    "haarFrame: expected 1 ≤ columns ≤ rows, got [\(rows), \(columns)]")
  let count = columns * rows - columns * (columns - 1) / 2
  let drawn = (stream.normal(shape: [count]) as Tensor<Element>).scalars
  var taken = 0
  var blocks: [Reflectors<Element>] = []
  var negative: [Bool] = []
  for start in stride(from: 0, to: columns, by: reflectorBlock) {
    let end = min(start + reflectorBlock, columns)
    let width = rows - start
    var vectors = [Element](repeating: 0, count: (end - start) * width)
    var scales: [Element] = []
    vectors.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      for index in 0..<end - start {
        let v = base + index * width + index
        let length = width - index
        for k in 0..<length { v[k] = drawn[taken + k] }
        taken += length
        let (scale, image) = makeReflection(v, length)
        scales.append(scale)
        negative.append(image < 0)
      }
    }
    blocks.append(
      Reflectors(vectors: Tensor(vectors, shape: [end - start, width]), scales: scales))
  }
  return orthonormalColumns(blocks, negative: negative, rows: rows, columns: columns)
}

/// An orthogonal matrix, uniform (Haar) on O(n).
///
/// - Shapes: [n, n].
/// - Accuracy: ‖QᵀQ − I‖ within a small multiple of n·ulp.
/// - Source: Stewart, SIAM J. Numer. Anal. 17 (1980), 403–409.
/// - Parameters:
///   - n: The dimension.
///   - stream: The source of normal variates.
/// - Returns: The matrix; its determinant is 1 or −1 with equal chance.
public func haarOrthogonal<Element: Scalar>(
  _ n: Int, using stream: inout RandomStream
) -> Tensor<Element> {
  haarFrame(rows: n, columns: n, using: &stream)
}
