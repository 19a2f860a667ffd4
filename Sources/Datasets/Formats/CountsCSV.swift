/// Lines of small whole numbers separated by commas, the class last, without a header.
package enum CountsCSV {
  /// Parses a table.
  ///
  /// Lines end in LF or CRLF; the last one may lack its end.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - columns: How many values precede the class.
  ///   - maximum: The largest value.
  ///   - classes: How many classes there are.
  ///   - file: The file's name, for messages.
  /// - Returns: All values, line by line, and the classes.
  /// - Throws: ``DataError/malformed(file:reason:)`` with the line of the first fault.
  package static func table(
    _ bytes: [UInt8], columns: Int, maximum: UInt8, classes: Int, file: String
  ) throws(DataError) -> (values: [UInt8], labels: [UInt8]) {
    guard !bytes.isEmpty else { throw .malformed(file: file, reason: "it is empty") }
    var values: [UInt8] = []
    var labels: [UInt8] = []
    var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    for (index, ending) in lines.enumerated() {
      let line = ending.last == UInt8(ascii: "\r") ? ending.dropLast() : ending
      let fields = line.split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
      guard fields.count == columns + 1 else {
        throw .malformed(
          file: file,
          reason: "line \(index + 1) has \(fields.count) columns, expected \(columns + 1)")
      }
      for (column, field) in fields.enumerated() {
        let limit = column < columns ? Int(maximum) : classes - 1
        guard let value = number(field), value <= limit else {
          let text = String(decoding: field.prefix(16), as: UTF8.self)
          throw .malformed(
            file: file,
            reason: """
              line \(index + 1), column \(column + 1) is '\(text)', \
              expected a whole number from 0 to \(limit)
              """)
        }
        if column < columns { values.append(UInt8(value)) } else { labels.append(UInt8(value)) }
      }
    }
    return (values, labels)
  }

  /// One to three decimal digits as a number.
  private static func number(_ field: ArraySlice<UInt8>) -> Int? {
    guard (1...3).contains(field.count) else { return nil }
    var value = 0
    for digit in field {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
  }
}
