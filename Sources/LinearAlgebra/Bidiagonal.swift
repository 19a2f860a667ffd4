internal import Tensors

/// A square matrix as A = Q B Pᵀ with B upper bidiagonal.
///
/// Blocked Householder reduction: a panel's reflections act on the rest of the matrix at once, as
/// A − V Yᵀ − X Uᵀ. Source: Dongarra, Hammarling and Sorensen, J. Comput. Appl. Math. 27 (1989).
struct Bidiagonal {
  /// The diagonal of B: [k].
  private(set) var diagonal: [Double] = []

  /// What lies above it: [k], of which the last is zero.
  private(set) var beside: [Double] = []

  /// Q and P as products of blocks of reflections, and where each starts.
  private var left: [(offset: Int, reflectors: Reflectors<Double>)] = []
  private var right: [(offset: Int, reflectors: Reflectors<Double>)] = []

  /// Reduces a row-major matrix.
  ///
  /// `keepingVectors` is whether Q and P are wanted.
  init(_ matrix: [Double], size k: Int, keepingVectors: Bool) {
    var matrix = matrix
    for start in stride(from: 0, to: k, by: reflectorBlock) {
      let columns = start..<min(start + reflectorBlock, k)
      let panel = withBlock(&matrix, rows: k, columns: k) { reduce($0, columns) }
      guard keepingVectors else { continue }
      left.append((start, panel.left))
      if let reflectors = panel.right { right.append((start + 1, reflectors)) }
    }
  }

  /// Turns rows that are vectors in B's bases into vectors in A's.
  func transform(left u: inout [Double], right v: inout [Double], size k: Int) {
    for (vectors, blocks) in [(true, left), (false, right)] {
      for (offset, reflectors) in blocks.reversed() {
        if vectors {
          reflectors.apply(transposed: false, to: &u, rows: 0..<k, stride: k, offset: offset)
        } else {
          reflectors.apply(transposed: false, to: &v, rows: 0..<k, stride: k, offset: offset)
        }
      }
    }
  }

  private mutating func reduce(
    _ a: MatrixBlock<Double>, _ columns: Range<Int>
  ) -> (left: Reflectors<Double>, right: Reflectors<Double>?) {
    let (k, width) = (a.rows, columns.count)
    var scales = (left: [Double](), right: [Double]())
    // Rows V and X, which lie along columns of A, and rows Y and U, which lie along its rows.
    var (tall, wide) = ([Double](repeating: 0, count: 2 * width * k), [Double]())
    wide = tall
    var room = [Double](repeating: 0, count: width)
    withBlock(&tall, rows: 2 * width, columns: k) { tall in
      withBlock(&wide, rows: 2 * width, columns: k) { wide in
        withBlock(&room, rows: width, columns: 1) { room in
          let (v, x) = (tall[0..<width, 0..<k], tall[width..<2 * width, 0..<k])
          let (y, u) = (wide[0..<width, 0..<k], wide[width..<2 * width, 0..<k])
          for (i, c) in columns.enumerated() {
            let (done, from, after) = (0..<i, c..<k, c + 1..<k)
            let column = v[i..<i + 1, from]
            for row in from { column.start[row - c] = a.start[row * k + c] }
            column.subtract(product: y[done, c..<c + 1].transposed, v[done, from])
            column.subtract(product: u[done, c..<c + 1].transposed, x[done, from])
            let (scale, image) = makeReflection(column.start, k - c)
            scales.left.append(scale)
            diagonal.append(image)
            guard c + 1 < k else {
              beside.append(0)
              continue
            }
            let across = y[i..<i + 1, after]
            across.set(toProduct: column, a[from, after])
            for (seen, direction) in [(v, y), (x, u)] {
              let inner = room[done, 0..<1]
              inner.set(toProduct: seen[done, from], column.transposed)
              across.subtract(product: inner.transposed, direction[done, after])
            }
            for j in 0..<across.columns { across.start[j] *= scale }

            let row = u[i..<i + 1, after]
            row.start.update(from: a.start + c * k + c + 1, count: k - c - 1)
            row.subtract(product: v[0..<i + 1, c..<c + 1].transposed, y[0..<i + 1, after])
            row.subtract(product: x[done, c..<c + 1].transposed, u[done, after])
            let (factor, end) = makeReflection(row.start, k - c - 1)
            scales.right.append(factor)
            beside.append(end)
            let down = x[i..<i + 1, after].transposed
            down.set(toProduct: a[after, after], row.transposed)
            for (seen, direction, count) in [(y, v, i + 1), (u, x, i)] {
              let inner = room[0..<count, 0..<1]
              inner.set(toProduct: seen[0..<count, after], row.transposed)
              down.subtract(product: direction[0..<count, after].transposed, inner)
            }
            for j in 0..<down.rows { down.start[j] *= factor }
          }
          let rest = columns.upperBound..<k
          a[rest, rest].subtract(
            product: tall[0..<2 * width, rest].transposed, wide[0..<2 * width, rest])
        }
      }
    }
    let first = columns.lowerBound
    let leftRows = (0..<width).flatMap { tall[$0 * k + first..<($0 + 1) * k] }
    let leftBlock = Reflectors(
      vectors: Tensor(leftRows, shape: [width, k - first]), scales: scales.left)
    let count = scales.right.count
    guard count > 0 else { return (leftBlock, nil) }
    let rightRows = (width..<width + count).flatMap { wide[$0 * k + first + 1..<($0 + 1) * k] }
    return (
      leftBlock,
      Reflectors(vectors: Tensor(rightRows, shape: [count, k - first - 1]), scales: scales.right)
    )
  }
}
