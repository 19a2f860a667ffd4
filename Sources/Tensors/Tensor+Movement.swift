internal import CKernels

/// Entries of an axis in equal steps, forwards or backwards.
struct Stretch: Sendable {
  var axis: Int
  var start: Int
  var step: Int
  var count: Int
  /// The number of entries of the axis that they are taken from.
  var length: Int
}

/// The order of axes that undoes another.
func inverse(of axes: [Int]) -> [Int] {
  var inverse = axes
  for (position, axis) in axes.enumerated() { inverse[axis] = position }
  return inverse
}

extension Tensor {
  /// The rows as columns.
  ///
  /// - Precondition: the tensor has two axes.
  public func transposed() -> Tensor {
    require(rank == 2, "transposed: shape \(shape) does not have two axes")
    return Tensor(shape: [shape[1], shape[0]]) { target in
      withPointer { ck_transpose(Self.type, shape[0], shape[1], $0, target) }
    }.recorded(.transpose, self)
  }

  /// The same numbers with the axes in another order: axis i of the result is axis `axes[i]`.
  ///
  /// - Precondition: every axis is named once.
  public func permuted(_ axes: [Int]) -> Tensor {
    require(
      axes.sorted() == Array(shape.indices), "permuted: \(axes) is no order of shape \(shape)")
    let steps = self.steps
    return moved(to: axes.map { shape[$0] }, from: axes.map { steps[$0] })
      .recorded(.permute(axes), self)
  }

  /// Consecutive entries of an axis.
  ///
  /// - Precondition: the tensor has the axis, and the range lies inside it.
  public func sliced(along axis: Int, _ range: Range<Int>) -> Tensor {
    sliced(along: axis, from: range.lowerBound, step: 1, count: range.count)
  }

  /// Entries of an axis in equal steps, backwards where the step is below zero.
  ///
  /// - Precondition: the tensor has the axis, every entry lies inside it, and the step is not zero.
  public func sliced(along axis: Int, from start: Int, step: Int, count: Int) -> Tensor {
    require(shape.indices.contains(axis), "sliced: shape \(shape) has no axis \(axis)")
    let last = start + (count - 1) * step
    require(
      count >= 0 && step != 0
        && (count == 0 || Swift.min(start, last) >= 0 && Swift.max(start, last) < shape[axis]),
      "sliced: \(count) from \(start) by \(step) are not inside axis \(axis) of shape \(shape)")
    return sliced(
      Stretch(axis: axis, start: start, step: step, count: count, length: shape[axis]))
  }

  /// Consecutive entries of the first axis.
  ///
  /// - Precondition: the range lies inside the first axis.
  public func rows(_ range: Range<Int>) -> Tensor { sliced(along: 0, range) }

  /// The entries of an axis in reverse order.
  ///
  /// - Precondition: the tensor has the axis.
  public func flipped(along axis: Int) -> Tensor {
    require(shape.indices.contains(axis), "flipped: shape \(shape) has no axis \(axis)")
    return sliced(along: axis, from: shape[axis] - 1, step: -1, count: shape[axis])
  }

  /// The entries of an axis moved on by some places; those that leave it come in at its start.
  ///
  /// - Precondition: the tensor has the axis.
  public func rolled(along axis: Int, by places: Int) -> Tensor {
    require(shape.indices.contains(axis), "rolled: shape \(shape) has no axis \(axis)")
    let length = shape[axis]
    if length == 0 { return self }
    let first = ((places % length) + length) % length
    return Tensor.concatenated(
      [sliced(along: axis, length - first..<length), sliced(along: axis, 0..<length - first)],
      along: axis)
  }

  /// The tensors one after another along an axis, the first unless told.
  ///
  /// - Precondition: there is one at least, all have the axis, and the other axes agree.
  public static func concatenated(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fatalError("concatenated: there is no tensor") }
    require(
      first.shape.indices.contains(axis), "concatenated: shape \(first.shape) has no axis \(axis)")
    var starts: [Int] = []
    var shape = first.shape
    shape[axis] = 0
    for tensor in tensors {
      var expected = tensor.shape
      if expected.indices.contains(axis) { expected[axis] = first.shape[axis] }
      require(
        expected == first.shape,
        "concatenated: shapes \(first.shape) and \(tensor.shape) differ beside axis \(axis)")
      starts.append(shape[axis])
      shape[axis] += tensor.shape[axis]
    }
    let size = MemoryLayout<Element>.size
    let steps = Self.steps(of: shape)
    return Tensor(shape: shape) { target in
      for (start, tensor) in zip(starts, tensors) {
        tensor.withPointer { source in
          Self.move(
            tensor.shape, from: tensor.steps, to: steps, source, target + start * steps[axis] * size
          )
        }
      }
    }.recorded(.concatenate(axis: axis, starts: starts), tensors)
  }

  /// Tensors of one shape along a new axis, the first unless told.
  ///
  /// - Precondition: there is one at least, and the shapes agree.
  public static func stacked(_ tensors: [Tensor], along axis: Int = 0) -> Tensor {
    require(
      tensors.allSatisfy { (0...$0.rank).contains(axis) }, "stacked: no shape has an axis \(axis)")
    return concatenated(tensors.map { $0.inserting(axis: axis) }, along: axis)
  }

  /// The tensor in consecutive pieces along an axis.
  ///
  /// - Precondition: the tensor has the axis, and the pieces' lengths add up to its.
  public func split(along axis: Int, into lengths: [Int]) -> [Tensor] {
    require(
      shape.indices.contains(axis) && lengths.allSatisfy { $0 >= 0 }
        && lengths.reduce(0, +) == shape[axis],
      "split: lengths \(lengths) do not fill axis \(axis) of shape \(shape)")
    var start = 0
    return lengths.map { length in
      start += length
      return sliced(along: axis, start - length..<start)
    }
  }

  /// The whole tensor some times one after another along each axis.
  ///
  /// - Precondition: there is a count of 0 or more for each axis.
  public func tiled(_ counts: [Int]) -> Tensor {
    require(
      counts.count == rank && counts.allSatisfy { $0 >= 0 },
      "tiled: counts \(counts) do not fit shape \(shape)")
    let spread = zip(shape, counts).flatMap { entries, _ in [1, entries] }
    let repeated = zip(shape, counts).flatMap { entries, times in [times, entries] }
    return reshaped(to: spread).broadcast(to: repeated)
      .reshaped(to: zip(shape, counts).map { $0 * $1 })
  }

  /// Each entry of an axis some times in a row.
  ///
  /// - Precondition: the tensor has the axis, and the count is not negative.
  public func repeated(along axis: Int, times count: Int) -> Tensor {
    require(
      shape.indices.contains(axis) && count >= 0,
      "repeated: axis \(axis) of shape \(shape), \(count) times")
    var wide = shape
    wide.insert(count, at: axis + 1)
    var result = shape
    result[axis] *= count
    return inserting(axis: axis + 1).broadcast(to: wide).reshaped(to: result)
  }

  func sliced(_ stretch: Stretch) -> Tensor {
    var (shape, steps) = (self.shape, self.steps)
    let offset = stretch.start * steps[stretch.axis]
    shape[stretch.axis] = stretch.count
    // Whole stretches of memory are not copied.
    if stretch.axis == 0 && stretch.step == 1 {
      return view(shape: shape, from: offset).recorded(.slice(stretch), self)
    }
    steps[stretch.axis] *= stretch.step
    return moved(to: shape, from: steps, offset: offset).recorded(.slice(stretch), self)
  }

  /// The tensor's entries at the places that a slice takes, and zeros elsewhere.
  func embedded(_ stretch: Stretch) -> Tensor {
    var shape = shape
    shape[stretch.axis] = stretch.length
    var steps = Self.steps(of: shape)
    let offset = stretch.start * steps[stretch.axis]
    steps[stretch.axis] *= stretch.step
    let size = MemoryLayout<Element>.size
    return Tensor(shape: shape) { target in
      ck_fill(Self.type, shape.reduce(1, *), 0, target)
      withPointer { Self.move(self.shape, from: self.steps, to: steps, $0, target + offset * size) }
    }.recorded(.embed(stretch), self)
  }

  /// The distance of neighbours along each axis.
  var steps: [Int] { Self.steps(of: shape) }

  private static func steps(of shape: [Int]) -> [Int] {
    var steps = shape
    var step = 1
    for axis in shape.indices.reversed() {
      steps[axis] = step
      step *= shape[axis]
    }
    return steps
  }

  private func moved(to shape: [Int], from steps: [Int], offset: Int = 0) -> Tensor {
    let size = MemoryLayout<Element>.size
    return Tensor(shape: shape) { target in
      withPointer {
        Self.move(shape, from: steps, to: Self.steps(of: shape), $0 + offset * size, target)
      }
    }
  }

  private static func move(
    _ shape: [Int], from: [Int], to: [Int], _ source: UnsafeRawPointer,
    _ target: UnsafeMutableRawPointer
  ) {
    let axes = shape.indices.map { ck_track(count: shape[$0], from: from[$0], to: to[$0]) }
    ck_move(type, axes.count, axes, source, target)
  }
}
