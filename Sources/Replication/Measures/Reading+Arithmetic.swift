import Evidence
import Tensors

/// Where the truth behind a reading lies: a number, or everything on one side of one.
///
/// "Not reached by 300" means "above 300", "diverged" above every number. Arithmetic carries the
/// ends along; where it leaves nothing known, as in the difference of two values that were not
/// reached, there is no reading: what is judged stays open.
struct Bounds {
  var lower: Double
  var upper: Double

  init(_ reading: Reading) {
    switch reading {
    case .value(let number): (lower, upper) = (number, number)
    case .notReached(let limit): (lower, upper) = (limit, .infinity)
    case .below(let limit): (lower, upper) = (-.infinity, limit)
    case .diverged: (lower, upper) = (.infinity, .infinity)
    }
  }

  init(_ lower: Double, _ upper: Double) { (self.lower, self.upper) = (lower, upper) }

  func scaled(by factor: Double) -> Bounds {
    factor > 0
      ? Bounds(lower * factor, upper * factor) : Bounds(upper * factor, lower * factor)
  }

  /// The reading that says as much; nil where there is none.
  var reading: Reading? {
    if lower.isNaN || upper.isNaN { return nil }
    if lower.isFinite && lower == upper { return .value(lower) }
    if lower == .infinity { return .diverged }
    switch (lower.isFinite, upper.isFinite) {
    case (true, false): return .notReached(by: lower)
    case (false, true): return .below(upper)
    default: return nil
    }
  }
}

extension UnaryOperation {
  func applied(to reading: Reading) throws(MeasureError) -> Reading {
    if let x = reading.number {
      return switch self {
      case .negated: .value(-x)
      case .logarithm: .value(log(x))
      case .magnitude: .value(abs(x))
      }
    }
    let result: Reading? =
      switch (self, reading) {
      case (.negated, _): Bounds(reading).scaled(by: -1).reading
      case (.logarithm, .notReached(let limit)) where limit > 0: .notReached(by: log(limit))
      case (.magnitude, .notReached(let limit)) where limit >= 0: reading
      case (.magnitude, .below(let limit)) where limit <= 0: .notReached(by: -limit)
      case (.logarithm, .diverged), (.magnitude, .diverged): .diverged
      default: nil
      }
    guard let result else {
      throw MeasureError.open("\(rawValue) of something \(reading) has no number")
    }
    return result
  }
}

extension BinaryOperation {
  func applied(to left: Reading, _ right: Reading) throws(MeasureError) -> Reading {
    if let x = left.number, let y = right.number {
      return switch self {
      case .plus: .value(x + y)
      case .minus: .value(x - y)
      case .times: .value(x * y)
      case .over: .value(x / y)
      }
    }
    let (a, b) = (Bounds(left), Bounds(right))
    let result: Reading? =
      switch self {
      case .plus: Bounds(a.lower + b.lower, a.upper + b.upper).reading
      case .minus: Bounds(a.lower - b.upper, a.upper - b.lower).reading
      case .times:
        right.number.map { a.scaled(by: $0) }?.reading
          ?? left.number.map { b.scaled(by: $0) }?.reading
      case .over: right.number.flatMap { $0 == 0 ? nil : a.scaled(by: 1 / $0).reading }
      }
    guard let result else {
      throw MeasureError.open("\(left) \(rawValue) \(right) has no number")
    }
    return result
  }
}
