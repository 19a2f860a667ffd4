extension String {
  /// A JSON text in which what could steer a terminal or the direction of a line is escaped.
  ///
  /// Such characters stand in strings only, so that the text reads back as the same values.
  package var inertJSON: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return self }
    var text = ""
    for scalar in unicodeScalars {
      if scalar.isInert {
        text.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return text
  }
}
