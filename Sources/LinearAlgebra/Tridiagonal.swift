internal import Tensors

/// A symmetric matrix as A = Q T Qᵀ with T tridiagonal.
///
/// Blocked Householder reduction: a panel's reflections act on the rest of the matrix at once, as
/// A − V Wᵀ − W Vᵀ. Source: Dongarra, Hammarling and Sorensen, J. Comput. Appl. Math. 27 (1989).
struct Tridiagonal {
  /// The diagonal of T: [n].
  var diagonal: [Double]

  /// What lies beside it: [n], of which the last is unused.
  var beside: [Double]

  /// Q as a product of blocks of reflections, and where each starts.
  private(set) var blocks: [(offset: Int, reflectors: Reflectors<Double>)] = []

  /// Reduces a full symmetric matrix, row-major.
  ///
  /// `keepingVectors` is whether Q is wanted.
  init(_ matrix: [Double], size n: Int, keepingVectors: Bool) {
    var matrix = matrix
    diagonal = [Double](repeating: 0, count: n)
    beside = diagonal
    for start in stride(from: 0, to: n - 2, by: reflectorBlock) {
      let width = min(reflectorBlock, n - 2 - start)
      let panel = reduce(&matrix, size: n, columns: start..<start + width)
      if keepingVectors { blocks.append((start + 1, panel)) }
    }
    for i in max(n - 2, 0)..<n {
      diagonal[i] = matrix[i * n + i]
      if i + 1 < n { beside[i] = matrix[i * n + i + 1] }
    }
  }

  /// Turns rows that are vectors in T's basis into vectors in A's.
  func transform(rows vectors: inout [Double], size n: Int) {
    for (offset, reflectors) in blocks.reversed() {
      reflectors.apply(
        transposed: false, to: &vectors, rows: 0..<n, stride: n, offset: offset)
    }
  }

  private mutating func reduce(
    _ matrix: inout [Double], size n: Int, columns: Range<Int>
  ) -> Reflectors<Double> {
    let width = columns.count
    var scales = [Double](repeating: 0, count: width)
    // Rows V, W and V again, so that two stacks [V; W] and [W; V] lie in one array.
    var stack = [Double](repeating: 0, count: 3 * width * n)
    var room = [Double](repeating: 0, count: width)
    var (diagonals, besides) = ([Double](), [Double]())
    withBlock(&matrix, rows: n, columns: n) { a in
      withBlock(&stack, rows: 3 * width, columns: n) { stack in
        withBlock(&room, rows: width, columns: 1) { room in
          let (v, w) = (stack[0..<width, 0..<n], stack[width..<2 * width, 0..<n])
          for (i, c) in columns.enumerated() {
            let (done, from, after) = (0..<i, c..<n, c + 1..<n)
            let x = v[i..<i + 1, from]
            x.start.update(from: a.start + c * n + c, count: n - c)
            x.subtract(product: v[done, c..<c + 1].transposed, w[done, from])
            x.subtract(product: w[done, c..<c + 1].transposed, v[done, from])
            diagonals.append(x.start[0])
            x.start[0] = 0
            let (scale, image) = makeReflection(x.start + 1, n - c - 1)
            scales[i] = scale
            besides.append(image)
            let (direction, y) = (v[i..<i + 1, after], w[i..<i + 1, after])
            y.set(toProduct: direction, a[after, after])
            for (left, right) in [(w, v), (v, w)] {
              let inner = room[done, 0..<1]
              inner.set(toProduct: left[done, after], direction.transposed)
              y.subtract(product: inner.transposed, right[done, after])
            }
            let count = n - c - 1
            for k in 0..<count { y.start[k] *= scale }
            let half = -scale * dot(y.start, direction.start, count) / 2
            addMultiple(half, of: direction.start, to: y.start, count)
          }
          let rest = columns.upperBound..<n
          stack[2 * width..<3 * width, 0..<n].start.update(from: v.start, count: width * n)
          a[rest, rest].subtract(
            product: stack[0..<2 * width, rest].transposed, stack[width..<3 * width, rest])
        }
      }
    }
    diagonal.replaceSubrange(columns, with: diagonals)
    beside.replaceSubrange(columns, with: besides)
    let first = columns.lowerBound + 1
    let vectors = (0..<width).flatMap { stack[$0 * n + first..<($0 + 1) * n] }
    return Reflectors(vectors: Tensor(vectors, shape: [width, n - first]), scales: scales)
  }
}

/// The eigenvalues of a tridiagonal matrix, by the implicit QL method.
///
/// Rows of `vectors`, where there are any, are rotated along: from the unit matrix they become the
/// eigenvectors in the order of the values, which is none. Source: Golub and Van Loan, §8.3.
func diagonalize(
  _ d: inout [Double], _ e: inout [Double], vectors: inout [Double]?
) throws(LinearAlgebraError) {
  let n = d.count
  let scale = zip(d, e).reduce(0) { max($0, abs($1.0), abs($1.1)) }
  // What is below the rounding of the largest entry is zero whatever its neighbours are.
  let floor = scale * Double.ulpOfOne / 16
  var rotations = RowRotations()
  for l in 0..<n {
    var sweeps = 0
    while true {
      let m =
        (l..<n - 1).first {
          abs(e[$0]) <= max(floor, Double.ulpOfOne * (abs(d[$0]) + abs(d[$0 + 1])))
        }
        ?? n - 1
      if m == l { break }
      guard sweeps < 60 else {
        throw .notConverged(
          operation: "symmetricEigen", iterations: sweeps, residual: abs(e[l]) / scale,
          tolerance: Double.ulpOfOne)
      }
      sweeps += 1
      sweepQL(&d, &e, l, m, keepingRotations: vectors != nil, &rotations)
      if rotations.count > 64 * max(n, 1024) { vectors?.rotate(by: &rotations, rows: n) }
    }
  }
  vectors?.rotate(by: &rotations, rows: n)
}

extension [Double] {
  /// Applies rotations to the rows of a matrix.
  mutating func rotate(by rotations: inout RowRotations, rows: Int) {
    rotations.apply(to: &self, rows: rows, columns: rows == 0 ? 0 : count / rows)
  }
}

/// One sweep over the unreduced block l...m, whose top converges.
private func sweepQL(
  _ d: inout [Double], _ e: inout [Double], _ l: Int, _ m: Int, keepingRotations: Bool,
  _ rotations: inout RowRotations
) {
  let half = (d[l + 1] - d[l]) / (2 * e[l])
  let root = hypotenuse(half, 1)
  var g = d[m] - d[l] + e[l] / (half < 0 ? half - root : half + root)
  var (s, c, p) = (1.0, 1.0, 0.0)
  for i in stride(from: m - 1, through: l, by: -1) {
    let (f, b) = (s * e[i], c * e[i])
    let r = hypotenuse(f, g)
    e[i + 1] = r
    if r == 0 {
      // The block falls apart here.
      d[i + 1] -= p
      e[m] = 0
      return
    }
    s = f / r
    c = g / r
    g = d[i + 1] - p
    let t = (d[i] - g) * s + 2 * c * b
    p = s * t
    d[i + 1] = g + p
    g = c * t - b
    if keepingRotations { rotations.append(i, i + 1, cosine: c, sine: s) }
  }
  d[l] -= p
  e[l] = g
  e[m] = 0
}

/// √(x² + y²) for numbers far from overflow.
@inline(__always)
func hypotenuse(_ x: Double, _ y: Double) -> Double {
  let largest = max(abs(x), abs(y))
  if largest > 0x1p-400 { return (x * x + y * y).squareRoot() }
  let (a, b) = (x * 0x1p600, y * 0x1p600)
  return (a * a + b * b).squareRoot() * 0x1p-600
}
