internal import CKernels

extension Tensor {
  /// The sum, entry by entry, of tensors whose shapes broadcast.
  public static func + (lhs: Tensor, rhs: Tensor) -> Tensor {
    zipped("+", CK_ADD, lhs, rhs).recorded(.add, lhs, rhs)
  }

  /// The difference, entry by entry, of tensors whose shapes broadcast.
  public static func - (lhs: Tensor, rhs: Tensor) -> Tensor {
    zipped("-", CK_SUBTRACT, lhs, rhs).recorded(.subtract, lhs, rhs)
  }

  /// The product, entry by entry, of tensors whose shapes broadcast.
  public static func * (lhs: Tensor, rhs: Tensor) -> Tensor {
    zipped("*", CK_MULTIPLY, lhs, rhs).recorded(.multiply, lhs, rhs)
  }

  /// The quotient, entry by entry, of tensors whose shapes broadcast.
  public static func / (lhs: Tensor, rhs: Tensor) -> Tensor {
    zipped("/", CK_DIVIDE, lhs, rhs).recorded(.divide, lhs, rhs)
  }

  /// Adds a number to every entry.
  public static func + (lhs: Tensor, rhs: Element) -> Tensor { lhs + Tensor(rhs) }
  /// Adds every entry to a number.
  public static func + (lhs: Element, rhs: Tensor) -> Tensor { Tensor(lhs) + rhs }
  /// Subtracts a number from every entry.
  public static func - (lhs: Tensor, rhs: Element) -> Tensor { lhs - Tensor(rhs) }
  /// Subtracts every entry from a number.
  public static func - (lhs: Element, rhs: Tensor) -> Tensor { Tensor(lhs) - rhs }
  /// Multiplies every entry by a number.
  public static func * (lhs: Tensor, rhs: Element) -> Tensor { lhs * Tensor(rhs) }
  /// Multiplies a number by every entry.
  public static func * (lhs: Element, rhs: Tensor) -> Tensor { Tensor(lhs) * rhs }
  /// Divides every entry by a number.
  public static func / (lhs: Tensor, rhs: Element) -> Tensor { lhs / Tensor(rhs) }
  /// Divides a number by every entry.
  public static func / (lhs: Element, rhs: Tensor) -> Tensor { Tensor(lhs) / rhs }

  /// Adds in place where no tape follows and the shape stays.
  public static func += (lhs: inout Tensor, rhs: Tensor) { lhs.combine(rhs, CK_ADD) { $0 + $1 } }
  /// Subtracts in place where no tape follows and the shape stays.
  public static func -= (lhs: inout Tensor, rhs: Tensor) {
    lhs.combine(rhs, CK_SUBTRACT) { $0 - $1 }
  }
  /// Multiplies in place where no tape follows and the shape stays.
  public static func *= (lhs: inout Tensor, rhs: Tensor) {
    lhs.combine(rhs, CK_MULTIPLY) { $0 * $1 }
  }
  /// Divides in place where no tape follows and the shape stays.
  public static func /= (lhs: inout Tensor, rhs: Tensor) { lhs.combine(rhs, CK_DIVIDE) { $0 / $1 } }

  /// Adds a number to every entry, in place where no tape follows.
  public static func += (lhs: inout Tensor, rhs: Element) { lhs += Tensor(rhs) }
  /// Subtracts a number from every entry, in place where no tape follows.
  public static func -= (lhs: inout Tensor, rhs: Element) { lhs -= Tensor(rhs) }
  /// Multiplies every entry by a number, in place where no tape follows.
  public static func *= (lhs: inout Tensor, rhs: Element) { lhs *= Tensor(rhs) }
  /// Divides every entry by a number, in place where no tape follows.
  public static func /= (lhs: inout Tensor, rhs: Element) { lhs /= Tensor(rhs) }

  /// Adds a multiple of another tensor, in place where no tape follows.
  ///
  ///     self = fma(scale, other, self)
  ///
  /// - Accuracy: one rounding an entry; with a tape, two.
  /// - Precondition: the shapes are equal.
  public mutating func add(_ other: Tensor, scaledBy scale: Element) {
    require(
      shape == other.shape, "add: \(shape) and \(other.shape) are not the same shape")
    guard node == nil, other.node == nil else {
      self = self + other * scale
      return
    }
    Kernels.prepare()
    let count = count
    other.withPointer { source in
      withMutableScalars { scalars in
        guard let base = scalars.baseAddress else { return }
        ck_add_scaled(Self.type, count, Double(scale), source, base)
      }
    }
  }

  private mutating func combine(
    _ other: Tensor, _ operation: ck_zip_op, _ general: (Tensor, Tensor) -> Tensor
  ) {
    let plan = Broadcast(shape, other.shape)
    guard other.node == nil, contents.isWritable(), let plan, plan.shape == shape,
      plan.outer.isEmpty
    else {
      self = general(self, other)
      return
    }
    Kernels.prepare()
    other.withPointer { source in
      let base = contents.base
      plan.run(operation, Self.type, MemoryLayout<Element>.size, base, source, base)
    }
  }

  static func zipped(_ name: String, _ operation: ck_zip_op, _ a: Tensor, _ b: Tensor) -> Tensor {
    guard let plan = Broadcast(a.shape, b.shape) else {
      fatalError("\(name): shapes \(a.shape) and \(b.shape) do not broadcast")
    }
    return Tensor(shape: plan.shape) { target in
      a.withPointer { left in
        b.withPointer { right in
          plan.run(operation, type, MemoryLayout<Element>.size, left, right, target)
        }
      }
    }
  }
}

/// Each power, entry by entry, of tensors whose shapes broadcast.
public func pow<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  Tensor.zipped("pow", CK_POWER, x, y).recorded(.power, x, y)
}

/// Each entry to a power.
public func pow<E>(_ x: Tensor<E>, _ y: E) -> Tensor<E> { pow(x, Tensor(y)) }

/// The greater entries of tensors whose shapes broadcast; NaN where one is.
///
/// - Gradient: goes to the greater entry, and nowhere where they are equal.
public func maximum<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  Tensor.zipped("maximum", CK_MAXIMUM, x, y).recorded(.maximum, x, y)
}

/// The lesser entries of tensors whose shapes broadcast; NaN where one is.
///
/// - Gradient: goes to the lesser entry, and nowhere where they are equal.
public func minimum<E>(_ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  Tensor.zipped("minimum", CK_MINIMUM, x, y).recorded(.minimum, x, y)
}

/// The entries of `x` where those of `condition` are above zero, and zeros elsewhere.
///
/// - Gradient: of `x` alone.
public func gate<E>(_ x: Tensor<E>, where condition: Tensor<E>) -> Tensor<E> {
  Tensor.zipped("gate", CK_GATE, x, condition).recorded(.gate, x, condition)
}
