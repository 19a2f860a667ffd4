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

  /// The rows as columns.
  ///
  /// - Precondition: the tensor has two axes.
  public func transposed() -> Tensor {
    require(rank == 2, "transposed: shape \(shape) does not have two axes")
    return Tensor(shape: [shape[1], shape[0]]) { target in
      withPointer { ck_transpose(Self.type, shape[0], shape[1], $0, target) }
    }.recorded(.transpose, self)
  }

  /// Consecutive entries of the first axis.
  ///
  /// - Precondition: the range lies inside the first axis.
  public func rows(_ range: Range<Int>) -> Tensor {
    require(
      rank > 0 && range.lowerBound >= 0 && range.upperBound <= shape[0],
      "rows: \(range) is not inside shape \(shape)")
    return view(shape: [range.count] + shape.dropFirst(), from: range.lowerBound * rowWidth)
      .recorded(.rows(range), self)
  }

  /// Chosen entries of the first axis, in the given order, any number of times each.
  ///
  /// - Precondition: every index lies inside the first axis.
  public func gathered(rows: [Int]) -> Tensor {
    require(
      rank > 0 && rows.allSatisfy { $0 >= 0 && $0 < shape[0] },
      "gathered: an index of \(rows.count) is outside the first axis of shape \(shape)")
    let size = rowWidth * MemoryLayout<Element>.size
    return Tensor(shape: [rows.count] + shape.dropFirst()) { target in
      withPointer { source in
        for (position, row) in rows.enumerated() {
          (target + position * size).copyMemory(from: source + row * size, byteCount: size)
        }
      }
    }.recorded(.gather(rows), self)
  }

  /// The tensors one after another along the first axis.
  ///
  /// - Precondition: there is one at least, and the other axes agree.
  public static func concatenated(_ tensors: [Tensor]) -> Tensor {
    guard let first = tensors.first else {
      fatalError("concatenated: there is no tensor")
    }
    var starts: [Int] = []
    var height = 0
    for tensor in tensors {
      require(
        tensor.rank > 0 && tensor.shape.dropFirst() == first.shape.dropFirst(),
        "concatenated: shapes \(first.shape) and \(tensor.shape) differ after the first axis")
      starts.append(height)
      height += tensor.shape[0]
    }
    let size = first.rowWidth * MemoryLayout<Element>.size
    return Tensor(shape: [height] + first.shape.dropFirst()) { target in
      for (tensor, start) in zip(tensors, starts) {
        tensor.withPointer {
          (target + start * size).copyMemory(from: $0, byteCount: tensor.shape[0] * size)
        }
      }
    }.recorded(.concatenate(starts), tensors)
  }

  /// The numbers repeated along axes of one entry and new first axes.
  ///
  /// - Precondition: the shape broadcasts to the new one.
  public func broadcast(to shape: [Int]) -> Tensor {
    if shape == self.shape { return self }
    require(
      Broadcast(self.shape, shape)?.shape == shape,
      "broadcast: shape \(self.shape) does not broadcast to \(shape)")
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
    var result = self
    while result.rank > shape.count { result = result.sum(along: 0) }
    for (axis, entries) in shape.enumerated() where entries == 1 && result.shape[axis] != 1 {
      result = result.sum(along: axis, keepingAxis: true)
    }
    return result
  }

  func embedded(atRows range: Range<Int>, of height: Int) -> Tensor {
    let width = rowWidth * MemoryLayout<Element>.size
    return Tensor(shape: [height] + shape.dropFirst()) { target in
      ck_fill(Self.type, height * rowWidth, 0, target)
      withPointer {
        (target + range.lowerBound * width).copyMemory(from: $0, byteCount: range.count * width)
      }
    }.recorded(.embeddedRows(range), self)
  }

  func scattered(toRows rows: [Int], of height: Int) -> Tensor {
    let width = rowWidth
    let size = MemoryLayout<Element>.size
    let result = Tensor(shape: [height] + shape.dropFirst()) { target in
      ck_fill(Self.type, height * width, 0, target)
      withPointer { source in
        for (position, row) in rows.enumerated() {
          let sum = target + row * width * size
          ck_zip(
            Self.type, CK_ADD, 1, width, sum, 0, 1, source + position * width * size, 0, 1, sum)
        }
      }
    }
    return result.recorded(.scatter(rows), self)
  }

  // The number of entries under one index of the first axis.
  private var rowWidth: Int { shape.dropFirst().reduce(1, *) }
}
