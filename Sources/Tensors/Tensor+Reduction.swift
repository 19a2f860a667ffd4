internal import CKernels

extension Tensor {
  /// The sum of all entries: 16 strided partial sums in blocks of 4096, joined by a fixed tree.
  public func sum() -> Tensor {
    reshaped(to: [count]).sum(along: 0)
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

  /// The greatest entries along an axis; NaN where one is.
  ///
  /// - Gradient: goes to the first of the greatest.
  /// - Precondition: the tensor has the axis, and it is not empty.
  /// - Parameters:
  ///   - axis: the axis to search.
  ///   - keepingAxis: whether it stays, with one entry.
  /// - Returns: the greatest entries.
  public func max(along axis: Int, keepingAxis: Bool = false) -> Tensor {
    let result = reduced("max", CK_MAX, axis).recorded(.maximumAlong(axis: axis), self)
    require(shape[axis] > 0, "max: axis \(axis) of shape \(shape) is empty")
    return keepingAxis ? result.inserting(axis: axis) : result
  }

  /// The greatest entry; NaN where one is.
  ///
  /// - Precondition: there is one at least.
  public func max() -> Tensor { reshaped(to: [count]).max(along: 0) }

  /// The column of the first greatest entry of each row; NaN counts as greatest.
  ///
  /// - Precondition: the tensor has two axes and a column.
  public func argmaxAlongRows() -> [Int] {
    require(rank == 2 && shape[1] > 0, "argmaxAlongRows: shape \(shape) has no columns")
    Kernels.prepare()
    var columns = [Int64](repeating: 0, count: shape[0])
    withPointer { ck_argmax(Self.type, shape[0], shape[1], $0, &columns) }
    return columns.map(Int.init)
  }

  private func reduced(_ name: String, _ operation: ck_reduce_op, _ axis: Int) -> Tensor {
    require(shape.indices.contains(axis), "\(name): shape \(shape) has no axis \(axis)")
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    var shape = shape
    let entries = shape.remove(at: axis)
    if entries == 0 { return Tensor(zeros: shape) }
    return Tensor(shape: shape) { target in
      withPointer { ck_reduce(Self.type, operation, outer, entries, inner, $0, target) }
    }
  }

  /// One at the first greatest entry along the axis, zero elsewhere: a constant to derivatives.
  func firstMaxima(along axis: Int) -> Tensor {
    let inner = shape[(axis + 1)...].reduce(1, *)
    let greatest = detached.max(along: axis).scalars
    return withScalars { scalars in
      var result = Tensor(zeros: shape)
      result.withMutableScalars { target in
        for (place, value) in greatest.enumerated() {
          let start = place / inner * shape[axis] * inner + place % inner
          let places = stride(from: start, to: start + shape[axis] * inner, by: inner)
          if let first = places.first(where: { scalars[$0] == value || scalars[$0].isNaN }) {
            target[first] = 1
          }
        }
      }
      return result
    }
  }
}
