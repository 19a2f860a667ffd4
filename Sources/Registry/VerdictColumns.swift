/// The numbers of a verdict as REAL columns and the exact texts of those that REAL cannot hold.
struct VerdictColumns {
  let estimate: Double?
  let low: Double?
  let high: Double?
  let bandLow: Double?
  let bandHigh: Double?
  let controlEstimate: Double?
  /// A JSON object from column name to exact text; nil when every column is exact.
  let exact: String?

  init(_ verdict: VerdictRecord) {
    estimate = verdict.estimate
    low = verdict.interval?.low
    high = verdict.interval?.high
    bandLow = verdict.band?.low
    bandHigh = verdict.band?.high
    controlEstimate = verdict.control?.estimate
    let columns: [(String, Double?)] = [
      ("estimate", estimate), ("low", low), ("high", high), ("band_low", bandLow),
      ("band_high", bandHigh), ("control_estimate", controlEstimate),
    ]
    let texts = columns.compactMap { name, value -> (String, JSON?)? in
      guard let value, value.isNaN || (value == 0 && value.sign == .minus) else { return nil }
      return (name, .string(value.word))
    }
    exact = texts.isEmpty ? nil : JSON(object: texts).text
  }

  /// A column's value with the exact text in its place where there is one.
  static func value(_ column: Double?, _ name: String, exact: JSON?) -> Double? {
    guard case .object(let members)? = exact,
      let member = members.first(where: { $0.name == name })
    else { return column }
    return switch member.value {
    case .string("nan"): .nan
    case .string("-0.0"): -0.0
    default: column
    }
  }
}
