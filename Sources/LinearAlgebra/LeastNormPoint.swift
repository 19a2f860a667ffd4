public import Tensors

/// The point of a convex hull that is nearest to the origin, with its certificate.
public struct LeastNormPoint<Element: Scalar>: Sendable {
  /// The point x: [d].
  public let point: Tensor<Element>

  /// The weights, none negative, of sum one, zero off the face that holds the point: [n].
  public let weights: Tensor<Element>

  /// The length ‖Σ wᵢ zᵢ‖: an upper bound of the least norm.
  public let norm: Element

  /// A lower bound of the least norm: max(0, min over i of ⟨x, zᵢ⟩ / ‖x‖).
  public let lowerBound: Element
}

/// The least-norm point of a convex hull, by Wolfe's method.
///
///     x = argmin ‖x‖ over x in conv{z₁, …, z_n}
///
/// For zᵢ = yᵢ xᵢ its length is the hard-margin margin of a linear separation through the origin,
/// max over ‖w‖ = 1 of minᵢ ⟨w, zᵢ⟩, reached by w = x / ‖x‖; it is zero where no such separation
/// exists.
///
/// - Shapes: points [n, d].
/// - Accuracy: `norm − lowerBound` is at most `tolerance` times the longest point's length, and
///   brackets the least norm; tested against SciPy's `nnls`.
/// - Source: Wolfe, Mathematical Programming 11 (1976), 128–149. The affine subproblem is the least
///   squares form of Lawson and Hanson (1974), ch. 23, solved by QR.
/// - Precondition: `points` is a matrix with at least one row and column.
/// - Parameters:
///   - points: The points zᵢ, one a row.
///   - tolerance: The width of the bracket accepted, as a share of the longest point's length; where
///     nil, 4096 ulp.
///   - iterations: How many points may enter the face in all; where nil, 50 (n + d).
/// - Returns: The point, its weights and the bracket of the norm.
/// - Throws: `LinearAlgebraError.notConverged` where the bracket stays wider, `.nonFinite` where the
///   input is not finite.
@specialized(where Element == Double)
@specialized(where Element == Float)
public func leastNormPoint<Element: Scalar>(
  ofHullOf points: Tensor<Element>, tolerance: Element? = nil, iterations: Int? = nil
) throws(LinearAlgebraError) -> LeastNormPoint<Element> {
  require(
    points.shape.count == 2 && points.shape[0] >= 1 && points.shape[1] >= 1,
    "leastNormPoint: expected a matrix of points, got \(points.shape)")
  guard points.scalars.allSatisfy(\.isFinite) else {
    throw .nonFinite(operation: "leastNormPoint")
  }
  var search = HullSearch(points)
  let accepted = (tolerance ?? 4096 * Element.ulpOfOne) * search.scale
  let limit = iterations ?? 50 * (points.shape[0] + points.shape[1])
  for _ in 0..<limit {
    if search.gap <= accepted { return search.result }
    guard try search.advance() else { break }
  }
  if search.gap <= accepted { return search.result }
  throw .notConverged(
    operation: "leastNormPoint", iterations: search.steps, residual: Double(search.gap),
    tolerance: Double(accepted))
}

/// The state of Wolfe's method: a face of the hull and the point on it nearest to the origin.
private struct HullSearch<Element: Scalar> {
  let points: [Element]
  let n: Int
  let d: Int
  /// The length of the longest point.
  let scale: Element
  /// Indices of the points that span the face.
  var face: [Int]
  /// The weights of those points.
  var weights: [Element]
  var point: [Element] = []
  var norm: Element = 0
  var lowerBound: Element = 0
  /// The point most opposed to the current one.
  var entering = 0
  var steps = 0

  var gap: Element { norm - lowerBound }

  init(_ points: Tensor<Element>) {
    self.points = points.scalars
    n = points.shape[0]
    d = points.shape[1]
    let (n, d, scalars) = (n, d, self.points)
    let lengths = scalars.withUnsafeBufferPointer { buffer in
      (0..<n).map { row in buffer.baseAddress.map { length($0 + row * d, d) } ?? 0 }
    }
    scale = lengths.max() ?? 0
    face = [lengths.indices.min { lengths[$0] < lengths[$1] } ?? 0]
    weights = [1]
    measure()
  }

  var result: LeastNormPoint<Element> {
    var all = [Element](repeating: 0, count: n)
    for (index, weight) in zip(face, weights) { all[index] = weight }
    return LeastNormPoint(
      point: Tensor(point, shape: [d]), weights: Tensor(all, shape: [n]), norm: norm,
      lowerBound: lowerBound)
  }

  /// Computes both bounds of the least norm, from the weights and from the face's normal.
  mutating func measure() {
    let normal = faceNormal()
    var x = [Element](repeating: 0, count: d)
    var least = Element.infinity
    points.withUnsafeBufferPointer { points in
      x.withUnsafeMutableBufferPointer { buffer in
        guard let z = points.baseAddress, let x = buffer.baseAddress else { return }
        for (row, weight) in zip(face, weights) { addMultiple(weight, of: z + row * d, to: x, d) }
        norm = length(x, d)
        if let normal, norm > 0 {
          // The sum cancels where the norm is small, the normal does not: it is the better direction.
          for k in 0..<d { x[k] = normal[k] * norm }
        }
        for row in 0..<n {
          let product = dot(x, z + row * d, d)
          if product < least {
            least = product
            entering = row
          }
        }
      }
    }
    point = x
    lowerBound = norm > 0 ? min(norm, max(0, least / norm)) : 0
  }

  /// The direction on which all points of the face have one projection; nil where it spans the space.
  func faceNormal() -> [Element]? {
    guard face.count <= d else { return nil }
    let rows = face.flatMap { points[$0 * d..<($0 + 1) * d] }
    let solved = try? leastSquares(
      Tensor(rows, shape: [face.count, d]),
      Tensor(repeating: scale, shape: [face.count]))
    guard let w = solved?.scalars else { return nil }
    let size = w.withUnsafeBufferPointer { $0.baseAddress.map { length($0, d) } ?? 0 }
    return size > 0 ? w.map { $0 / size } : nil
  }

  /// Lets a point enter the face and walks to the face's own nearest point; false where none can.
  mutating func advance() throws(LinearAlgebraError) -> Bool {
    guard !face.contains(entering), face.count <= d else { return false }
    steps += 1
    face.append(entering)
    weights.append(0)
    while true {
      guard let target = affineMinimiser() else {
        // The new point depends on the others to working precision: it can add nothing.
        face.removeLast()
        weights.removeLast()
        return false
      }
      if target.allSatisfy({ $0 > 0 }) {
        weights = target
        measure()
        return true
      }
      let entered = face.last
      walk(towards: target)
      // Rounding alone makes the new point leave first: the face has no better point.
      guard face.last == entered else { return false }
    }
  }

  /// The weights, of either sign and sum one, of the point of the face's affine hull nearest to 0.
  func affineMinimiser() -> [Element]? {
    // min ‖Zᵀu‖² + s² (eᵀu − 1)²; u / Σu is the constrained minimiser for every s > 0.
    let k = face.count
    let unit = scale > 0 ? scale : 1
    var matrix = [Element](repeating: unit, count: (d + 1) * k)
    for (column, index) in face.enumerated() {
      for row in 0..<d { matrix[row * k + column] = points[index * d + row] }
    }
    var right = [Element](repeating: 0, count: d + 1)
    right[d] = unit
    let solved = try? leastSquares(
      Tensor(matrix, shape: [d + 1, k]), Tensor(right, shape: [d + 1]))
    guard let solution = solved?.scalars else { return nil }
    let sum = solution.reduce(0, +)
    return solution.map { $0 / sum }
  }

  /// Goes towards the target until a weight reaches zero, and drops the points of weight zero.
  mutating func walk(towards target: [Element]) {
    var fraction: Element = 1
    var leaving = 0
    for (index, value) in target.enumerated() where value <= 0 {
      let reach = weights[index] / (weights[index] - value)
      if reach < fraction || reach.isNaN {
        fraction = reach.isNaN ? 0 : reach
        leaving = index
      }
    }
    for (index, value) in target.enumerated() {
      weights[index] += fraction * (value - weights[index])
    }
    weights[leaving] = 0
    let kept = weights.indices.filter { weights[$0] > 0 }
    face = kept.map { face[$0] }
    weights = kept.map { weights[$0] }
  }
}
