public import Tensors

extension Checkpoint {
  /// A tensor that was saved.
  ///
  /// - Throws: ``CheckpointError`` where there is none of that name and kind of number, or it has
  ///   another shape than the one asked for.
  public func tensor<E: Scalar>(
    _ name: String, shape: [Int]? = nil, of: E.Type = E.self
  ) throws(CheckpointError) -> Tensor<E> {
    let entry = try entry(name, E.kind == .float ? .float : .double)
    if let shape, shape != entry.shape {
      throw .shape(name, found: entry.shape, expected: shape)
    }
    return Tensor(littleEndian: entry.bytes, shape: entry.shape)
  }

  /// Counters that were saved.
  public func integers(_ name: String) throws(CheckpointError) -> [Int] {
    let bytes = try entry(name, .integer).bytes
    return stride(from: 0, to: bytes.count, by: 8).map {
      Int(truncatingIfNeeded: word(bytes[$0..<$0 + 8]))
    }
  }

  /// A single counter that was saved.
  public func integer(_ name: String) throws(CheckpointError) -> Int {
    let integers = try integers(name)
    guard integers.count == 1 else {
      throw .shape(name, found: [integers.count], expected: [1])
    }
    return integers[0]
  }

  /// Bytes that were saved.
  public func bytes(_ name: String) throws(CheckpointError) -> [UInt8] {
    try entry(name, .byte).bytes
  }

  /// A random stream that goes on where it was saved.
  public func stream(_ name: String) throws(CheckpointError) -> RandomStream {
    let words = try integers(name).map { UInt64(truncatingIfNeeded: $0) }
    guard let stream = RandomStream(state: words) else {
      throw .shape(name, found: [words.count], expected: [3])
    }
    return stream
  }

  /// A model of the form of another, with the parameters that were saved under a name.
  ///
  /// - Throws: ``CheckpointError`` where a parameter is missing or has another shape. Arrays that
  ///   the model has no parameter for are refused too.
  public func model<Model: Parameterised>(
    _ name: String, like other: Model
  ) throws(CheckpointError) -> Model {
    var tensors: [Tensor<Model.Number>] = []
    var known: Set<String> = []
    for (path, tensor) in other.namedParameters {
      let full = path.isEmpty ? name : "\(name).\(path)"
      tensors.append(try self.tensor(full, shape: tensor.shape))
      known.insert(full)
    }
    if let stray = names.first(where: { $0.hasPrefix("\(name).") && !known.contains($0) }) {
      throw .unexpected(stray)
    }
    return other.replacingParameters(tensors)
  }

  /// A list of tensors that was saved: empty, or of these shapes.
  func tensors<E: Scalar>(
    _ name: String, shapes: [[Int]]
  ) throws(CheckpointError) -> [Tensor<E>] {
    let count = try integer("\(name).count")
    guard count == 0 || count == shapes.count else {
      throw .shape(name, found: [count], expected: [shapes.count])
    }
    if count == 0 { return [] }
    var tensors: [Tensor<E>] = []
    for (index, shape) in shapes.enumerated() {
      tensors.append(try tensor("\(name).\(index)", shape: shape))
    }
    return tensors
  }

  /// A list of tensors that was saved: empty, or of the shapes of others.
  func tensors<E: Scalar>(
    _ name: String, like others: [Tensor<E>]
  ) throws(CheckpointError) -> [Tensor<E>] {
    try tensors(name, shapes: others.map { $0.shape })
  }

  private func entry(_ name: String, _ kind: Kind) throws(CheckpointError) -> Entry {
    guard let entry = entry(name) else { throw .missing(name) }
    guard entry.kind == kind else { throw .kind(name, found: entry.kind, expected: kind) }
    return entry
  }
}

extension Tensor {
  /// The scalars of little-endian bytes, of which there are as many as the shape needs.
  init(littleEndian bytes: [UInt8], shape: [Int]) {
    let count = shape.reduce(1, *)
    let scalars = [Element](unsafeUninitializedCapacity: count) { buffer, initialised in
      UnsafeMutableRawBufferPointer(buffer).copyBytes(from: bytes)
      initialised = count
    }
    self.init(scalars, shape: shape)
  }
}

/// The number that bytes make, the lowest first.
func word(_ bytes: some BidirectionalCollection<UInt8>) -> UInt64 {
  bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
}
