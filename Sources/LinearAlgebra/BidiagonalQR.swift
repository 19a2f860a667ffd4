internal import Tensors

/// The singular values of a bidiagonal matrix, of either sign, by the implicit QR method.
///
/// Rows of `left` and `right`, where there are any, are rotated along: from unit matrices they become
/// the singular vectors in the order of the values, which is none.
/// Source: Golub and Van Loan, §8.6.2; the cases are those of LINPACK's `dsvdc`.
func diagonalize(
  _ s: inout [Double], _ e: inout [Double], left: inout [Double]?, right: inout [Double]?
) throws(LinearAlgebraError) {
  let n = s.count
  var search = BidiagonalSearch(s: s, e: e, keepingRotations: left != nil)
  var p = n
  var sweeps = 0
  while p > 0 {
    switch search.next(p) {
    case .converged:
      p -= 1
      sweeps = 0
    case .lastIsZero(let k): search.clearColumn(k, p)
    case .zero(let k): search.clearRow(k, p)
    case .reduce(let k):
      guard sweeps < 75 else {
        throw .notConverged(
          operation: "singularValueDecomposition", iterations: sweeps,
          residual: abs(search.e[p - 2]) / search.scale, tolerance: Double.ulpOfOne)
      }
      sweeps += 1
      search.sweep(k, p)
    }
    if search.left.count > 64 * max(n, 1024) || p == 0 {
      left?.rotate(by: &search.left, rows: n)
      right?.rotate(by: &search.right, rows: n)
    }
  }
  s = search.s
}

private struct BidiagonalSearch {
  enum Step {
    case converged
    case lastIsZero(Int)
    case zero(Int)
    case reduce(Int)
  }

  var s: [Double]
  var e: [Double]
  let keepingRotations: Bool
  var left = RowRotations()
  var right = RowRotations()
  let scale: Double
  /// What is below the rounding of the largest entry is zero whatever its neighbours are.
  let floor: Double

  init(s: [Double], e: [Double], keepingRotations: Bool) {
    self.s = s
    self.e = e
    self.keepingRotations = keepingRotations
    scale = zip(s, e).reduce(0) { max($0, abs($1.0), abs($1.1)) }
    floor = scale * Double.ulpOfOne / 16
  }

  /// What to do with the leading block of p rows: its last unreduced part starts at row k.
  mutating func next(_ p: Int) -> Step {
    var k = p - 2
    while k >= 0, abs(e[k]) > max(floor, Double.ulpOfOne * (abs(s[k]) + abs(s[k + 1]))) { k -= 1 }
    if k >= 0 { e[k] = 0 }
    if k == p - 2 { return .converged }
    for row in stride(from: p - 1, to: k, by: -1) {
      let beside = (row < p - 1 ? abs(e[row]) : 0) + (row > k + 1 ? abs(e[row - 1]) : 0)
      guard abs(s[row]) <= max(floor, Double.ulpOfOne * beside) else { continue }
      s[row] = 0
      return row == p - 1 ? .lastIsZero(k + 1) : .zero(row)
    }
    return .reduce(k + 1)
  }

  /// Clears what stands above a zero at the block's end, by columns.
  mutating func clearColumn(_ k: Int, _ p: Int) {
    var f = e[p - 2]
    e[p - 2] = 0
    for j in stride(from: p - 2, through: k, by: -1) {
      let (c, t) = turn(&s[j], f)
      if j > k {
        f = -t * e[j - 1]
        e[j - 1] *= c
      }
      if keepingRotations { right.append(j, p - 1, cosine: c, sine: -t) }
    }
  }

  /// Clears what stands beside a zero on the diagonal, by rows.
  mutating func clearRow(_ k: Int, _ p: Int) {
    var f = e[k]
    e[k] = 0
    for j in k + 1..<p {
      let (c, t) = turn(&s[j], f)
      f = -t * e[j]
      e[j] *= c
      if keepingRotations { left.append(j, k, cosine: c, sine: -t) }
    }
  }

  /// One step of QR with a shift over rows k..<p.
  mutating func sweep(_ k: Int, _ p: Int) {
    let largest = max(abs(s[p - 1]), abs(s[p - 2]), abs(e[p - 2]), abs(s[k]), abs(e[k]))
    let (last, above, beside) = (s[p - 1] / largest, s[p - 2] / largest, e[p - 2] / largest)
    let (first, next) = (s[k] / largest, e[k] / largest)
    let b = ((above + last) * (above - last) + beside * beside) / 2
    let c = (last * beside) * (last * beside)
    var shift = 0.0
    if b != 0 || c != 0 {
      let root = (b * b + c).squareRoot()
      shift = c / (b + (b < 0 ? -root : root))
    }
    var f = (first + last) * (first - last) + shift
    var g = first * next
    for j in k..<p - 1 {
      let (c, t) = turn(&f, g)
      if j > k { e[j - 1] = f }
      f = c * s[j] + t * e[j]
      e[j] = c * e[j] - t * s[j]
      g = t * s[j + 1]
      s[j + 1] *= c
      if keepingRotations { right.append(j, j + 1, cosine: c, sine: -t) }
      let (d, r) = turn(&f, g)
      s[j] = f
      f = d * e[j] + r * s[j + 1]
      s[j + 1] = d * s[j + 1] - r * e[j]
      g = r * e[j + 1]
      e[j + 1] *= d
      if keepingRotations { left.append(j, j + 1, cosine: d, sine: -r) }
    }
    e[p - 2] = f
  }

  /// The cosine and sine that turn (x, y) into (√(x² + y²), 0), which x becomes.
  private func turn(_ x: inout Double, _ y: Double) -> (cosine: Double, sine: Double) {
    let length = hypotenuse(x, y)
    guard length > 0 else { return (1, 0) }
    defer { x = length }
    return (x / length, y / length)
  }
}
