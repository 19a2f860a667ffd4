import Tensors

/// The numbers a claim accepts: a closed interval, one end of which may be infinite.
public struct Band: Hashable, Sendable {
  /// The least accepted number.
  public let lower: Double
  /// The greatest accepted number.
  public let upper: Double

  /// A closed interval.
  ///
  /// - Precondition: `lower <= upper`, neither is NaN, they are not both infinite, and the finite
  ///   side is open: a band ends above minus infinity or starts below plus infinity.
  public init(lower: Double, upper: Double) {
    require(
      Self.accepts(lower: lower, upper: upper),
      "Band: lower \(lower) and upper \(upper) bound no interval with a finite end")
    // Minus zero would compare equal and encode differently.
    self.lower = lower + 0
    self.upper = upper + 0
  }

  /// Everything from a number upwards.
  public static func atLeast(_ lower: Double) -> Band { Band(lower: lower, upper: .infinity) }

  /// Everything up to a number.
  public static func atMost(_ upper: Double) -> Band { Band(lower: -.infinity, upper: upper) }

  /// Everything no further than a tolerance from a centre.
  ///
  /// - Precondition: the tolerance is not negative.
  public static func within(_ tolerance: Double, of centre: Double) -> Band {
    require(tolerance >= 0, "Band: the tolerance \(tolerance) is negative or not a number")
    return Band(lower: centre - tolerance, upper: centre + tolerance)
  }

  /// Everything no further from a centre than a share of it.
  ///
  /// - Precondition: the share is not negative.
  public static func within(relative share: Double, of centre: Double) -> Band {
    within(share * centre.magnitude, of: centre)
  }

  /// Everything no further from a centre than some units in its last place.
  ///
  /// - Precondition: the count is not negative.
  public static func within(ulps count: Int, of centre: Double) -> Band {
    within(Double(count) * centre.ulp, of: centre)
  }

  /// Everything between two numbers, both included.
  public static func between(_ lower: Double, _ upper: Double) -> Band {
    Band(lower: lower, upper: upper)
  }

  /// One number alone.
  public static func exactly(_ number: Double) -> Band { Band(lower: number, upper: number) }

  /// Every number that would be printed as a numeral, widened by a tolerance.
  ///
  ///     "93.2" ↦ [93.15, 93.25]
  ///
  /// - Precondition: the text is a decimal numeral of at most 15 digits, such as `93.2`, `-0.050` or
  ///   `1.5e-3`, and the tolerance is not negative.
  /// - Parameters:
  ///   - text: The number as the paper prints it; the place of its last digit counts.
  ///   - tolerance: How far beyond the rounding a number may lie.
  /// - Returns: The band.
  public static func printed(_ text: String, within tolerance: Double = 0) -> Band {
    let rounding = PrintedNumber(text)
    require(
      rounding != nil && tolerance >= 0,
      "Band: '\(text)' is no printed number, or the tolerance \(tolerance) is negative")
    let (lower, upper) = rounding.map { ($0.lower, $0.upper) } ?? (0, 0)
    return Band(lower: lower - tolerance, upper: upper + tolerance)
  }

  /// Whether a number lies in the band, its ends included; NaN lies in no band.
  public func contains(_ number: Double) -> Bool { lower <= number && number <= upper }

  /// Whether an interval lies in the band with both its ends.
  public func contains(_ interval: Interval) -> Bool {
    contains(interval.lower) && contains(interval.upper)
  }

  /// Whether no number lies in both.
  public func isDisjoint(from interval: Interval) -> Bool {
    interval.upper < lower || upper < interval.lower
  }

  static func accepts(lower: Double, upper: Double) -> Bool {
    lower <= upper && (lower.isFinite || upper.isFinite)
  }
}

extension Band: Codable {
  /// Decodes `[lower, upper]`, where null is an infinite end.
  public init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    let lower = try container.decode(Double?.self) ?? -.infinity
    let upper = try container.decode(Double?.self) ?? .infinity
    guard container.isAtEnd, Band.accepts(lower: lower, upper: upper) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "a band is [lower, upper] with a finite end")
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
