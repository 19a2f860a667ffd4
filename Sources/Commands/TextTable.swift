import Reports

/// Columns of text as wide as their contents, with a header.
///
/// Where somebody watches, the columns that may be are narrowed until the lines fit; elsewhere
/// nothing is cut or broken, so that a row is a line.
struct TextTable {
  /// A column.
  struct Column {
    var title: String
    var fit = Fit.whole
  }

  /// What may become of a column that is too wide.
  enum Fit {
    /// Nothing.
    case whole
    /// It is cut, with an ellipsis for the rest.
    case shortened
    /// It is cut before any other column is narrowed.
    case spare
    /// It is broken into lines.
    case wrapped
  }

  /// The text of a cell, and how it is set off where colour may be used.
  struct Cell {
    var text: String
    var style: Terminal.Style?
  }

  var columns: [Column]
  private(set) var rows: [[Cell]] = []

  /// A table of columns.
  init(_ columns: [Column]) { self.columns = columns }

  /// A table whose last column is cut where the width ends.
  init(header: [String]) {
    columns = header.map { Column(title: $0) }
    columns[columns.count - 1].fit = .shortened
  }

  /// Adds a row of plain text.
  mutating func append(_ texts: [String]) { append(texts.map { Cell(text: $0) }) }

  /// Adds a row; what was recorded cannot steer the terminal.
  mutating func append(_ cells: [Cell]) {
    rows.append(cells.map { Cell(text: $0.text.inert, style: $0.style) })
  }

  /// The lines of the table on a terminal, less an indentation.
  func lines(on terminal: Terminal, indent: Int = 0) -> [String] {
    [header(on: terminal, indent: indent)] + groups(on: terminal, indent: indent).flatMap { $0 }
  }

  /// The header's line.
  func header(on terminal: Terminal, indent: Int = 0) -> String {
    let width = terminal.tableWidth.map { $0 - indent }
    let titles = columns.map { Cell(text: $0.title) }
    return lines(of: titles, widths(to: width), width, terminal)[0]
  }

  /// The lines of each row.
  func groups(on terminal: Terminal, indent: Int = 0) -> [[String]] {
    let width = terminal.tableWidth.map { $0 - indent }
    let widths = widths(to: width)
    return rows.map { lines(of: $0, widths, width, terminal) }
  }

  private static let gap = 2
  /// The least that a column is narrowed to.
  private static let least = 8

  private func widths(to width: Int?) -> [Int] {
    var widths = columns.indices.map { index in
      rows.reduce(columns[index].title.columns) { max($0, $1[index].text.columns) }
    }
    guard let width else { return widths }
    let gaps = Self.gap * (columns.count - 1)
    while widths.reduce(gaps, +) > width {
      let narrowable = columns.indices.filter { index in
        columns[index].fit != .whole
          && widths[index] > max(Self.least, columns[index].title.columns)
      }
      let spare = narrowable.filter { columns[$0].fit == .spare }
      let widest = (spare.isEmpty ? narrowable : spare).max { widths[$0] < widths[$1] }
      guard let widest else { break }
      widths[widest] -= 1
    }
    return widths
  }

  private func lines(
    of cells: [Cell], _ widths: [Int], _ width: Int?, _ terminal: Terminal
  ) -> [String] {
    let parts = cells.indices.map { index -> [String] in
      switch columns[index].fit {
      case .wrapped where width != nil: cells[index].text.folded(to: widths[index])
      default: [cells[index].text.shortened(to: widths[index])]
      }
    }
    return (0..<(parts.map(\.count).max() ?? 0)).map { number in
      var (line, used, open) = ("", 0, 0)
      for index in cells.indices {
        let text = number < parts[index].count ? parts[index][number] : ""
        let left = width.map { $0 - open } ?? Int.max
        if !text.isEmpty, left > 0 {
          // Spaces only where something follows them.
          line += String(repeating: " ", count: open - used)
          let shown = text.shortened(to: left)
          line += cells[index].style.map { terminal.styled(shown, $0) } ?? shown
          used = open + shown.columns
        }
        open += widths[index] + Self.gap
      }
      return line
    }
  }
}
