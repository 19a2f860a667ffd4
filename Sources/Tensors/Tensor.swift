internal import CKernels

/// An array of numbers with a shape, in row-major order.
///
/// A value: copies are independent, and share their memory until one is changed. Results of
/// operations on tensors that a tape follows are followed too; see ``valueWithGradient(at:of:)``.
public struct Tensor<Element: Scalar>: Sendable {
  var contents: Contents

  /// The number of entries along each axis; empty for a single number.
  public var shape: [Int] { contents.shape }

  /// The number of entries.
  public var count: Int { contents.count }

  /// The number of axes.
  public var rank: Int { contents.shape.count }

  var node: Node? { contents.node }

  init(_ contents: Contents) { self.contents = contents }

  /// Takes the numbers in row-major order.
  ///
  /// - Precondition: `scalars` has as many numbers as `shape`.
  public init(_ scalars: [Element], shape: [Int]) {
    require(
      shape.allSatisfy { $0 >= 0 } && scalars.count == shape.reduce(1, *),
      "Tensor: \(scalars.count) scalars do not fill shape \(shape)")
    self.init(shape: shape) { target in
      scalars.withUnsafeBytes { source in
        if let base = source.baseAddress { target.copyMemory(from: base, byteCount: source.count) }
      }
    }
  }

  /// Repeats one number.
  public init(repeating value: Element, shape: [Int]) {
    require(shape.allSatisfy { $0 >= 0 }, "Tensor: shape \(shape) has a negative axis")
    let count = Self.count(shape)
    self.init(shape: shape) { ck_fill(Self.type, count, Double(value), $0) }
  }

  /// Fills the shape with zeros.
  public init(zeros shape: [Int]) { self.init(repeating: 0, shape: shape) }

  /// Takes one number, with an empty shape.
  public init(_ value: Element) {
    self.init(shape: []) { $0.storeBytes(of: value, as: Element.self) }
  }

  /// Takes a vector.
  public init(_ scalars: [Element]) { self.init(scalars, shape: [scalars.count]) }

  /// Computes `shape`'s scalars into fresh memory; an empty shape's are not asked for.
  init(shape: [Int], fill: (UnsafeMutableRawPointer) -> Void) {
    Kernels.prepare()
    let count = Self.count(shape)
    let buffer = Buffer(bytes: count * MemoryLayout<Element>.size)
    if count > 0 { fill(buffer.base) }
    contents = Contents(shape: shape, count: count, buffer: buffer, offset: 0)
  }

  /// The same numbers under another shape, or those from one place on, without a copy.
  func view(shape: [Int], from first: Int = 0) -> Tensor {
    Tensor(
      Contents(
        shape: shape, count: Self.count(shape), buffer: contents.buffer,
        offset: contents.offset + first * MemoryLayout<Element>.size))
  }

  private static func count(_ shape: [Int]) -> Int {
    var count = 1
    for axis in shape { count *= axis }
    return count
  }

  /// A copy of the entries in row-major order; see ``withScalars(_:)`` for one that costs nothing.
  public var scalars: [Element] { withScalars(Array.init) }

  /// Runs the body on the entries in row-major order, where they lie.
  ///
  /// - Parameter body: what to do with them; the buffer ends with it.
  /// - Returns: what the body returns.
  /// - Throws: what the body throws.
  public func withScalars<Result, Failure: Error>(
    _ body: (UnsafeBufferPointer<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let first = contents.base.assumingMemoryBound(to: Element.self)
    let result = try body(UnsafeBufferPointer(start: first, count: count))
    // The memory lives until the body has ended.
    extendLifetime(contents.buffer)
    return result
  }

  /// The number that a tensor of one entry holds.
  ///
  /// - Precondition: the tensor has one entry.
  public var item: Element {
    require(count == 1, "item: shape \(shape) does not hold exactly one scalar")
    return withScalars { $0[0] }
  }

  /// The entry at one index an axis.
  ///
  /// - Precondition: the indices are inside the shape; to set, no tape follows the tensor.
  public subscript(_ indices: Int...) -> Element {
    get {
      let offset = offset(indices)
      return withScalars { $0[offset] }
    }
    set {
      require(node == nil, "subscript: a tensor followed by a tape cannot be changed in place")
      let offset = offset(indices)
      withMutableScalars { $0[offset] = newValue }
    }
  }

  /// The same numbers, followed by no tape: a constant to every derivative.
  public var detached: Tensor {
    var result = self
    result.contents.node = nil
    return result
  }

  private func offset(_ indices: [Int]) -> Int {
    require(
      indices.count == shape.count && zip(indices, shape).allSatisfy { $0 >= 0 && $0 < $1 },
      "subscript: index \(indices) is outside shape \(shape)")
    return zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  static var type: ck_type { Element.kind == .float ? CK_F32 : CK_F64 }

  /// Runs the body on the scalars' address; never called for an empty tensor.
  func withPointer(_ body: (UnsafeRawPointer) -> Void) {
    if count > 0 { body(UnsafeRawPointer(contents.base)) }
    extendLifetime(contents.buffer)
  }

  /// Runs the body on scalars that nobody else holds, in a copy where somebody does.
  mutating func withMutableScalars(_ body: (UnsafeMutableBufferPointer<Element>) -> Void) {
    if !contents.isWritable() {
      let copy = Tensor(shape: shape) { target in
        withPointer { target.copyMemory(from: $0, byteCount: count * MemoryLayout<Element>.size) }
      }
      contents = copy.contents
    }
    body(
      UnsafeMutableBufferPointer(
        start: contents.base.assumingMemoryBound(to: Element.self), count: count))
    extendLifetime(contents.buffer)
  }
}

extension Tensor: Equatable {
  /// Whether shapes and bits agree; all NaN are one value, and zeros differ by their sign.
  public static func == (lhs: Tensor, rhs: Tensor) -> Bool {
    guard lhs.shape == rhs.shape else { return false }
    if lhs.count == 0 { return true }
    var equal = false
    lhs.withPointer { left in
      rhs.withPointer { right in equal = ck_equal(type, lhs.count, left, right) != 0 }
    }
    return equal
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first numbers.
  public var description: String {
    let numbers = withScalars { $0.prefix(8).map { "\($0)" } } + (count > 8 ? ["…"] : [])
    return "Tensor\(shape)(\(numbers.joined(separator: ", ")))"
  }
}
