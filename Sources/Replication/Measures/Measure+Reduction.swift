/// What a reduction makes of the points along one axis.
enum Reduction: Hashable {
  case value(at: Coordinate)
  case average
  case averageAt([Double])
  case least
  case greatest
  case positionOfLeast
  case positionOfGreatest
  case steps
  case slope(Scale)
  case straightness(Scale)
  case rank
  case crossing(Double)
  case share(lower: Double, upper: Double)
  case first
  case last
}

/// The scales on which a slope is fitted.
public enum Scale: String, Codable, Hashable, Sendable {
  /// Both as they are.
  case linear
  /// Both as natural logarithms: the slope is the exponent of a power law.
  case logLog
  /// The logarithm of the axis only.
  case logAxis
  /// The logarithm of the value only: the slope is a rate.
  case logValue
}

extension Measure {
  /// The value at one position, interpolated linearly along a recorded curve.
  public func value<V: Encodable>(at position: V, over axis: AxisPath<P>? = nil) -> Measure {
    reduced(.value(at: Self.coordinate(position)), axis)
  }

  /// The mean along an axis.
  public func average(over axis: AxisPath<P>? = nil) -> Measure { reduced(.average, axis) }

  /// The mean of the values at some positions, interpolated linearly along a recorded curve.
  public func average(at positions: [Double], over axis: AxisPath<P>? = nil) -> Measure {
    reduced(.averageAt(positions), axis)
  }

  /// The least value along an axis.
  public func least(over axis: AxisPath<P>? = nil) -> Measure { reduced(.least, axis) }

  /// The greatest value along an axis.
  public func greatest(over axis: AxisPath<P>? = nil) -> Measure { reduced(.greatest, axis) }

  /// The first value along an axis.
  public func first(over axis: AxisPath<P>? = nil) -> Measure { reduced(.first, axis) }

  /// The last value along an axis.
  public func last(over axis: AxisPath<P>? = nil) -> Measure { reduced(.last, axis) }

  /// The position of the least value.
  public func positionOfLeast(over axis: AxisPath<P>? = nil) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.positionOfLeast, axis).term)
  }

  /// The position of the greatest value.
  public func positionOfGreatest(over axis: AxisPath<P>? = nil) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.positionOfGreatest, axis).term)
  }

  /// The differences between neighbours along an axis, each judged: monotony and order.
  public func steps(over axis: AxisPath<P>? = nil) -> Measure { reduced(.steps, axis) }

  /// The least-squares slope of the value along an axis.
  public func slope(over axis: AxisPath<P>? = nil, on scale: Scale = .linear) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.slope(scale), axis).term)
  }

  /// The share of the variance that the line of `slope` explains, R².
  public func straightness(
    over axis: AxisPath<P>? = nil, on scale: Scale = .linear
  ) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.straightness(scale), axis).term)
  }

  /// Spearman's rank correlation of the value with the axis.
  public func rank(over axis: AxisPath<P>? = nil) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.rank, axis).term)
  }

  /// The position at which the value first reaches a level from the side on which it starts.
  ///
  /// Interpolated linearly between neighbours; "not reached by the last position" where it never
  /// does.
  public func crossing(_ level: Double, over axis: AxisPath<P>? = nil) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.crossing(level), axis).term)
  }

  /// The share of the points along an axis that are at least a value.
  public func share(over axis: AxisPath<P>? = nil, atLeast lower: Double) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.share(lower: lower, upper: .infinity), axis).term)
  }

  /// The share of the points along an axis that are at most a value.
  public func share(over axis: AxisPath<P>? = nil, atMost upper: Double) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: reduced(.share(lower: -.infinity, upper: upper), axis).term)
  }

  /// The value where another quantity of the same arms is least: a hyperparameter chosen per seed.
  public func best<R: Quantity>(
    over axis: AxisPath<P>, by quantity: KeyPath<P.Outcome, R>
  ) -> Measure {
    Measure(term: .best(term, by: term.reading(quantity), axis: Axis(axis)))
  }

  /// The value where another measure is least.
  public func best<R: Quantity>(over axis: AxisPath<P>, by other: Measure<P, R>) -> Measure {
    Measure(term: .best(term, by: other.term, axis: Axis(axis)))
  }

  /// Spearman's rank correlation with another measure over all cells.
  public func rank<R: Quantity>(with other: Measure<P, R>) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: .correlation(term, other.term, ranked: true))
  }

  /// Pearson's correlation with another measure over all cells.
  public func correlation<R: Quantity>(with other: Measure<P, R>) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: .correlation(term, other.term, ranked: false))
  }

  private func reduced(_ reduction: Reduction, _ axis: AxisPath<P>?) -> Measure {
    Measure(term: .reduced(reduction, term, axis: axis.map { Axis($0) }))
  }

  private static func coordinate(_ position: some Encodable) -> Coordinate {
    guard let value = try? Canonical.decode(JSONValue.self, from: Canonical.data(position))
    else { preconditionFailure("value(at:): \(position) cannot be written as JSON") }
    return Coordinate(value)
  }
}

extension Term {
  /// The term with another quantity in place of each it reads, for choosing by that quantity.
  func reading<R: Quantity>(_ quantity: KeyPath<P.Outcome, R>) -> Term {
    mapQuantities { term in
      let other: Measure<P, R> =
        term.sideBySide
        ? P.the(quantity, ofEach: term.arms) : P.the(quantity, of: term.arms[0])
      guard case .quantity(let swapped) = other.term else { return term }
      return swapped
    }
  }

  /// The term with every leaf replaced.
  func mapQuantities(
    _ change: (QuantityTerm<P>) -> QuantityTerm<P>,
    computed: (ComputedTerm<P>) -> ComputedTerm<P> = { $0 }
  ) -> Term {
    func map(_ term: Term) -> Term { term.mapQuantities(change, computed: computed) }
    return switch self {
    case .quantity(let term): .quantity(change(term))
    case .constant: self
    case .unary(let operation, let term): .unary(operation, map(term))
    case .binary(let operation, let a, let b): .binary(operation, map(a), map(b))
    case .reduced(let reduction, let term, let axis): .reduced(reduction, map(term), axis: axis)
    case .best(let term, let by, let axis): .best(map(term), by: map(by), axis: axis)
    case .correlation(let a, let b, let ranked): .correlation(map(a), map(b), ranked: ranked)
    case .computed(let term): .computed(computed(term))
    }
  }
}
