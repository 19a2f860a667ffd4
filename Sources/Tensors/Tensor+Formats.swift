internal import CKernels

extension Tensor {
  /// Every entry rounded to a format.
  ///
  /// - Gradient: that of the identity (straight through); `detached` makes it zero.
  /// - Precondition: the format's numbers are numbers of the tensor's kind.
  public func rounded(to format: NumberFormat) -> Tensor {
    var kernel = format.kernel("rounded", Element.self)
    return Tensor(shape: shape) { target in
      withPointer { ck_round(Self.type, &kernel, count, $0, nil, target) }
    }.recorded(.rounded, self)
  }

  /// Every entry rounded up or down to a format at random, so that the mean is the entry.
  ///
  /// A magnitude goes up where its distance from the format's number below, as a part of the gap to
  /// the next, is above the draw. The format's own rounding is not used.
  ///
  /// - Gradient: that of the identity (straight through); `detached` makes it zero.
  /// - Precondition: the format's numbers are numbers of the tensor's kind; there is a draw in
  ///   [0, 1) for each entry.
  public func rounded(to format: NumberFormat, draws: Tensor<Double>) -> Tensor {
    require(draws.shape == shape, "rounded: draws \(draws.shape) do not fit shape \(shape)")
    var kernel = format.kernel("rounded", Element.self)
    return Tensor(shape: shape) { target in
      withPointer { source in
        draws.withPointer { chances in
          ck_round(
            Self.type, &kernel, count, source, chances.assumingMemoryBound(to: Double.self), target)
        }
      }
    }.recorded(.rounded, self)
  }

  /// The power of two of every entry: `floor(log2 |x|)`, −∞ for zero and +∞ for infinities.
  ///
  /// The result is a constant to derivatives.
  public func exponents() -> Tensor {
    Tensor(shape: shape) { target in
      withPointer { ck_exponents(Self.type, count, $0, target) }
    }
  }

  /// Every entry over its power of two, in [1, 2) with the entry's sign; zeros, infinities and NaN
  /// are themselves.
  ///
  /// The result is a constant to derivatives.
  public func significands() -> Tensor {
    Tensor(shape: shape) { target in
      withPointer { ck_significands(Self.type, count, $0, target) }
    }
  }
}
