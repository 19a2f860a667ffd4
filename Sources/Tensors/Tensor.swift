internal import CKernels

/// An array of numbers with a shape, in row-major order.
///
/// A value: copies are independent, and share their storage until one is changed. Results of
/// operations on tensors that a tape follows are followed too; see ``valueWithGradient(at:of:)``.
public struct Tensor<Element: Scalar>: Sendable {
  /// The number of entries along each axis; empty for a single number.
  public let shape: [Int]

  var storage: [Element]
  var node: Node<Element>?

  /// Takes the numbers in row-major order.
  ///
  /// - Precondition: `scalars` has as many numbers as `shape`.
  public init(_ scalars: [Element], shape: [Int]) {
    require(
      shape.allSatisfy { $0 >= 0 } && scalars.count == shape.reduce(1, *),
      "Tensor: \(scalars.count) scalars do not fill shape \(shape)")
    self.init(storage: scalars, shape: shape)
  }

  /// Repeats one number.
  public init(repeating value: Element, shape: [Int]) {
    require(shape.allSatisfy { $0 >= 0 }, "Tensor: shape \(shape) has a negative axis")
    let count = shape.reduce(1, *)
    self.init(shape: shape) { ck_fill(Self.type, count, Double(value), $0) }
  }

  /// Fills the shape with zeros.
  public init(zeros shape: [Int]) { self.init(repeating: 0, shape: shape) }

  /// Takes one number, with an empty shape.
  public init(_ value: Element) { self.init(storage: [value], shape: []) }

  /// Takes a vector.
  public init(_ scalars: [Element]) { self.init(storage: scalars, shape: [scalars.count]) }

  init(storage: [Element], shape: [Int], node: Node<Element>? = nil) {
    self.storage = storage
    self.shape = shape
    self.node = node
  }

  /// Computes `shape`'s scalars into fresh storage.
  init(shape: [Int], fill: (UnsafeMutableRawPointer) -> Void) {
    let count = shape.reduce(1, *)
    self.init(storage: Self.storage(count: count, fill: fill), shape: shape)
  }

  static func storage(count: Int, fill: (UnsafeMutableRawPointer) -> Void) -> [Element] {
    Kernels.prepare()
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      if count > 0, let base = buffer.baseAddress { fill(UnsafeMutableRawPointer(base)) }
      initialized = count
    }
  }

  /// The number of entries.
  public var count: Int { storage.count }

  /// The number of axes.
  public var rank: Int { shape.count }

  /// The entries in row-major order.
  public var scalars: [Element] { storage }

  /// The number that a tensor of one entry holds.
  ///
  /// - Precondition: the tensor has one entry.
  public var item: Element {
    require(count == 1, "item: shape \(shape) does not hold exactly one scalar")
    return storage[0]
  }

  /// The entry at one index an axis.
  ///
  /// - Precondition: the indices are inside the shape; to set, no tape follows the tensor.
  public subscript(_ indices: Int...) -> Element {
    get { storage[offset(indices)] }
    set {
      require(node == nil, "subscript: a tensor followed by a tape cannot be changed in place")
      storage[offset(indices)] = newValue
    }
  }

  /// The same numbers, followed by no tape: a constant to every derivative.
  public var detached: Tensor { Tensor(storage: storage, shape: shape) }

  private func offset(_ indices: [Int]) -> Int {
    require(
      indices.count == shape.count && zip(indices, shape).allSatisfy { $0 >= 0 && $0 < $1 },
      "subscript: index \(indices) is outside shape \(shape)")
    return zip(indices, shape).reduce(0) { $0 * $1.1 + $1.0 }
  }

  static var type: ck_type { Element.kind == .float ? CK_F32 : CK_F64 }

  /// Runs the body on the scalars' address; never called for an empty tensor.
  func withPointer(_ body: (UnsafeRawPointer) -> Void) {
    storage.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { body(base) }
    }
  }
}

extension Tensor: Equatable {
  /// Whether shapes and bits agree; all NaN are one value, and zeros differ by their sign.
  public static func == (lhs: Tensor, rhs: Tensor) -> Bool {
    guard lhs.shape == rhs.shape else { return false }
    return lhs.storage.withUnsafeBytes { left in
      rhs.storage.withUnsafeBytes { right in
        guard lhs.count > 0, let first = left.baseAddress, let second = right.baseAddress
        else { return true }
        return ck_equal(type, lhs.count, first, second) != 0
      }
    }
  }
}

extension Tensor: CustomStringConvertible {
  /// The shape and the first numbers.
  public var description: String {
    let numbers = storage.prefix(8).map { "\($0)" } + (count > 8 ? ["…"] : [])
    return "Tensor\(shape)(\(numbers.joined(separator: ", ")))"
  }
}
