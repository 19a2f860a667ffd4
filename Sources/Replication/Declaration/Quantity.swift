public import Evidence

/// A measured number with its unit as a type.
///
/// A band in another unit does not compile. A quantity may also say that its level was not reached
/// or that a training diverged: results, unlike a missing number.
public protocol Quantity: Codable, Hashable, Sendable, ExpressibleByFloatLiteral,
  ExpressibleByIntegerLiteral
{
  /// The unit's symbol, singular; empty for a pure number.
  static var unit: String { get }
  /// What was read.
  var reading: Reading { get }
  /// Wraps a reading.
  init(reading: Reading)
}

extension Quantity {
  /// A number in this unit.
  public init(_ value: Double) { self.init(reading: .value(value)) }

  /// A count in this unit.
  public init(_ count: Int) { self.init(reading: .value(Double(count))) }

  /// A number in this unit.
  public init(floatLiteral value: Double) { self.init(value) }

  /// A number in this unit.
  public init(integerLiteral value: Int) { self.init(value) }

  /// A level that was not reached by `limit`, in this unit.
  public static func notReached(by limit: Double) -> Self { Self(reading: .notReached(by: limit)) }

  /// The result of a training that diverged.
  public static var diverged: Self { Self(reading: .diverged) }

  /// The number, or nil where none was reached.
  public var value: Double? {
    if case .value(let value) = reading { value } else { nil }
  }

  /// Decodes a reading.
  public init(from decoder: any Decoder) throws {
    self.init(reading: try Reading(from: decoder))
  }

  /// Encodes the reading.
  public func encode(to encoder: any Encoder) throws { try reading.encode(to: encoder) }
}

/// A pure number: a ratio, a slope, a correlation, a share.
public struct Ratio: Quantity {
  /// No unit.
  public static let unit = ""
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// Percentage points.
public struct Percent: Quantity {
  /// The percent sign.
  public static let unit = "%"
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// Information or a log-loss to base e.
public struct Nats: Quantity {
  /// The nat.
  public static let unit = "nat"
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// Information to base 2.
public struct Bits: Quantity {
  /// The bit.
  public static let unit = "bit"
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// Steps of an optimizer, or iterations of an algorithm.
public struct Steps: Quantity {
  /// The step.
  public static let unit = "step"
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// A squared error, or another loss without a unit of its own.
public struct Loss: Quantity {
  /// Written as it is.
  public static let unit = "loss"
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// A number of things counted: operations, parameters, samples.
public struct Count: Quantity {
  /// A count has no unit.
  public static let unit = ""
  /// What was read.
  public let reading: Reading
  /// Wraps a reading.
  public init(reading: Reading) { self.reading = reading }
}

/// A curve that one trial recorded: a quantity along another one.
public struct Series<X: Quantity, Y: Quantity>: Codable, Hashable, Sendable {
  /// The positions, in the order in which they were recorded.
  public private(set) var x: [X] = []
  /// The readings at those positions.
  public private(set) var y: [Y] = []

  /// An empty curve.
  public init() {}

  /// Appends a point.
  public mutating func append(_ y: Y, at x: X) {
    self.x.append(x)
    self.y.append(y)
  }
}
