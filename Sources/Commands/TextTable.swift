import Reports

/// Columns of text as wide as their contents, with a header.
struct TextTable {
  var header: [String]
  var rows: [[String]] = []

  /// The lines of the table; the last column is cut where the width ends.
  func lines(width: Int) -> [String] {
    let all = ([header] + rows).map { $0.map(\.inert) }
    let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = ""
      for (column, cell) in row.enumerated() {
        let isLast = column == row.count - 1
        line += isLast ? cell : cell.padded(to: widths[column]) + "  "
      }
      return line.count > width ? line.padded(to: width) : line
    }
  }
}
