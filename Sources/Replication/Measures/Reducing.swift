import Evidence
import Tensors

extension Table {
  /// Applies a reduction along an axis; nil means the only one.
  func reduced(_ reduction: Reduction, along axis: String?) throws(MeasureError) -> Table {
    let name: String
    if let axis {
      guard axes.contains(axis) else {
        throw MeasureError("\(reduction): there is no axis \(axis), only \(axes)")
      }
      name = axis
    } else {
      guard let only = axes.first, axes.count == 1 else {
        throw MeasureError("\(reduction): name the axis, there are \(axes)")
      }
      name = only
    }
    var cells: [Cell] = []
    var remaining: Set<String> = []
    for (at, points) in groups(along: name) {
      remaining.formUnion(at.keys)
      if case .steps = reduction {
        remaining.insert(name)
        cells += try differences(points, at: at, along: name)
      } else {
        cells.append(Cell(at: at, reading: try reduction.applied(to: points, along: name)))
      }
    }
    return Table(axes: remaining, cells: cells)
  }

  private func differences(
    _ points: [(Coordinate, Reading)], at: [String: Coordinate], along axis: String
  ) throws(MeasureError) -> [Cell] {
    guard points.count >= 2 else {
      throw MeasureError("steps: fewer than two points along \(axis)")
    }
    var cells: [Cell] = []
    for (previous, next) in zip(points, points.dropFirst()) {
      var place = at
      place[axis] = .text("\(previous.0)→\(next.0)")
      cells.append(
        Cell(at: place, reading: try BinaryOperation.minus.applied(to: next.1, previous.1)))
    }
    return cells
  }

  /// In each group along an axis, the reading where the other table's is least.
  func best(by other: Table, along axis: String) throws(MeasureError) -> Table {
    guard axes.contains(axis), other.axes.contains(axis) else {
      throw MeasureError("best: there is no axis \(axis), only \(axes) and \(other.axes)")
    }
    let pairs = try paired(with: other, as: "best")
    let values = Table(axes: axes, cells: pairs.map { Cell(at: $0.0.at, reading: $0.1) })
    let criteria = Table(axes: axes, cells: pairs.map { Cell(at: $0.0.at, reading: $0.2) })
    let groups = zip(values.groups(along: axis), criteria.groups(along: axis))
    var cells: [Cell] = []
    var remaining: Set<String> = []
    for (value, criterion) in groups {
      remaining.formUnion(value.at.keys)
      let numbers = criterion.points.enumerated().compactMap { index, point in
        point.1.number.map { (index, $0) }
      }
      guard numbers.allSatisfy({ $0.1.isFinite }), let least = numbers.min(by: { $0.1 < $1.1 })
      else { throw MeasureError("best: nothing to choose by along \(axis)") }
      cells.append(Cell(at: value.at, reading: value.points[least.0].1))
    }
    return Table(axes: remaining, cells: cells)
  }

  /// The correlation with another table over all cells.
  func correlation(with other: Table, ranked: Bool) throws(MeasureError) -> Table {
    let pairs = try paired(with: other, as: "correlation")
    let reading = try Statistics.correlation(pairs.map(\.1), pairs.map(\.2), ranked: ranked)
    return Table(axes: [], cells: [Cell(at: [:], reading: reading)])
  }
}

extension Reduction {
  /// The reduction of the points along an axis, sorted by position.
  func applied(
    to points: [(Coordinate, Reading)], along axis: String
  ) throws(MeasureError) -> Reading {
    guard let start = points.first, let end = points.last else {
      throw MeasureError("\(self): no points")
    }
    switch self {
    case .value(let position):
      return try Statistics.value(points, at: position, interpolating: axis.hasPrefix("@"))
    case .first: return start.1
    case .last: return end.1
    case .averageAt(let positions):
      var readings: [Reading] = []
      for position in positions {
        readings.append(
          try Statistics.value(
            points, at: .number(position), interpolating: axis.hasPrefix("@")))
      }
      return Statistics.mean(readings)
    case .average: return Statistics.mean(points.map(\.1))
    case .least: return points.map(\.1).min() ?? start.1
    case .greatest: return points.map(\.1).max() ?? start.1
    case .positionOfLeast: return try position(of: points.min { $0.1 < $1.1 })
    case .positionOfGreatest: return try position(of: points.max { $0.1 < $1.1 })
    case .slope(let scale): return try Statistics.line(points, on: scale).slope
    case .straightness(let scale): return try Statistics.line(points, on: scale).straightness
    case .rank:
      let positions = try Statistics.positions(points)
      return try Statistics.correlation(
        positions.map { .value($0) }, points.map(\.1), ranked: true)
    case .crossing(let level): return try Statistics.crossing(points, of: level)
    case .share(let lower, let upper):
      if let bad = points.first(where: { $0.1.number?.isNaN == true }) {
        return bad.1
      }
      let inside = points.count { point in
        switch point.1 {
        case .value(let value): lower <= value && value <= upper
        case .notReached, .diverged: upper == .infinity
        }
      }
      return .value(Double(inside) / Double(points.count))
    case .steps: throw MeasureError("steps: leaves its axis in place")
    }
  }

  private func position(of point: (Coordinate, Reading)?) throws(MeasureError) -> Reading {
    guard let point, let position = point.0.number else {
      throw MeasureError("\(self): the axis has no numbers")
    }
    // A value that is not a number has no extremum; let it through to be judged as an error.
    if let value = point.1.number, !value.isFinite { return point.1 }
    return .value(position)
  }
}
