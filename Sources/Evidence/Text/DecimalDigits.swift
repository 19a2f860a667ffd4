import Tensors

/// A number as decimal digits, for text that does not depend on a locale.
///
/// The digits are those of the shortest text that reads back as the same number, so that rounding
/// treats 2.675 as the decimal it looks like.
struct DecimalDigits {
  var isNegative: Bool
  /// The significant digits, the first of which is not zero; none for zero itself.
  var digits: [UInt8]
  /// The power of ten of the first digit.
  var exponent: Int

  /// - Precondition: the number is finite.
  init(_ number: Double) {
    require(number.isFinite, "DecimalDigits: \(number) has no digits")
    isNegative = number < 0
    digits = []
    exponent = 0
    var power = 0
    var seenPoint = false
    var text = Array(number.magnitude.description.utf8)[...]
    if let mark = text.firstIndex(of: UInt8(ascii: "e")) {
      power = Int(String(decoding: text[(mark + 1)...], as: UTF8.self)) ?? 0
      text = text[..<mark]
    }
    for character in text {
      if character == UInt8(ascii: ".") {
        seenPoint = true
      } else {
        if seenPoint { power -= 1 }
        digits.append(character - UInt8(ascii: "0"))
      }
    }
    exponent = power + digits.count - 1
    while digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    dropTrailingZeros()
    if digits.isEmpty { exponent = 0 }
  }

  /// Rounds half away from zero, keeping this many digits, which may be none or negative.
  mutating func round(keeping count: Int) {
    guard count < digits.count else { return }
    guard count >= 0 else {
      digits = []
      return
    }
    let roundsUp = digits[count] >= 5
    digits.removeSubrange(count...)
    guard roundsUp else { return dropTrailingZeros() }
    while digits.last == 9 { digits.removeLast() }
    if let last = digits.popLast() {
      digits.append(last + 1)
    } else {
      digits = [1]
      exponent += 1
    }
  }

  /// The digits with a point, at least this many behind it: `0.0250`.
  func plain(decimals: Int = 0) -> String {
    var whole = ""
    var fraction = ""
    let last = min(exponent - digits.count + 1, 0)
    for place in stride(from: max(exponent, 0), through: last, by: -1) {
      let index = exponent - place
      let digit = digits.indices.contains(index) ? digits[index] : 0
      if place >= 0 { whole += String(digit) } else { fraction += String(digit) }
    }
    fraction += String(repeating: "0", count: max(0, decimals - fraction.count))
    return sign + (fraction.isEmpty ? whole : whole + "." + fraction)
  }

  /// The digits with a power of ten: `2.5e-7`.
  var scientific: String {
    let first = digits.first.map { String($0) } ?? "0"
    let rest = digits.dropFirst().map { String($0) }.joined()
    return sign + first + (rest.isEmpty ? "" : "." + rest) + "e\(exponent)"
  }

  /// Whether the number is of a size that reads better without a power of ten.
  var isHandy: Bool { digits.isEmpty || (-3..<6).contains(exponent) }

  private var sign: String { isNegative && !digits.isEmpty ? "-" : "" }

  private mutating func dropTrailingZeros() {
    while digits.last == 0 { digits.removeLast() }
  }
}
