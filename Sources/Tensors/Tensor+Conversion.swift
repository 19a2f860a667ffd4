internal import CKernels

extension Tensor {
  /// The numbers of a tensor of either kind, rounded to nearest where this kind is narrower.
  ///
  /// The result is a constant to derivatives.
  public init<Other: Scalar>(converting other: Tensor<Other>) {
    self.init(shape: other.shape) { target in
      other.withPointer { source in
        if Other.kind == Element.kind {
          target.copyMemory(from: source, byteCount: other.count * MemoryLayout<Element>.size)
        } else {
          ck_convert(Tensor<Other>.type, other.count, source, target)
        }
      }
    }
  }

  /// Whether no entry is infinite or NaN.
  public var isFinite: Bool {
    var finite = true
    withPointer { finite = ck_all_finite(Self.type, count, $0) != 0 }
    return finite
  }
}
