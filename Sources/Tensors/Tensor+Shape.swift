internal import CKernels

extension Tensor {
  /// The same numbers in another shape.
  ///
  /// - Precondition: both shapes hold equally many numbers.
  public func reshaped(to shape: [Int]) -> Tensor {
    require(
      shape.allSatisfy { $0 >= 0 } && shape.reduce(1, *) == count,
      "reshaped: shape \(self.shape) does not fit into \(shape)")
    return view(shape: shape).recorded(.reshape, self)
  }

  /// The numbers repeated along axes of one entry and new first axes.
  ///
  /// - Precondition: the shape broadcasts to the new one.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    require(
      Broadcast(self.shape, shape)?.shape == shape,
      "broadcast: shape \(self.shape) does not broadcast to \(shape)")
    if count == 1 { return Tensor(repeating: item, shape: shape).recorded(.broadcast, self) }
    // Adding -0 changes no bit of a number.
    return Self.zipped("broadcast", CK_ADD, detached, Tensor(repeating: -0.0, shape: shape))
      .recorded(.broadcast, self)
  }

  /// The same numbers with an axis of one entry more.
  func inserting(axis: Int) -> Tensor {
    var shape = shape
    shape.insert(1, at: axis)
    return reshaped(to: shape)
  }

  /// The sum over the axes along which `shape` was broadcast to this tensor's.
  func summed(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    var result = self
    while result.rank > shape.count { result = result.sum(along: 0) }
    for (axis, entries) in shape.enumerated() where entries == 1 && result.shape[axis] != 1 {
      result = result.sum(along: axis, keepingAxis: true)
    }
    return result
  }
}
