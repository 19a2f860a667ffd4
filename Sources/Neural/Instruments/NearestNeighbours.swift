public import Tensors

/// The points nearest to queries, found by all distances, a block of queries at a time.
public struct NearestNeighbours<Element: Scalar>: Sendable {
  /// The points that are searched, one a row.
  public let points: Tensor<Element>

  /// A search among points.
  ///
  /// - Precondition: `points` is a matrix with rows.
  public init(_ points: Tensor<Element>) {
    require(
      points.rank == 2 && points.shape[0] > 0, "NearestNeighbours: points of \(points.shape)")
    self.points = points.detached
  }

  /// The `k` nearest points to each query, the nearest first and the first of equals first.
  ///
  /// - Shapes: queries [m, d]; m lists of k.
  /// - Accuracy: by squared distances as `pairwiseSquaredDistances(_:_:)` rounds them.
  /// - Precondition: queries have the points' columns; 1 ≤ k ≤ the number of points, less one where
  ///   each leaves itself out; the block is at least one.
  /// - Parameters:
  ///   - k: how many.
  ///   - queries: the queries; nil for the points themselves, each without itself.
  ///   - block: how many queries' distances are held at a time.
  /// - Returns: places and squared distances, query by query.
  public func nearest(
    _ k: Int, to queries: Tensor<Element>? = nil, block: Int = 256
  ) -> (indices: [[Int]], squaredDistances: [[Element]]) {
    let (n, own) = (points.shape[0], queries == nil)
    require(
      k >= 1 && k <= n - (own ? 1 : 0) && block >= 1,
      "nearest: \(k) of \(n) points in blocks of \(block)")
    let queries = queries ?? points
    var (indices, values): ([[Int]], [[Element]]) = ([], [])
    for first in stride(from: 0, to: queries.shape[0], by: block) {
      let last = min(first + block, queries.shape[0])
      let found = pairwiseSquaredDistances(queries.rows(first..<last), points)
      found.withScalars { distances in
        for row in 0..<last - first {
          var best: [(value: Element, index: Int)] = []
          for index in 0..<n where !(own && index == first + row) {
            let value = distances[row * n + index]
            guard best.count < k || value < best[k - 1].value else { continue }
            if best.count == k { best.removeLast() }
            let place = best.lastIndex { !(value < $0.value) }.map { $0 + 1 } ?? 0
            best.insert((value, index), at: place)
          }
          indices.append(best.map(\.index))
          values.append(best.map(\.value))
        }
      }
    }
    return (indices, values)
  }

  /// The class that most of the `k` nearest points of each query have; of equals the least.
  ///
  /// - Precondition: as `nearest(_:to:block:)`, and one label a point, not negative.
  public func classes(
    _ k: Int, of labels: [Int], for queries: Tensor<Element>? = nil, block: Int = 256
  ) -> [Int] {
    require(
      labels.count == points.shape[0] && labels.allSatisfy { $0 >= 0 },
      "NearestNeighbours: \(labels.count) labels for \(points.shape[0]) points")
    let count = (labels.max() ?? 0) + 1
    return nearest(k, to: queries, block: block).indices.map { neighbours in
      var votes = [Int](repeating: 0, count: count)
      for index in neighbours { votes[labels[index]] += 1 }
      let most = votes.max() ?? 0
      return votes.firstIndex(of: most) ?? 0
    }
  }
}
