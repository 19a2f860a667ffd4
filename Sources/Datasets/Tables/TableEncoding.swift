public import Tensors

/// How the rows of a table become vectors: standardised numbers, and one entry a category.
///
///     number x ↦ (x − mean) / deviation;  category ↦ one of its column's entries 1, the others 0
///
/// Mean and deviation are those of the rows it was fitted to; the deviation is of the whole
/// population (divided by n, the convention of scikit-learn), and 1 where all numbers are equal.
public struct TableEncoding: Hashable, Sendable {
  /// What stands for a missing category.
  public enum Missing: String, Hashable, Sendable {
    /// An entry of its own, after the named ones, in columns where one is missing in the table.
    case category
    /// Zeros.
    case zeros
  }

  private enum Part: Hashable, Sendable {
    case number(mean: Double, deviation: Double)
    case category(names: Int, entryForMissing: Bool)
  }

  private let parts: [Part]
  private let missing: Missing

  /// The name of each entry, such as `age` or `sex=Male`.
  public let names: [String]

  /// How many entries a vector has.
  public var width: Int { names.count }

  /// Fits an encoding to some rows of a table.
  ///
  /// - Precondition: there is a row, and the rows exist.
  /// - Parameters:
  ///   - table: the table, all of whose categories get an entry.
  ///   - rows: the rows whose means and deviations are taken; nil for all.
  ///   - missing: what stands for a missing category.
  public init(fitting table: LabelledTable, rows: [Int]? = nil, missing: Missing = .category) {
    let rows = rows ?? Array(0..<table.count)
    require(
      !rows.isEmpty && rows.allSatisfy { (0..<table.count).contains($0) },
      "TableEncoding: \(rows.count) rows of a table of \(table.count)")
    var (parts, titles): ([Part], [String]) = ([], [])
    for column in table.columns {
      switch column.values {
      case .numbers(let numbers):
        let chosen = Tensor(rows.map { numbers[$0] })
        let mean = chosen.mean().item
        let variance = (chosen - mean).sumOfSquares().item / Double(rows.count)
        // Rounding of the mean is no deviation.
        let differ = chosen.min().item < chosen.max().item
        parts.append(.number(mean: mean, deviation: differ ? variance.squareRoot() : 1))
        titles.append(column.name)
      case .categories(let places, let names):
        let absent = missing == .category && places.contains(nil)
        parts.append(.category(names: names.count, entryForMissing: absent))
        titles += (names + (absent ? ["?"] : [])).map { "\(column.name)=\($0)" }
      }
    }
    self.parts = parts
    self.missing = missing
    names = titles
  }

  /// The vectors of some rows of a table of the same columns.
  ///
  /// - Shapes: [number of rows, width].
  /// - Accuracy: worked out in `Double`, then rounded.
  /// - Precondition: the table has the columns of the one that was fitted, and the rows exist; where
  ///   missing categories have entries, none is missing in a column that lacked none.
  public func callAsFunction<Element: Scalar>(
    _ table: LabelledTable, rows: [Int]? = nil, of type: Element.Type = Element.self
  ) -> Tensor<Element> {
    let rows = rows ?? Array(0..<table.count)
    require(
      table.columns.count == parts.count,
      "TableEncoding: \(table.columns.count) columns, fitted to \(parts.count)")
    var scalars = [Element](repeating: 0, count: rows.count * width)
    var start = 0
    for (column, part) in zip(table.columns, parts) {
      switch (column.values, part) {
      case (.numbers(let numbers), .number(let mean, let deviation)):
        for (line, row) in rows.enumerated() {
          scalars[line * width + start] = Element((numbers[row] - mean) / deviation)
        }
        start += 1
      case (.categories(let places, let names), .category(let count, let entry))
      where names.count == count:
        for (line, row) in rows.enumerated() {
          if let place = places[row] ?? (entry ? count : nil) {
            scalars[line * width + start + place] = 1
          } else {
            require(
              missing == .zeros,
              "TableEncoding: \(column.name) is missing in row \(row), and never in the fitted table"
            )
          }
        }
        start += count + (entry ? 1 : 0)
      default: fatalError("TableEncoding: column \(column.name) is not as it was fitted")
      }
    }
    return Tensor(scalars, shape: [rows.count, width])
  }
}
