public import Tensors

/// A cheapest assignment of rows to columns, with its certificate.
public struct Assignment: Sendable {
  /// The column of each row.
  public let columns: [Int]

  /// The sum of the chosen entries.
  public let cost: Double

  /// Potentials u and v with uᵢ + vⱼ ≤ cᵢⱼ up to rounding, v ≤ 0: their sum is what no assignment
  /// falls below.
  public let rowPotentials: Tensor<Double>

  /// The potentials of the columns.
  public let columnPotentials: Tensor<Double>

  /// The cost's distance from that bound.
  public var gap: Double {
    cost - rowPotentials.sum().item - columnPotentials.sum().item
  }
}

/// The cheapest assignment of every row to a column of its own, by shortest augmenting paths.
///
///     min Σᵢ c[i, π(i)] over injections π
///
/// - Shapes: cost [n, m] with n ≤ m.
/// - Accuracy: exact up to the rounding of sums; tested against SciPy's `linear_sum_assignment`.
/// - Source: Jonker and Volgenant, Computing 38 (1987); O(n² m). Of equal paths the first column's
///   is taken.
/// - Precondition: the matrix has no more rows than columns.
/// - Parameter cost: What each pair costs.
/// - Returns: The assignment and its potentials.
/// - Throws: `LinearAlgebraError.nonFinite` where a cost is not finite.
public func cheapestAssignment(
  _ cost: Tensor<Double>
) throws(LinearAlgebraError) -> Assignment {
  require(
    cost.rank == 2 && cost.shape[0] <= cost.shape[1],
    "cheapestAssignment: a matrix of \(cost.shape) has more rows than columns")
  try requireFinite("cheapestAssignment", cost)
  let (n, m) = (cost.shape[0], cost.shape[1])
  let costs = cost.scalars
  var (u, v) = ([Double](repeating: 0, count: n), [Double](repeating: 0, count: m))
  var owner = [Int?](repeating: nil, count: m)
  for row in 0..<n {
    // The shortest path from the row to a free column, by reduced costs.
    var distance = [Double](repeating: .infinity, count: m)
    var before = [Int?](repeating: nil, count: m)
    var done = [Bool](repeating: false, count: m)
    var (current, last, reached) = (row, Int?.none, 0.0)
    var end: Int?
    while end == nil {
      var (nearest, least) = (0, Double.infinity)
      for j in 0..<m where !done[j] {
        let length = reached + (costs[current * m + j] - u[current] - v[j])
        if length < distance[j] {
          distance[j] = length
          before[j] = last
        }
        if distance[j] < least { (nearest, least) = (j, distance[j]) }
      }
      done[nearest] = true
      reached = least
      if let next = owner[nearest] {
        (current, last) = (next, nearest)
      } else {
        end = nearest
      }
    }
    u[row] += reached
    for j in 0..<m where done[j] && j != end {
      if let row = owner[j] { u[row] += reached - distance[j] }
      v[j] -= reached - distance[j]
    }
    while let column = end {
      owner[column] = before[column].flatMap { owner[$0] } ?? row
      end = before[column]
    }
  }
  var columns = [Int](repeating: 0, count: n)
  for (column, row) in owner.enumerated() { if let row { columns[row] = column } }
  return Assignment(
    columns: columns,
    cost: columns.enumerated().reduce(0) { $0 + costs[$1.offset * m + $1.element] },
    rowPotentials: Tensor(u, shape: [n]), columnPotentials: Tensor(v, shape: [m]))
}

/// The point of a simplex that is nearest to a vector.
///
///     argmin ‖x − v‖ where x ≥ 0 and Σ x = s
///
/// - Shapes: v [n]; the result [n].
/// - Accuracy: a few ulp of the largest entry.
/// - Source: Held, Wolfe and Crowder, Mathematical Programming 6 (1974): sort, then find the shift.
/// - Precondition: `v` is a vector with at least one entry, the sum is above zero.
/// - Parameters:
///   - v: The vector.
///   - sum: s.
/// - Returns: The point.
/// - Throws: `LinearAlgebraError.nonFinite` where an entry is not finite.
public func simplexProjection(
  _ v: Tensor<Double>, sum: Double = 1
) throws(LinearAlgebraError) -> Tensor<Double> {
  require(
    v.rank == 1 && v.count >= 1 && sum > 0, "simplexProjection: \(v.shape) onto a sum of \(sum)")
  try requireFinite("simplexProjection", v)
  let sorted = v.scalars.sorted(by: >)
  var (total, shift) = (0.0, sorted[0] - sum)
  for (index, value) in sorted.enumerated() {
    total += value
    let next = (total - sum) / Double(index + 1)
    guard value > next else { break }
    shift = next
  }
  return relu(v.detached - shift)
}
