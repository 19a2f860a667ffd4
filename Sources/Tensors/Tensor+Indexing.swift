internal import CKernels

extension Tensor {
  /// Chosen entries of an axis, in the given order, any number of times each.
  ///
  /// - Gradient: added up where an entry was taken more than once, in the order of `indices`.
  /// - Precondition: the tensor has the axis, and every index lies inside it.
  public func gathered(_ indices: [Int], along axis: Int) -> Tensor {
    requireIndices("gathered", indices, axis, below: shape)
    let result = indexed(ck_gather, indices, along: axis, entries: indices.count, shape[axis])
    return result.recorded(.gather(axis: axis, indices), self)
  }

  /// Chosen entries of the first axis, in the given order, any number of times each.
  ///
  /// - Precondition: every index lies inside the first axis.
  public func gathered(rows: [Int]) -> Tensor { gathered(rows, along: 0) }

  /// Zeros, with each entry of an axis added to the place along it that its index names, in order.
  ///
  ///     y[indices[k]] += x[k]
  ///
  /// - Precondition: the tensor has the axis, with an index in `0..<length` for each entry.
  /// - Parameters:
  ///   - indices: a place for each entry.
  ///   - axis: the axis.
  ///   - length: the number of entries of the axis in the result.
  /// - Returns: the sums.
  public func scattered(_ indices: [Int], along axis: Int, of length: Int) -> Tensor {
    var result = shape
    if result.indices.contains(axis) { result[axis] = length }
    requireIndices("scattered", indices, axis, below: result)
    require(
      indices.count == shape[axis],
      "scattered: \(indices.count) indices for axis \(axis) of shape \(shape)")
    return indexed(ck_scatter, indices, along: axis, entries: length, length, shape[axis])
      .recorded(.scatter(axis: axis, indices), self)
  }

  /// For each place of the other axes, entries of an axis chosen by indices of its own.
  ///
  ///     y[o, k, i] = x[o, indices[o, k, i], i]
  ///
  /// - Precondition: the tensor has the axis; `indices`, in row-major order, fill the shape with
  ///   some number of entries along it, and lie inside it.
  public func taken(_ indices: [Int], along axis: Int) -> Tensor {
    requireIndices("taken", indices, axis, below: shape)
    let others = count == 0 ? 0 : count / shape[axis]
    require(
      others > 0 && indices.count % others == 0,
      "taken: \(indices.count) indices do not fill axis \(axis) of shape \(shape)")
    return indexed(ck_take, indices, along: axis, entries: indices.count / others, shape[axis])
      .recorded(.take(axis: axis, indices), self)
  }

  /// Zeros, with each entry added to the place along an axis that its own index names, in order.
  ///
  ///     y[o, indices[o, k, i], i] += x[o, k, i]
  ///
  /// - Precondition: the tensor has the axis, and there is an index in `0..<length` for each entry.
  public func put(_ indices: [Int], along axis: Int, of length: Int) -> Tensor {
    var result = shape
    if result.indices.contains(axis) { result[axis] = length }
    requireIndices("put", indices, axis, below: result)
    require(indices.count == count, "put: \(indices.count) indices for shape \(shape)")
    return indexed(ck_put, indices, along: axis, entries: length, length, shape[axis])
      .recorded(.put(axis: axis, indices), self)
  }

  /// One at the label of each row, and zeros elsewhere.
  ///
  /// - Shapes: labels give `[labels, classes]`.
  /// - Precondition: every label is a class.
  public init(oneHot labels: [Int], classes: Int) {
    self = Tensor(repeating: 1, shape: [labels.count, 1]).put(labels, along: 1, of: classes)
  }

  /// The entries on and below a diagonal of the last two axes, and zeros above.
  ///
  /// - Precondition: the tensor has two axes at least.
  /// - Parameter diagonal: which one: above the main diagonal where above zero.
  /// - Returns: a tensor of the same shape.
  public func lowerTriangle(diagonal: Int = 0) -> Tensor { triangle(diagonal, lower: true) }

  /// The entries on and above a diagonal of the last two axes, and zeros below.
  ///
  /// - Precondition: the tensor has two axes at least.
  /// - Parameter diagonal: which one: above the main diagonal where above zero.
  /// - Returns: a tensor of the same shape.
  public func upperTriangle(diagonal: Int = 0) -> Tensor { triangle(diagonal, lower: false) }

  private func triangle(_ diagonal: Int, lower: Bool) -> Tensor {
    require(rank >= 2, "triangle: shape \(shape) does not have two axes")
    let (rows, columns) = (shape[rank - 2], shape[rank - 1])
    let mask = (0..<rows * columns).map { place -> Element in
      let distance = place % columns - place / columns - diagonal
      return (lower ? distance <= 0 : distance >= 0) ? 1 : 0
    }
    return gate(self, where: Tensor(mask, shape: [rows, columns]))
  }

  /// Runs a kernel of `[outer, length, inner]` and some `count` entries of the middle axis.
  private func indexed(
    _ kernel: (
      ck_type, Int, Int, Int, Int, UnsafePointer<Int64>?, UnsafeRawPointer?,
      UnsafeMutableRawPointer?
    ) -> Void,
    _ indices: [Int], along axis: Int, entries: Int, _ length: Int, _ taken: Int? = nil
  ) -> Tensor {
    var result = shape
    result[axis] = entries
    let outer = shape[..<axis].reduce(1, *)
    let inner = shape[(axis + 1)...].reduce(1, *)
    let places = indices.map(Int64.init)
    if count == 0 || places.isEmpty { return Tensor(zeros: result) }
    return Tensor(shape: result) { target in
      withPointer {
        kernel(Self.type, outer, length, inner, taken ?? entries, places, $0, target)
      }
    }
  }

  private func requireIndices(_ name: String, _ indices: [Int], _ axis: Int, below shape: [Int]) {
    require(self.shape.indices.contains(axis), "\(name): shape \(self.shape) has no axis \(axis)")
    for index in indices {
      require(
        index >= 0 && index < shape[axis],
        "\(name): index \(index) is outside axis \(axis) of shape \(shape)")
    }
  }
}
