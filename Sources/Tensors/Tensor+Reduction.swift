internal import CKernels

extension Tensor {
  /// The sum of all entries: 16 strided partial sums in blocks of 4096, joined by a fixed tree.
  public func sum() -> Tensor {
    (rank == 1 ? self : reshaped(to: [count])).sum(along: 0)
  }

  /// The mean of all entries.
  ///
  /// - Precondition: there is one at least.
  public func mean() -> Tensor {
    require(count > 0, "mean: shape \(shape) is empty")
    return sum() / Element(count)
  }

  /// The sums along an axis.
  ///
  /// - Precondition: the tensor has the axis.
  /// - Parameters:
  ///   - axis: the axis to sum over.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the sums.
  public func sum(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    let result = reduced("sum", CK_SUM, axis).recorded(.sum(axis: axis), self)
    return keepingAxis ? result.inserting(axis: axis) : result
  }

  /// The means along an axis.
  ///
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Parameters:
  ///   - axis: the axis to average over.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the means.
  public func mean(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    let sums = sum(along: axis, keepingAxis: keepingAxis)
    require(shape[axis] > 0, "mean: axis \(axis) of shape \(shape) is empty")
    return sums / Element(shape[axis])
  }

  /// The sums over several axes, all unless told.
  ///
  /// - Precondition: the tensor has the axes, each named once.
  /// - Parameters:
  ///   - axes: the axes to sum over, taken from the last to the first.
  ///   - keepingAxes: whether they stay, with one entry each.
  /// - Returns: the sums.
  public func sum(over axes: [Int], keepingAxes: Bool = false) -> Tensor {
    require(Set(axes).count == axes.count, "sum: axes \(axes) name one twice")
    return axes.sorted().reversed().reduce(self) {
      $0.sum(along: $1, keepingAxis: keepingAxes)
    }
  }

  /// The means over several axes.
  ///
  /// - Precondition: the tensor has the axes, each named once, and none is empty.
  public func mean(over axes: [Int], keepingAxes: Bool = false) -> Tensor {
    let sums = sum(over: axes, keepingAxes: keepingAxes)
    let entries = axes.reduce(1) { $0 * shape[$1] }
    require(entries > 0, "mean: an axis of \(axes) of shape \(shape) is empty")
    return sums / Element(entries)
  }

  /// The variances along an axis: the mean square deviation from the mean, or, unbiased, the sum of
  /// squares over one less than the count.
  ///
  /// - Precondition: the tensor has the axis, with an entry, or two where unbiased.
  /// - Parameters:
  ///   - axis: the axis.
  ///   - unbiased: whether to divide by one less than the count.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the variances.
  public func variance(along axis: Int, unbiased: Bool, keepingAxis: Bool = false) -> Tensor {
    let deviations = self - mean(along: axis, keepingAxis: true)
    let divisor = shape[axis] - (unbiased ? 1 : 0)
    require(divisor > 0, "variance: axis \(axis) of shape \(shape) is too short")
    return deviations.sumOfSquares(along: axis, keepingAxis: keepingAxis) / Element(divisor)
  }

  /// The sums of squares along an axis: partial sums are fused multiply-adds.
  ///
  /// - Precondition: the tensor has the axis.
  public func sumOfSquares(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    let result = reduced("sumOfSquares", CK_SUM_OF_SQUARES, axis)
      .recorded(.sumOfSquares(axis: axis), self)
    return keepingAxis ? result.inserting(axis: axis) : result
  }

  /// The sum of the squares of all entries.
  public func sumOfSquares() -> Tensor { reshaped(to: [count]).sumOfSquares(along: 0) }

  /// The Euclidean norms along an axis.
  ///
  /// - Gradient: not a number where the norm is zero.
  /// - Precondition: the tensor has the axis.
  public func norm(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    sqrt(sumOfSquares(along: axis, keepingAxis: keepingAxis))
  }

  /// The products along an axis.
  ///
  /// - Gradient: the product over the entry: not a number at zero.
  /// - Precondition: the tensor has the axis.
  public func product(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    let result = reduced("product", CK_PRODUCT, axis).recorded(.product(axis: axis), self)
    return keepingAxis ? result.inserting(axis: axis) : result
  }

  /// The sums of the entries of an axis up to each, one after another from its start or its end.
  ///
  /// - Precondition: the tensor has the axis.
  public func cumulativeSum(along axis: Int, fromTheEnd: Bool = false) -> Tensor {
    require(shape.indices.contains(axis), "cumulativeSum: shape \(shape) has no axis \(axis)")
    let (outer, inner) = around(axis)
    return Tensor(shape: shape) { target in
      withPointer {
        ck_cumulative_sum(Self.type, outer, shape[axis], inner, fromTheEnd ? 1 : 0, $0, target)
      }
    }.recorded(.cumulativeSum(axis: axis, fromTheEnd: fromTheEnd), self)
  }

  /// The greatest entries along an axis; NaN where one is.
  ///
  /// - Gradient: goes to the first of the greatest.
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Parameters:
  ///   - axis: the axis to search.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the greatest entries.
  public func max(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    extreme("max", CK_MAX, axis, keepingAxis)
  }

  /// The least entries along an axis; NaN where one is.
  ///
  /// - Gradient: goes to the first of the least.
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Parameters:
  ///   - axis: the axis to search.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the least entries.
  public func min(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    extreme("min", CK_MIN, axis, keepingAxis)
  }

  /// The greatest entry; NaN where one is.
  ///
  /// - Precondition: there is one at least.
  public func max() -> Tensor { reshaped(to: [count]).max(along: 0) }

  /// The least entry; NaN where one is.
  ///
  /// - Precondition: there is one at least.
  public func min() -> Tensor { reshaped(to: [count]).min(along: 0) }

  /// The position along an axis of the first greatest entry; NaN counts as greatest.
  ///
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Returns: positions in row-major order of the other axes.
  public func argmax(along axis: Int) -> [Int] { extremeIndices(along: axis, least: false) }

  /// The position along an axis of the first least entry; NaN counts as least.
  ///
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Returns: positions in row-major order of the other axes.
  public func argmin(along axis: Int) -> [Int] { extremeIndices(along: axis, least: true) }

  /// The column of the first greatest entry of each row; NaN counts as greatest.
  ///
  /// - Precondition: the tensor has two axes and a column.
  public func argmaxAlongRows() -> [Int] {
    require(rank == 2 && shape[1] > 0, "argmaxAlongRows: shape \(shape) has no columns")
    return argmax(along: 1)
  }

  func extremeIndices(along axis: Int, least: Bool) -> [Int] {
    require(
      shape.indices.contains(axis) && shape[axis] > 0,
      "\(least ? "argmin" : "argmax"): shape \(shape) has no entries along axis \(axis)")
    Kernels.prepare()
    let (outer, inner) = around(axis)
    var places = [Int64](repeating: 0, count: outer * inner)
    withPointer {
      ck_extreme_index(Self.type, least ? 1 : 0, outer, shape[axis], inner, $0, &places)
    }
    return places.map(Int.init)
  }

  private func extreme(
    _ name: String, _ operation: ck_reduce_op, _ axis: Int, _ keepingAxis: Bool
  ) -> Tensor {
    let result = reduced(name, operation, axis)
      .recorded(.extremeAlong(axis: axis, least: operation == CK_MIN), self)
    require(shape[axis] > 0, "\(name): axis \(axis) of shape \(shape) is empty")
    return keepingAxis ? result.inserting(axis: axis) : result
  }

  /// The numbers of places before and after an axis.
  private func around(_ axis: Int) -> (outer: Int, inner: Int) {
    (shape[..<axis].reduce(1, *), shape[(axis + 1)...].reduce(1, *))
  }

  private func reduced(_ name: String, _ operation: ck_reduce_op, _ axis: Int) -> Tensor {
    require(shape.indices.contains(axis), "\(name): shape \(shape) has no axis \(axis)")
    let (outer, inner) = around(axis)
    var shape = shape
    let entries = shape.remove(at: axis)
    if entries == 0 { return Tensor(repeating: operation == CK_PRODUCT ? 1 : 0, shape: shape) }
    return Tensor(shape: shape) { target in
      withPointer { ck_reduce(Self.type, operation, outer, entries, inner, $0, target) }
    }
  }
}
