import Evidence
import Tensors

/// The setups of each arm at a tier, with their positions on the axes along which the arm varies.
struct Grids<P: Replication> {
  typealias Grid = [(setup: P.Setup, at: [String: Coordinate])]
  private var grids: [P.Arm: Grid] = [:]

  init(at tier: Tier) throws {
    for arm in P.Arm.allCases {
      let setups = P.setups(arm, at: tier)
      let fields = try setups.map(Self.fields)
      let varying = Set(fields.flatMap(\.keys)).filter { name in
        Set(fields.map { $0[name] }).count > 1
      }
      grids[arm] = zip(setups, fields).map { ($0, $1.filter { varying.contains($0.key) }) }
    }
  }

  func cells(of arm: P.Arm) -> Grid { grids[arm] ?? [] }

  /// The fields of a setup, by name.
  static func fields(_ setup: P.Setup) throws -> [String: Coordinate] {
    let value = try Canonical.decode(JSONValue.self, from: Canonical.data(setup))
    guard case .object(let fields) = value else { return ["": Coordinate(value)] }
    return fields.mapValues(Coordinate.init)
  }
}

/// What one seed measured, and how its axes are labelled.
struct Evaluation<P: Replication> {
  var seed: Int
  var grids: Grids<P>
  /// The outcome of a setup in this seed; throws where the trial is missing, saying why.
  var outcome: (P.Setup) throws(MeasureError) -> P.Outcome
  /// Axes relabelled by a control.
  var relabelled: [(axis: Axis<P>, how: Control<P>.Relabelling)] = []

  /// The table of a term.
  func table(_ term: Term<P>) throws(MeasureError) -> Table {
    switch term {
    case .quantity(let quantity): return try table(quantity)
    case .constant(let value): return Table(constant: value)
    case .unary(let operation, let term):
      return try table(term).map { (reading) throws(MeasureError) in
        try operation.applied(to: reading)
      }
    case .binary(let operation, let a, let b):
      return try table(a).combined(with: table(b), as: operation.rawValue) {
        (left, right) throws(MeasureError) in try operation.applied(to: left, right)
      }
    case .reduced(let reduction, let term, let axis):
      return try table(term).reduced(reduction, along: axis?.id)
    case .best(let term, let by, let axis):
      return try table(term).best(by: table(by), along: axis.id)
    case .correlation(let a, let b, let ranked):
      return try table(a).correlation(with: table(b), ranked: ranked)
    case .computed:
      throw MeasureError("a computed statistic cannot be part of another measure")
    }
  }

  private func table(_ quantity: QuantityTerm<P>) throws(MeasureError) -> Table {
    var axes: Set<String> = []
    var cells: [Table.Cell] = []
    for arm in quantity.arms {
      let grid = grids.cells(of: arm)
      if grid.isEmpty { throw MeasureError("arm \(arm.rawValue) has no setup at this tier") }
      for (setup, position) in grid {
        var at = position
        if quantity.sideBySide { at[Table.arms] = .text(arm.rawValue) }
        let points = quantity.read(try outcome(setup))
        if points.isEmpty {
          throw MeasureError("\(quantity.name) of \(arm.rawValue) has no points")
        }
        for point in points {
          cells.append(try cell(point, in: at, against: quantity.against))
        }
      }
    }
    for cell in cells { axes.formUnion(cell.at.keys) }
    if let odd = cells.first(where: { Set($0.at.keys) != axes }) {
      throw MeasureError("\(quantity.name): cell \(odd.label) lacks an axis of \(axes.sorted())")
    }
    var table = Table(axes: axes, cells: cells)
    if let place = table.duplicate {
      throw MeasureError("\(quantity.name): two values at '\(place)'")
    }
    for change in relabelled where table.axes.contains(change.axis.id) {
      table = table.relabelled(change.axis.id, change.how, paper: P.paper.id, seed: seed)
    }
    return table
  }

  private func cell(
    _ point: QuantityTerm<P>.Point, in position: [String: Coordinate], against: String?
  ) throws(MeasureError) -> Table.Cell {
    var at = position
    if let axis = point.axis {
      guard let place = axis.at.number, place.isFinite else {
        throw MeasureError("axis \(axis.id) has the position \(axis.at)")
      }
      // A quantity read against another one lies on that one instead of on the arm's own axis.
      if against != nil {
        if at.count > 1 {
          throw MeasureError("against \(axis.id): the arm varies along \(at.keys.sorted())")
        }
        at = [:]
      }
      at[axis.id] = .number(place)
    }
    return Table.Cell(at: at, reading: point.reading)
  }
}

extension Table {
  /// The readings of one axis under other labels: reversed, or shuffled anew in each seed.
  fileprivate func relabelled<P: Replication>(
    _ axis: String, _ how: Control<P>.Relabelling, paper: String, seed: Int
  ) -> Table {
    let labels = Set(cells.compactMap { $0.at[axis] }).sorted()
    let order: [Int]
    switch how {
    case .reversed: order = labels.indices.reversed()
    case .shuffled:
      var stream = RandomStream(paper: paper, seed: UInt64(seed), purpose: .control)
      order = stream.permutation(of: labels.count)
    }
    var swapped: [Coordinate: Coordinate] = [:]
    for (label, index) in zip(labels, order) { swapped[label] = labels[index] }
    var table = self
    for index in cells.indices {
      if let label = cells[index].at[axis] { table.cells[index].at[axis] = swapped[label] }
    }
    return table
  }
}
