internal import CKernels

/// A binary number format of a sign, an exponent and a mantissa, narrower than the tensors that
/// hold its numbers.
public struct NumberFormat: Hashable, Sendable, Codable {
  /// How a number between two of the format is rounded.
  public enum Rounding: String, Hashable, Sendable, Codable, CaseIterable {
    /// To the nearer, and halfway to the one with an even last digit.
    case nearestEven
    /// To the one of lesser magnitude.
    case towardZero
  }

  /// Binary digits after the first one.
  public var mantissaBits: Int
  /// The least power of two with all digits.
  public var lowestExponent: Int
  /// The greatest power of two.
  public var highestExponent: Int
  /// Whether magnitudes below `2^lowestExponent` lose digits one by one, or become zero at once.
  public var keepsSubnormals: Bool
  /// Whether magnitudes beyond the greatest number become that number, or infinity.
  public var saturates: Bool
  /// How numbers are rounded; toward zero, no finite number becomes infinite.
  public var rounding: Rounding

  /// A format by the powers of two it holds.
  ///
  /// - Precondition: one to 50 mantissa bits, exponents in order and within those of `Double`.
  /// - Parameters:
  ///   - mantissaBits: binary digits after the first one.
  ///   - exponents: the powers of two with all digits.
  ///   - keepsSubnormals: whether there are numbers with fewer digits below them.
  ///   - saturates: whether the greatest number stands for all beyond it.
  ///   - rounding: how numbers are rounded.
  public init(
    mantissaBits: Int, exponents: ClosedRange<Int>, keepsSubnormals: Bool = true,
    saturates: Bool = false, rounding: Rounding = .nearestEven
  ) {
    require(
      (1...50).contains(mantissaBits) && exponents.lowerBound - mantissaBits >= -1022
        && exponents.upperBound <= 1023,
      "NumberFormat: \(mantissaBits) mantissa bits and exponents \(exponents) are out of range")
    self.mantissaBits = mantissaBits
    lowestExponent = exponents.lowerBound
    highestExponent = exponents.upperBound
    self.keepsSubnormals = keepsSubnormals
    self.saturates = saturates
    self.rounding = rounding
  }

  /// IEEE binary16: five exponent bits, ten mantissa bits.
  public static let float16 = NumberFormat(mantissaBits: 10, exponents: -14...15)

  /// bfloat16: the exponents of `Float`, seven mantissa bits.
  public static let bfloat16 = NumberFormat(mantissaBits: 7, exponents: -126...127)

  /// IEEE binary32.
  public static let float32 = NumberFormat(mantissaBits: 23, exponents: -126...127)

  /// A format for accumulators: `2^exponentBits` powers of two from `2^-bias` on, no subnormals, no
  /// infinities, magnitudes cut.
  ///
  ///     greatest = 2^(2^exponentBits − bias − 1) (2 − 2^−mantissaBits),  least = 2^−bias
  ///
  /// - Source: Blumenfeld, Hubara & Soudry, "Towards cheaper inference in deep networks with lower
  ///   bit-width accumulators", ICLR 2024, §3.
  /// - Parameters:
  ///   - mantissaBits: binary digits after the first one.
  ///   - exponentBits: bits of the exponent.
  ///   - bias: what is subtracted from the exponent's bits.
  /// - Returns: the format.
  public static func accumulator(mantissaBits: Int, exponentBits: Int, bias: Int) -> NumberFormat {
    NumberFormat(
      mantissaBits: mantissaBits, exponents: -bias...(1 << exponentBits) - bias - 1,
      keepsSubnormals: false, saturates: true, rounding: .towardZero)
  }

  /// The greatest number.
  public var greatest: Double {
    Double(sign: .plus, exponent: highestExponent, significand: 2) * (1 - step / 2)
  }

  /// The least number above zero with all digits.
  public var least: Double { Double(sign: .plus, exponent: lowestExponent, significand: 1) }

  private var step: Double { Double(sign: .plus, exponent: -mantissaBits, significand: 1) }

  func kernel<E: Scalar>(_ name: String, _: E.Type) -> ck_format {
    require(
      E.kind == .double
        || mantissaBits <= 23 && lowestExponent - mantissaBits >= -149 && highestExponent <= 127,
      "\(name): a format of \(mantissaBits) mantissa bits does not fit in \(E.kind)")
    return ck_format(
      mantissa: Int32(mantissaBits), lowest: Int32(lowestExponent),
      highest: Int32(highestExponent), subnormals: keepsSubnormals ? 1 : 0,
      saturates: saturates ? 1 : 0,
      rounding: rounding == .nearestEven ? CK_NEAREST_EVEN : CK_TOWARD_ZERO)
  }
}
