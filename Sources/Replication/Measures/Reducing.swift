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
    guard Set(other.axes).isSubset(of: axes) else {
      throw MeasureError("best: the choice varies along \(other.axes), the value along \(axes)")
    }
    let pairs = try paired(with: other, as: "best")
    let values = Table(axes: axes, cells: pairs.map { Cell(at: $0.0.at, reading: $0.1) })
    let criteria = Table(axes: axes, cells: pairs.map { Cell(at: $0.0.at, reading: $0.2) })
    let groups = zip(values.groups(along: axis), criteria.groups(along: axis))
    var cells: [Cell] = []
    var remaining: Set<String> = []
    for (value, criterion) in groups {
      remaining.formUnion(value.at.keys)
      let choices = criterion.points.map(\.1)
      guard choices.allSatisfy(\.isSound) else {
        throw MeasureError("best: a value to choose by along \(axis) is not finite")
      }
      let chosen = try Statistics.indexOfLeast(choices)
      cells.append(Cell(at: value.at, reading: value.points[chosen].1))
    }
    return Table(axes: remaining, cells: cells)
  }

  /// The correlation with another table over all cells.
  func correlation(with other: Table, ranked: Bool) throws(MeasureError) -> Table {
    let pairs = try paired(with: other, as: "correlation")
    let (left, right) = (pairs.map(\.1), pairs.map(\.2))
    // A value that is not a number has no rank; let it through to be judged as an error.
    var reading = (left + right).first { !$0.isSound }
    if reading == nil {
      reading = .value(try Statistics.correlation(left, right, ranked: ranked))
    }
    return Table(axes: [], cells: reading.map { [Cell(at: [:], reading: $0)] } ?? [])
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
    // A value that is not a number would be passed over by a comparison; it stays an error.
    if let bad = points.first(where: { !$0.1.isSound }) { return bad.1 }
    let readings = points.map(\.1)
    let isCurve = axis.hasPrefix("@")
    switch self {
    case .value(let position):
      return try Statistics.value(points, at: position, interpolating: isCurve)
    case .first: return start.1
    case .last: return end.1
    case .averageAt(let positions):
      var chosen: [Reading] = []
      for position in positions {
        chosen.append(
          try Statistics.value(points, at: .number(position), interpolating: isCurve))
      }
      return try Statistics.mean(chosen)
    case .average: return try Statistics.mean(readings)
    case .least: return try Statistics.least(readings)
    case .greatest: return try Statistics.greatest(readings)
    case .positionOfLeast:
      return .value(try Statistics.positions(points)[try Statistics.indexOfLeast(readings)])
    case .positionOfGreatest:
      var mirrored: [Reading] = []
      for reading in readings { mirrored.append(try UnaryOperation.negated.applied(to: reading)) }
      return .value(try Statistics.positions(points)[try Statistics.indexOfLeast(mirrored)])
    case .slope(let scale): return .value(try Statistics.line(points, on: scale).slope)
    case .straightness(let scale):
      return .value(try Statistics.line(points, on: scale).straightness)
    case .rank:
      let positions = try Statistics.positions(points).map { Reading.value($0) }
      return .value(try Statistics.correlation(positions, readings, ranked: true))
    case .crossing(let level): return try Statistics.crossing(points, of: level)
    case .share(let lower, let upper):
      var inside = 0.0
      for (position, reading) in points {
        guard let lies = reading.lies(in: Band(lower: lower, upper: upper)) else {
          throw MeasureError.open("share: cannot tell whether \(reading) at \(position) counts")
        }
        inside += lies ? 1 : 0
      }
      return .value(inside / Double(points.count))
    case .steps: throw MeasureError("steps: leaves its axis in place")
    }
  }
}
