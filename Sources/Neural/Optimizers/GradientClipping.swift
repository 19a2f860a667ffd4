public import Tensors

extension Parameterised {
  /// The Euclidean norm of all parameters together, summed in `Double` over the tensors.
  public var globalNorm: Double {
    parameters.reduce(0) { $0 + Double($1.sumOfSquares().item) }.squareRoot()
  }

  /// A gradient scaled down to a global norm where its own is greater.
  ///
  ///     g · min(1, bound / (‖g‖ + 10⁻⁶))
  ///
  /// As PyTorch's `clip_grad_norm_`, with its 10⁻⁶. A gradient that is not finite stays so: nothing
  /// is hidden.
  ///
  /// - Precondition: the bound is above 0.
  public func clipped(toNorm bound: Double) -> Self {
    require(bound > 0, "clipped: expected a bound above 0, got \(bound)")
    let scale = bound / (globalNorm + 1e-6)
    // Not a number is not below one, either: then the product spreads it.
    return scale >= 1 ? self : scaled(by: Number(scale))
  }

  /// A gradient whose entries are brought into ±bound.
  ///
  /// - Precondition: the bound is not negative.
  public func clipped(toMagnitude bound: Number) -> Self {
    require(bound >= 0, "clipped: expected a bound of 0 or more, got \(bound)")
    var model = self
    model.forEachParameter { $0 = clamp($0, to: -bound...bound) }
    return model
  }
}
