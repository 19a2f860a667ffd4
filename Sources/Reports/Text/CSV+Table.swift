/// A cell of comma-separated values.
package enum CSVField {
  /// Free text, which no spreadsheet may take for a formula.
  case text(String?)
  /// A number with all its digits; empty where there is none.
  case number(Double?)
  /// A whole number.
  case count(Int?)
  /// True or false; empty where it is not known.
  case truth(Bool?)
}

extension CSV {
  /// A header and a line for each row.
  package static func lines(header: [String], _ rows: [[CSVField]]) -> [String] {
    ([header] + rows.map { $0.map(cell) }).map { $0.map(quoted).joined(separator: ",") }
  }

  private static func cell(_ field: CSVField) -> String {
    switch field {
    case .text(let value): value.map(text) ?? ""
    case .number(let value): number(value)
    case .count(let value): value.map { "\($0)" } ?? ""
    case .truth(let value): value.map { $0 ? "true" : "false" } ?? ""
    }
  }
}
