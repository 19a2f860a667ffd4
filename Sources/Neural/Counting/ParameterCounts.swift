public import Tensors

extension Parameterised {
  /// The number of scalars of each parameter by its name, in the order of the visit.
  public var parameterCounts: [(name: String, count: Int)] {
    namedParameters.map { (name: $0.name, count: $0.tensor.count) }
  }

  /// The number of scalars of the parameters whose names are chosen.
  public func parameterCount(where isCounted: (String) -> Bool) -> Int {
    parameterCounts.reduce(0) { $0 + (isCounted($1.name) ? $1.count : 0) }
  }

  /// The number of scalars that are not zero.
  public var nonzeroCount: Int {
    parameters.reduce(0) { sum, tensor in
      tensor.withScalars { scalars in scalars.reduce(sum) { $0 + ($1 == 0 ? 0 : 1) } }
    }
  }
}
