import Tensors

/// A closed interval of uncertainty; either end may be infinite.
public struct Interval: Hashable, Sendable {
  /// The lower end.
  public let lower: Double
  /// The upper end.
  public let upper: Double

  /// A closed interval.
  ///
  /// - Precondition: `lower <= upper`, neither of them NaN.
  public init(lower: Double, upper: Double) {
    require(lower <= upper, "Interval: lower \(lower) is not at most upper \(upper)")
    self.lower = lower + 0
    self.upper = upper + 0
  }
}

extension Interval: Codable {
  /// Decodes `[lower, upper]`, where null is an infinite end.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let lower = try container.decode(Double?.self) ?? -.infinity
    let upper = try container.decode(Double?.self) ?? .infinity
    guard container.isAtEnd, lower <= upper else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "an interval is [lower, upper] in this order")
    }
    self.init(lower: lower, upper: upper)
  }

  /// Encodes `[lower, upper]`, an infinite end as null.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.unkeyedContainer()
    try container.encode(lower.isFinite ? lower : nil)
    try container.encode(upper.isFinite ? upper : nil)
  }
}
