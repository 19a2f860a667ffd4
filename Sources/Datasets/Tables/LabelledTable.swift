import Tensors

/// A column of a table: numbers, or categories of which some may be missing.
public struct TableColumn: Hashable, Sendable {
  /// What a column holds.
  public enum Values: Hashable, Sendable {
    /// A number a row.
    case numbers([Double])
    /// The place of a category among the names a row; nil where it is missing.
    case categories([Int?], names: [String])
  }

  /// The column's name.
  public let name: String

  /// What it holds, row by row.
  public let values: Values

  /// How many rows it has.
  public var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .categories(let places, _): places.count
    }
  }

  /// A column.
  ///
  /// - Precondition: each category is a place among the names.
  public init(name: String, values: Values) {
    if case .categories(let places, let names) = values {
      require(
        places.allSatisfy { $0.map(names.indices.contains) ?? true },
        "TableColumn: a category of \(name) is outside its \(names.count) names")
    }
    self.name = name
    self.values = values
  }
}

/// A table of typed columns, with a class for each row.
public struct LabelledTable: Hashable, Sendable {
  /// The columns.
  public let columns: [TableColumn]

  /// The class of each row.
  public let labels: [UInt8]

  /// The names of the classes.
  public let classNames: [String]

  /// How many rows there are.
  public var count: Int { labels.count }

  /// Joins columns and classes.
  ///
  /// - Precondition: every column has a row a label, and each label is a place among the names.
  public init(columns: [TableColumn], labels: [UInt8], classNames: [String]) {
    for column in columns {
      require(
        column.count == labels.count,
        "LabelledTable: column \(column.name) has \(column.count) rows for \(labels.count) labels")
    }
    require(
      labels.allSatisfy { Int($0) < classNames.count },
      "LabelledTable: a label is outside \(classNames.count) classes")
    self.columns = columns
    self.labels = labels
    self.classNames = classNames
  }

  /// The column of a name.
  ///
  /// - Precondition: the table has it.
  public subscript(name: String) -> TableColumn {
    guard let column = columns.first(where: { $0.name == name }) else {
      fatalError("LabelledTable: no column \(name) among \(columns.map(\.name))")
    }
    return column
  }

  /// The classes of some rows.
  ///
  /// - Precondition: the rows exist.
  public func labels(at rows: some Sequence<Int>) -> [Int] { rows.map { Int(labels[$0]) } }

  /// The rows in which no category is missing, in order.
  public var completeRows: [Int] {
    (0..<count).filter { row in
      columns.allSatisfy { column in
        if case .categories(let places, _) = column.values { places[row] != nil } else { true }
      }
    }
  }
}
