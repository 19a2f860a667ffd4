internal import Tensors

/// Runs the body on the scalars of a row-major matrix as a block; the body may get an empty one.
@inline(__always)
func withBlock<Element: Scalar, Result>(
  _ scalars: inout [Element], rows: Int, columns: Int,
  _ body: (MatrixBlock<Element>) -> Result
) -> Result {
  // An address for the empty matrix too.
  if scalars.isEmpty { scalars.reserveCapacity(1) }
  return scalars.withUnsafeMutableBufferPointer { buffer in
    guard let start = buffer.baseAddress else {
      fatalError("block: no memory for [\(rows), \(columns)]")
    }
    return body(MatrixBlock(start, rows: rows, columns: columns, rowStep: columns))
  }
}

/// Where a blocked algorithm cuts n rows: whole leaves, half of them.
func halved(_ n: Int, leaf: Int) -> Int { (n + leaf - 1) / leaf / 2 * leaf }

/// Stops where a shape is not that of a square matrix.
func requireSquare(_ operation: String, _ shape: [Int]) {
  require(
    shape.count == 2 && shape[0] == shape[1], "\(operation): expected a square matrix, got \(shape)"
  )
}

/// Solves a triangular system in place, by halves.
///
/// `ascending` for a lower triangle, else upper; its other half is not read.
func substitute<Element: Scalar>(
  _ t: MatrixBlock<Element>, ascending: Bool, unit: Bool = false, into x: MatrixBlock<Element>
) {
  let n = t.rows
  if n <= MatrixBlock<Element>.triangle {
    x.solve(t, ascending: ascending, unit: unit)
    return
  }
  let half = halved(n, leaf: MatrixBlock<Element>.triangle)
  let (top, bottom) = (0..<half, half..<n)
  let all = 0..<x.columns
  let (first, second) = ascending ? (top, bottom) : (bottom, top)
  substitute(t[first, first], ascending: ascending, unit: unit, into: x[first, all])
  x[second, all].subtract(product: t[second, first], x[first, all])
  substitute(t[second, second], ascending: ascending, unit: unit, into: x[second, all])
}
