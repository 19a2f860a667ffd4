extension Measure {
  /// The difference, paired by seed and cell.
  public static func - (lhs: Measure, rhs: Measure) -> Measure {
    Measure(term: .binary(.minus, lhs.term, rhs.term))
  }

  /// The sum, paired by seed and cell.
  public static func + (lhs: Measure, rhs: Measure) -> Measure {
    Measure(term: .binary(.plus, lhs.term, rhs.term))
  }

  /// The ratio of two measures in one unit, paired by seed and cell.
  public static func / (lhs: Measure, rhs: Measure) -> Measure<P, Ratio> {
    Measure<P, Ratio>(term: .binary(.over, lhs.term, rhs.term))
  }

  /// A measure divided by a pure number.
  public static func / (lhs: Measure, rhs: Double) -> Measure {
    Measure(term: .binary(.over, lhs.term, .constant(rhs)))
  }

  /// A measure times a pure number.
  public static func * (lhs: Double, rhs: Measure) -> Measure {
    Measure(term: .binary(.times, .constant(lhs), rhs.term))
  }

  /// A measure less a constant in its unit.
  public static func - (lhs: Measure, rhs: Q) -> Measure {
    Measure(term: .binary(.minus, lhs.term, .constant(rhs.value ?? .nan)))
  }

  /// The measure with its sign reversed.
  public static prefix func - (operand: Measure) -> Measure {
    Measure(term: .unary(.negated, operand.term))
  }

  /// The natural logarithm; not a number, hence an error, where the value is not positive.
  public var logarithm: Measure<P, Ratio> {
    Measure<P, Ratio>(term: .unary(.logarithm, term))
  }

  /// The absolute value in each seed: for exact claims; of a noisy value it measures scatter.
  public var magnitude: Measure { Measure(term: .unary(.magnitude, term)) }
}
