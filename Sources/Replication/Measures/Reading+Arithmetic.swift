import Evidence
import Tensors

/// Arithmetic on readings, censored ones included.
///
/// "Not reached by 300" means "above 300", so that what keeps the direction keeps the reading:
/// adding a number, multiplying by a positive one. What would turn it into "below" has no reading
/// and is an error rather than a wrong result.
extension UnaryOperation {
  func applied(to reading: Reading) throws(MeasureError) -> Reading {
    switch (self, reading) {
    case (.negated, .value(let x)): return .value(-x)
    case (.logarithm, .value(let x)): return .value(log(x))
    case (.magnitude, .value(let x)): return .value(abs(x))
    case (.logarithm, .notReached(let limit)) where limit > 0: return .notReached(by: log(limit))
    case (.magnitude, .notReached(let limit)) where limit >= 0: return reading
    case (.logarithm, .diverged), (.magnitude, .diverged): return reading
    case (_, .notReached), (_, .diverged):
      throw MeasureError("\(rawValue) of a value that is \(reading) has no number")
    }
  }
}

extension BinaryOperation {
  func applied(to left: Reading, _ right: Reading) throws(MeasureError) -> Reading {
    switch (self, left, right) {
    case (.plus, .value(let x), .value(let y)): return .value(x + y)
    case (.minus, .value(let x), .value(let y)): return .value(x - y)
    case (.times, .value(let x), .value(let y)): return .value(x * y)
    case (.over, .value(let x), .value(let y)): return .value(x / y)
    case (.plus, .notReached(let limit), .value(let y)),
      (.plus, .value(let y), .notReached(let limit)):
      return .notReached(by: limit + y)
    case (.plus, .notReached(let a), .notReached(let b)): return .notReached(by: a + b)
    case (.minus, .notReached(let limit), .value(let y)): return .notReached(by: limit - y)
    case (.times, .notReached(let limit), .value(let y)) where y > 0,
      (.times, .value(let y), .notReached(let limit)) where y > 0:
      return .notReached(by: limit * y)
    case (.over, .notReached(let limit), .value(let y)) where y > 0:
      return .notReached(by: limit / y)
    case (.plus, .diverged, _), (.plus, _, .diverged), (.minus, .diverged, .value): return .diverged
    case (.times, .diverged, .value(let y)) where y > 0,
      (.times, .value(let y), .diverged) where y > 0,
      (.over, .diverged, .value(let y)) where y > 0:
      return .diverged
    default:
      throw MeasureError("\(left) \(rawValue) \(right) has no number")
    }
  }
}
