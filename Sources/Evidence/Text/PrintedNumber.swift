/// The numbers that round to a printed numeral.
struct PrintedNumber {
  /// Half a unit of the last digit below it.
  let lower: Double
  /// Half a unit of the last digit above it.
  let upper: Double

  /// What a decimal numeral stands for; nil for any other text.
  init?(_ text: String) {
    let parts = text.split(separator: "e", omittingEmptySubsequences: false)
    guard parts.count <= 2, let mantissa = parts.first else { return nil }
    let exponent = parts.count == 2 ? Int(parts[1]) : 0
    let isNegative = mantissa.hasPrefix("-")
    let halves = mantissa.dropFirst(isNegative ? 1 : 0)
      .split(separator: ".", omittingEmptySubsequences: false)
    let digits = halves.joined()
    guard halves.count <= 2, halves.allSatisfy({ !$0.isEmpty }), digits.utf8.count <= 15,
      digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(digits),
      let exponent, abs(exponent) <= 300
    else { return nil }
    // The ends are numerals themselves, one digit longer, so that each is rounded only once.
    let place = exponent - (halves.count == 2 ? halves[1].utf8.count : 0) - 1
    let ends = [10 * number - 5, 10 * number + 5].compactMap { Double("\($0)e\(place)") }
    guard ends.count == 2 else { return nil }
    (lower, upper) = isNegative ? (-ends[1], -ends[0]) : (ends[0], ends[1])
  }
}
