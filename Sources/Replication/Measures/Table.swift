import Evidence

/// The values of a measure in one seed: one reading for each cell of the axes left over.
struct Table {
  /// Axis names, sorted.
  var axes: [String]
  var cells: [Cell]

  struct Cell {
    var at: [String: Coordinate]
    var reading: Reading

    /// The cell in words, such as `alpha=0.5, beta=0.9`; empty for the only cell.
    var label: String {
      at.sorted { $0.key < $1.key }
        .map { "\($0.key.drop { $0 == "@" })=\($0.value)" }.joined(separator: ", ")
    }
  }

  init(axes: some Sequence<String>, cells: [Cell]) {
    self.axes = axes.sorted()
    self.cells = cells
  }

  init(constant: Double) {
    self.init(axes: [], cells: [Cell(at: [:], reading: .value(constant))])
  }
}

/// Why a measure has no value; the claim never passes.
struct MeasureError: Error, Equatable {
  let message: String
  /// Whether the results are there and leave the value open.
  ///
  /// As with the slope over a level that was never reached: the claim is undecided then. Anything
  /// else is an error.
  let isOpen: Bool

  init(_ message: String) { (self.message, isOpen) = (message, false) }

  static func open(_ message: String) -> MeasureError { MeasureError(message, isOpen: true) }

  private init(_ message: String, isOpen: Bool) {
    (self.message, self.isOpen) = (message, isOpen)
  }
}

extension Table {
  /// Each reading changed on its own.
  func map(_ change: (Reading) throws(MeasureError) -> Reading) throws(MeasureError) -> Table {
    var table = self
    for index in cells.indices { table.cells[index].reading = try change(cells[index].reading) }
    return table
  }

  /// Pairs the cells of two tables by the axes that both have; the others are crossed.
  func paired(with other: Table, as operation: String) throws(MeasureError) -> [(
    Cell, Reading, Reading
  )] {
    let shared = Set(axes).intersection(other.axes)
    var partners: [[String: Coordinate]: [Cell]] = [:]
    for cell in other.cells {
      partners[cell.at.filter { shared.contains($0.key) }, default: []].append(cell)
    }
    var pairs: [(Cell, Reading, Reading)] = []
    for cell in cells {
      let key = cell.at.filter { shared.contains($0.key) }
      guard let found = partners[key] else {
        throw MeasureError("\(operation): no cell \(cell.label) on the right-hand side")
      }
      for partner in found {
        let at = cell.at.merging(partner.at) { own, _ in own }
        pairs.append((Cell(at: at, reading: cell.reading), cell.reading, partner.reading))
      }
    }
    let keys = Set(cells.map { $0.at.filter { shared.contains($0.key) } })
    if let lonely = other.cells.first(where: {
      !keys.contains($0.at.filter { shared.contains($0.key) })
    }) {
      throw MeasureError("\(operation): no cell \(lonely.label) on the left-hand side")
    }
    return pairs
  }

  /// Combines two tables cell by cell.
  func combined(
    with other: Table, as name: String,
    _ operation: (Reading, Reading) throws(MeasureError) -> Reading
  ) throws(MeasureError) -> Table {
    var combined: [Cell] = []
    for (cell, left, right) in try paired(with: other, as: name) {
      combined.append(Cell(at: cell.at, reading: try operation(left, right)))
    }
    return Table(axes: Set(axes).union(other.axes), cells: combined)
  }

  /// The groups of cells that differ along one axis only, each sorted by its position.
  ///
  /// Fields of the setup whose positions follow from the reduced field (a width swept together with
  /// a sample size) go with it; arms and recorded axes never do.
  func groups(along axis: String) -> [(at: [String: Coordinate], points: [(Coordinate, Reading)])] {
    let dependent = axes.filter { other in
      guard Self.isField(axis), Self.isField(other) else { return false }
      var seen: [Coordinate: Coordinate] = [:]
      return cells.allSatisfy { cell in
        guard let position = cell.at[axis], let value = cell.at[other] else { return false }
        defer { seen[position] = value }
        return seen[position] == nil || seen[position] == value
      }
    }
    let kept = Set(axes).subtracting(dependent).subtracting([axis])
    var order: [[String: Coordinate]] = []
    var groups: [[String: Coordinate]: [(Coordinate, Reading)]] = [:]
    for cell in cells {
      let key = cell.at.filter { kept.contains($0.key) }
      if groups[key] == nil { order.append(key) }
      guard let position = cell.at[axis] else { continue }
      groups[key, default: []].append((position, cell.reading))
    }
    return order.map { key in (key, (groups[key] ?? []).stableSorted()) }
  }
}

extension Table {
  /// The axis along which arms stand side by side.
  static let arms = "@arm"

  /// Whether an axis is a field of the setup.
  static func isField(_ axis: String) -> Bool { !axis.hasPrefix("@") }

  /// The position that two cells share, where there is one: then the table has no single value there.
  var duplicate: String? {
    var seen: Set<[String: Coordinate]> = []
    return cells.first { !seen.insert($0.at).inserted }?.label
  }
}

extension [(Coordinate, Reading)] {
  /// Sorted by position; points at one position keep their order.
  fileprivate func stableSorted() -> Self {
    enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }.map(\.element)
  }
}
