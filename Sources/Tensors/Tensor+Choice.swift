internal import CKernels

// Comparisons, choices by them, and the fused multiply-add.

extension Tensor {
  /// One where an entry is greater than the other's, and zero elsewhere and at NaN.
  ///
  /// - Gradient: zero.
  public func isGreater(than other: Tensor) -> Tensor {
    Self.zipped("isGreater", CK_GREATER, self, other)
  }

  /// One where an entry equals the other's, and zero elsewhere and at NaN.
  ///
  /// - Gradient: zero.
  public func isEqual(to other: Tensor) -> Tensor {
    Self.zipped("isEqual", CK_EQUAL, self, other)
  }

  fileprivate static func blended(
    _ name: String, _ operation: ck_blend_op, _ recorded: Operation, _ inputs: [Tensor]
  ) -> Tensor {
    var shape: [Int] = []
    for input in inputs {
      guard let both = Broadcast(shape, input.shape) else {
        fatalError("\(name): shapes \(inputs.map(\.shape)) do not broadcast")
      }
      shape = both.shape
    }
    // A single number is repeated in place; other shapes are written out.
    let full = inputs.map { $0.count == 1 ? $0 : $0.detached.broadcast(to: shape) }
    let steps = full.map { $0.count == 1 ? 0 : 1 }
    return Tensor(shape: shape) { target in
      full[0].withPointer { a in
        full[1].withPointer { b in
          full[2].withPointer { c in
            ck_blend(
              type, operation, shape.reduce(1, *), a, steps[0], b, steps[1], c, steps[2], target)
          }
        }
      }
    }.recorded(recorded, inputs)
  }
}

/// The entries of `x` where `condition` is not zero, and those of `y` elsewhere.
///
/// - Shapes: that to which the three broadcast.
/// - Gradient: of `x` and `y`.
public func choose<E>(
  where condition: Tensor<E>, _ x: Tensor<E>, else y: Tensor<E>
) -> Tensor<E> {
  Tensor.blended("choose", CK_WHERE, .choose, [condition, x, y])
}

/// The product of `a` and `x` plus `y`, rounded once.
///
/// - Shapes: that to which the three broadcast.
public func multiplyAdd<E>(_ a: Tensor<E>, _ x: Tensor<E>, _ y: Tensor<E>) -> Tensor<E> {
  Tensor.blended("multiplyAdd", CK_FMA, .multiplyAdd, [a, x, y])
}
