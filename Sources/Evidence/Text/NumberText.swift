/// A number as text that is the same in every locale: `0.25`, `1e-4`, `-inf`, `nan`.
///
/// - Parameters:
///   - number: The number.
///   - significant: How many digits to keep at most, rounding half away from zero; nil keeps the
///     shortest text that reads back as the same number.
///   - unit: What follows the number after a space, if anything.
/// - Returns: The text, with a plain ASCII minus sign and point.
public func numberText(
  _ number: Double, significant: Int? = nil, unit: String? = nil
) -> String {
  guard number.isFinite else {
    return withUnit(number.isNaN ? "nan" : number > 0 ? "inf" : "-inf", unit)
  }
  var decimal = DecimalDigits(number)
  if let significant { decimal.round(keeping: max(1, significant)) }
  return withUnit(decimal.isHandy ? decimal.plain() : decimal.scientific, unit)
}

/// A number with a fixed count of decimals, trailing zeros kept: `0.410`.
public func numberText(_ number: Double, decimals: Int) -> String {
  guard number.isFinite else { return numberText(number) }
  var decimal = DecimalDigits(number)
  decimal.round(keeping: decimal.exponent + 1 + decimals)
  if decimal.digits.isEmpty { decimal.exponent = 0 }
  return decimal.plain(decimals: decimals)
}

/// A band as text: `>= 0.1`, `<= 1e-4`, `[0.84, 0.86]`, `= 0`; its numbers are never rounded.
public func bandText(_ band: Band, unit: String? = nil) -> String {
  if band.lower == band.upper { return "= " + numberText(band.lower, unit: unit) }
  if band.upper == .infinity { return ">= " + numberText(band.lower, unit: unit) }
  if band.lower == -.infinity { return "<= " + numberText(band.upper, unit: unit) }
  return withUnit("[\(numberText(band.lower)), \(numberText(band.upper))]", unit)
}

/// An estimate with its interval, rounded where the interval's width makes digits meaningless.
///
/// The last digit shown is the second of the interval's width: `0.413 [0.405, 0.421] bit`.
public func measuredText(
  _ estimate: Double, interval: Interval? = nil, unit: String? = nil
) -> String {
  guard let interval, interval.lower < interval.upper else {
    return numberText(estimate, significant: 6, unit: unit)
  }
  let text = intervalNumbers([estimate, interval.lower, interval.upper], width: interval)
  return withUnit("\(text[0]) [\(text[1]), \(text[2])]", unit)
}

/// An interval as text, rounded to its own width: `[0.405, 0.421]`.
public func intervalText(_ interval: Interval, unit: String? = nil) -> String {
  let ends = [interval.lower, interval.upper]
  let text =
    interval.lower < interval.upper
    ? intervalNumbers(ends, width: interval) : ends.map { numberText($0, significant: 6) }
  return withUnit("[\(text[0]), \(text[1])]", unit)
}

/// Numbers rounded at the second digit of an interval's width.
private func intervalNumbers(_ numbers: [Double], width interval: Interval) -> [String] {
  let width = interval.upper - interval.lower
  guard width.isFinite, width > 0 else { return numbers.map { numberText($0, significant: 4) } }
  let lastPlace = DecimalDigits(width).exponent - 1
  let greatest = numbers.map(\.magnitude).max() ?? 0
  if DecimalDigits(greatest).isHandy {
    return numbers.map { numberText($0, decimals: max(0, -lastPlace)) }
  }
  return numbers.map { number in
    numberText(number, significant: max(1, DecimalDigits(number).exponent - lastPlace + 1))
  }
}

private func withUnit(_ text: String, _ unit: String?) -> String {
  guard let unit, !unit.isEmpty else { return text }
  return text + " " + unit
}
