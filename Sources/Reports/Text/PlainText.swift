import Evidence
import Registry

/// A length of time as people say it: `2.0 s`, `3 min 20 s`.
package func durationText(_ seconds: Double) -> String {
  guard seconds.isFinite, seconds.magnitude < 1e15 else { return "\(seconds) s" }
  let whole = Int(seconds.rounded())
  return switch whole {
  case ..<10: "\(Double(Int(seconds * 10)) / 10) s"
  case ..<120: "\(whole) s"
  case ..<7200: "\(whole / 60) min \(whole % 60) s"
  default: "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}

extension Timestamp {
  /// The day and minute in UTC: `2026-11-21 09:14`.
  var minute: String { String(description.prefix(16)).replacing("T", with: " ") }

  /// The day in UTC.
  var day: String { String(description.prefix(10)) }
}

extension VerdictRecord.Interval {
  /// The interval for comparing and printing; nil where its ends are no numbers in order.
  var ends: Interval? { low <= high ? Interval(lower: low, upper: high) : nil }

  /// The accepted numbers; nil where the ends bound no interval with a finite end.
  var band: Band? {
    low <= high && (low.isFinite || high.isFinite) ? Band(lower: low, upper: high) : nil
  }
}

/// What a claim accepts in words: `≥ 0.65`, `≤ 10⁻⁹ loss`.
func acceptedText(_ band: Band, unit: String) -> String {
  let text = typeset(bandText(band)).replacing(">=", with: "≥").replacing("<=", with: "≤")
  return unit.isEmpty ? text : "\(text) \(unit)"
}

/// A measured number with its interval in words: `0.413 [0.405, 0.421] bit`.
func resultText(_ estimate: Double, _ interval: Interval?, unit: String) -> String {
  let text = typeset(measuredText(estimate, interval: interval))
  return unit.isEmpty ? text : "\(text) \(unit)"
}

/// A number as a reader expects it: with a proper minus sign and power of ten.
func plainNumber(_ number: Double, significant: Int) -> String {
  typeset(numberText(number, significant: significant))
}

/// Numbers in a text of ours with proper signs: `2.5e-7` becomes `2.5·10⁻⁷`.
func typeset(_ text: String) -> String {
  guard text.utf8.contains(where: { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "-") })
  else { return text }
  let parts = text.split(separator: "e", omittingEmptySubsequences: false)
  var result = String(parts.first ?? "").replacing("-", with: "−")
  for part in parts.dropFirst() {
    let power = part.prefix { $0 == "-" || $0.isNumber }
    let isOne =
      result.last == "1" && !(result.dropLast().last.map { $0.isNumber || $0 == "." } ?? false)
    if isOne { result.removeLast() }
    result += (isOne ? "10" : "·10") + superscript(power)
    result += part.dropFirst(power.count).replacing("-", with: "−")
  }
  return result
}

/// A number of things: `1 claim`, `3 claims`.
func counted(_ count: Int, _ thing: String, _ things: String? = nil) -> String {
  count == 1 ? "1 \(thing)" : "\(count) \(things ?? thing + "s")"
}
