import Replication

extension PlotFrame {
  /// A line with the band of its intervals; it breaks where a point has no number.
  func line(_ line: DrawnFigure.Line, in style: SeriesStyle) -> Markup {
    let stretches = stretches(of: line)
    let isSparse = line.points.count <= 40
    return """
      <g class="\(style.name)">\(stretches.markup(band))\(stretches.markup { stretch in
        path(stretch, dashes: style.dashes)
      })\(isSparse ? stretches.joined().markup { style.mark(x: $0.x, y: $0.y) } : "")</g>
      """
  }

  /// Points with their intervals as bars.
  func points(_ line: DrawnFigure.Line, in style: SeriesStyle) -> Markup {
    """
    <g class="\(style.name)">\(stretches(of: line).joined().markup { point in
      let bar: Markup =
        point.low < point.high ? "" : """
        <path class="er" d="M\(at: point.x) \(at: point.low)V\(at: point.high)"/>
        """
      return bar + style.mark(x: point.x, y: point.y)
    })</g>
    """
  }

  /// The names of lines beside their ends, moved apart where they would lie on each other.
  func endLabels(of lines: [DrawnFigure.Line], names: [String]) -> Markup {
    var labels = lines.compactMap { line -> (name: String, x: Double, y: Double)? in
      stretches(of: line).last?.last.map { (line.name, $0.x, $0.y) }
    }
    labels.sort { ($0.y, $0.name) < ($1.y, $1.name) }
    let placed = movedApart(labels.map(\.y), by: 15, from: top + 4, to: bottom)
    return zip(labels, placed).markup { label, y in
      let style = SeriesStyle(names.firstIndex(of: label.name) ?? 0)
      let full: Markup =
        label.name.count > 28 ? "<title>\(label.name)</title>" : ""
      return """
        <g class="\(style.name)"><path class="lead" d="M\(at: label.x + 4) \(at: label.y)L\
        \(at: right + 8) \(at: y)"/><text class="lb" x="\(at: right + 12)" y="\(at: y + 4)">\(full)\
        \(shortened(label.name, to: 28))</text></g>
        """
    }
  }

  private struct Point {
    var x: Double
    var y: Double
    /// Where the lower end of the interval is drawn: further down, so greater than `high`.
    var low: Double
    var high: Double
  }

  /// Runs of points that all have a number and a place on both axes.
  private func stretches(of line: DrawnFigure.Line) -> [[Point]] {
    var stretches: [[Point]] = [[]]
    for point in line.points {
      guard let number = point.y, let x = x(point.x), let y = y(number) else {
        stretches.append([])
        continue
      }
      let low = point.interval.map { self.y($0.lower) ?? bottom } ?? y
      let high = point.interval.map { self.y($0.upper) ?? top } ?? y
      stretches[stretches.count - 1].append(Point(x: x, y: y, low: low, high: high))
    }
    return stretches.filter { !$0.isEmpty }.map(thinned)
  }

  /// At most four points for each pixel column and a half: the first, the extremes and the last.
  private func thinned(_ points: [Point]) -> [Point] {
    guard points.count > 600 else { return points }
    var kept: [Point] = []
    var column: [Point] = []
    func keep() {
      let extremes = [
        column.indices.first, column.indices.min { column[$0].y < column[$1].y },
        column.indices.max { column[$0].y < column[$1].y }, column.indices.last,
      ]
      kept += Set(extremes.compactMap(\.self)).sorted().map { column[$0] }
    }
    for point in points {
      if let first = column.first, point.x - first.x > 1.5 {
        keep()
        column = []
      }
      column.append(point)
    }
    keep()
    return kept
  }

  private func path(_ points: [Point], dashes: String) -> Markup {
    guard points.count > 1 else { return "" }
    return "<path class=\"ln \(dashes)\" d=\"M\(points.map(Self.pair).joined(separator: "L"))\"/>"
  }

  private func band(_ points: [Point]) -> Markup {
    guard points.count > 1, points.contains(where: { $0.low > $0.high }) else { return "" }
    let there = points.map { Self.pair(Point(x: $0.x, y: $0.high, low: 0, high: 0)) }
    let back = points.reversed().map { Self.pair(Point(x: $0.x, y: $0.low, low: 0, high: 0)) }
    return "<path class=\"bd\" d=\"M\((there + back).joined(separator: "L"))Z\"/>"
  }

  private static func pair(_ point: Point) -> Markup { "\(at: point.x) \(at: point.y)" }
}

/// Positions in ascending order with at least a distance between them, held in a range if it has
/// room for them.
package func movedApart(
  _ positions: [Double], by distance: Double, from start: Double, to end: Double
) -> [Double] {
  var moved = positions.map { min(end, max(start, $0)) }
  for index in moved.indices.dropFirst() {
    moved[index] = max(moved[index], moved[index - 1] + distance)
  }
  guard let last = moved.last, last > end else { return moved }
  moved[moved.count - 1] = end
  for index in moved.indices.dropLast().reversed() {
    moved[index] = min(moved[index], moved[index + 1] - distance)
  }
  return moved
}
