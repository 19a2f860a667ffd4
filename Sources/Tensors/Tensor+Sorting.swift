internal import CKernels

// Orders along an axis. The zeros are equal, NaN is greater than every number, and equal entries
// keep their order.

extension Tensor {
  /// The entries of an axis in ascending order, NaN last, or in descending order, NaN first.
  ///
  /// - Gradient: goes to where an entry came from.
  /// - Precondition: the tensor has the axis.
  public func sorted(along axis: Int, descending: Bool = false) -> Tensor {
    requireAxis("sorted", axis)
    if count == 0 { return self }
    return taken(order(axis, descending, shape[axis]), along: axis)
  }

  /// For each place of the sorted axis, where its entry is found.
  ///
  /// - Precondition: the tensor has the axis.
  /// - Returns: positions along the axis, in row-major order of the tensor's shape.
  public func sortedIndices(along axis: Int, descending: Bool = false) -> [Int] {
    requireAxis("sortedIndices", axis)
    return order(axis, descending, shape[axis])
  }

  /// The `k` greatest entries of an axis, the greatest first and the first of equals first.
  ///
  /// - Gradient: goes to where an entry came from.
  /// - Precondition: the tensor has the axis with `k` entries or more, and `k` is above zero.
  /// - Returns: the entries, and their positions along the axis in row-major order of their shape.
  public func top(_ k: Int, along axis: Int) -> (values: Tensor, indices: [Int]) {
    extremes("top", k, axis, descending: true)
  }

  /// The `k` least entries of an axis, the least first and the first of equals first.
  ///
  /// - Gradient: goes to where an entry came from.
  /// - Precondition: the tensor has the axis with `k` entries or more, and `k` is above zero.
  /// - Returns: the entries, and their positions along the axis in row-major order of their shape.
  public func bottom(_ k: Int, along axis: Int) -> (values: Tensor, indices: [Int]) {
    extremes("bottom", k, axis, descending: false)
  }

  /// The ranks from 1 of the entries of an axis; equal ones share the mean of theirs.
  ///
  /// - Gradient: zero.
  /// - Precondition: the tensor has the axis.
  public func ranks(along axis: Int) -> Tensor {
    requireAxis("ranks", axis)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let length = shape[axis]
    let order = sortedIndices(along: axis)
    let entries = scalars
    var ranks = [Element](repeating: 0, count: count)
    for list in 0..<(length == 0 ? 0 : count / length) {
      let start = list / inner * length * inner + list % inner
      func place(_ k: Int) -> Int { start + order[start + k * inner] * inner }
      var first = 0
      while first < length {
        var end = first + 1
        let value = entries[place(first)]
        while end < length {
          let next = entries[place(end)]
          if next != value && !(next.isNaN && value.isNaN) { break }
          end += 1
        }
        for k in first..<end { ranks[place(k)] = Element(first + end + 1) / 2 }
        first = end
      }
    }
    return Tensor(ranks, shape: shape)
  }

  /// For each value, how many entries of a vector that ascends come before it.
  ///
  /// - Precondition: the tensor has one axis, in ascending order.
  /// - Parameters:
  ///   - values: what to look for.
  ///   - afterEquals: whether entries that equal it count too.
  /// - Returns: the counts, in row-major order of the values.
  public func searchSorted(_ values: Tensor, afterEquals: Bool = false) -> [Int] {
    require(rank == 1, "searchSorted: shape \(shape) is no vector")
    var places = [Int64](repeating: 0, count: values.count)
    withPointer { entries in
      values.withPointer {
        ck_search(Self.type, afterEquals ? 1 : 0, count, entries, values.count, $0, &places)
      }
    }
    return places.map(Int.init)
  }

  /// The quantiles of an axis: between the two nearest places, the line through their entries.
  ///
  /// - Gradient: of the two entries.
  /// - Precondition: the tensor has the axis, and it is not empty; every level is in 0...1.
  /// - Parameters:
  ///   - levels: the shares of the entries that lie below.
  ///   - axis: the axis, which the levels take the place of.
  /// - Returns: the quantiles.
  public func quantiles(_ levels: [Double], along axis: Int) -> Tensor {
    requireAxis("quantiles", axis)
    require(
      shape[axis] > 0 && levels.allSatisfy { (0...1).contains($0) },
      "quantiles: levels \(levels) along axis \(axis) of shape \(shape)")
    let places = levels.map { $0 * Double(shape[axis] - 1) }
    let below = places.map { Int($0) }
    let above = below.map { Swift.min($0 + 1, shape[axis] - 1) }
    var column = [Int](repeating: 1, count: rank)
    column[axis] = levels.count
    let share = Tensor(zip(places, below).map { Element($0 - Double($1)) }, shape: column)
    let sorted = sorted(along: axis)
    let low = sorted.gathered(below, along: axis)
    return multiplyAdd(share, sorted.gathered(above, along: axis) - low, low)
  }

  /// How many entries fall between neighbouring edges; the last edge belongs to the last bin.
  ///
  /// Entries outside the edges, and NaN, are not counted.
  ///
  /// - Precondition: there are two edges at least, in ascending order.
  public func histogram(edges: [Element]) -> [Int] {
    require(
      edges.count > 1 && zip(edges, edges.dropFirst()).allSatisfy { $0 <= $1 },
      "histogram: \(edges.count) edges that do not ascend")
    var bins = [Int](repeating: 0, count: edges.count - 1)
    let places = Tensor(edges).searchSorted(self, afterEquals: true)
    for (place, value) in zip(places, scalars) {
      if place == edges.count && value == edges[edges.count - 1] {
        bins[edges.count - 2] += 1
      } else if place > 0 && place < edges.count {
        bins[place - 1] += 1
      }
    }
    return bins
  }

  private func extremes(
    _ name: String, _ k: Int, _ axis: Int, descending: Bool
  ) -> (values: Tensor, indices: [Int]) {
    requireAxis(name, axis)
    require(
      k > 0 && k <= shape[axis], "\(name): \(k) of axis \(axis) of shape \(shape)")
    let indices = order(axis, descending, k)
    if count == 0 { return (sliced(along: axis, 0..<k), []) }
    return (taken(indices, along: axis), indices)
  }

  private func order(_ axis: Int, _ descending: Bool, _ taken: Int) -> [Int] {
    Kernels.prepare()
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var places = [Int64](repeating: 0, count: outer * taken * inner)
    withPointer {
      ck_order(
        Self.type, descending ? 1 : 0, outer, shape[axis], inner, taken, $0, &places)
    }
    return places.map(Int.init)
  }

  private func requireAxis(_ name: String, _ axis: Int) {
    require(shape.indices.contains(axis), "\(name): shape \(shape) has no axis \(axis)")
  }
}
