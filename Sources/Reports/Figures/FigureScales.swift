import Replication

/// The scales that all panels of a figure share.
struct FigureScales {
  /// The horizontal positions where they are numbers.
  let horizontal: PlotScale?
  /// The horizontal positions where they are none, or stand side by side: from left to right.
  let positions: [String]
  /// The vertical scale; of a heat map it has no meaning.
  let vertical: PlotScale
  /// The rows of a heat map, from the bottom up.
  let rows: [String]
  /// The bins of a histogram.
  let bins: Bins?
  /// Room for the labels of the vertical axis.
  let leftMargin: Double

  init(_ figure: DrawnFigure) {
    let points = figure.lines.flatMap(\.points)
    var positions: [String] = []
    var seen: Set<String> = []
    for point in points where seen.insert(point.x).inserted { positions.append(point.x) }
    let numbers = positions.compactMap { Double($0) }
    let isNumeric = numbers.count == positions.count && !positions.isEmpty
    if isNumeric { positions.sort { (Double($0) ?? 0) < (Double($1) ?? 0) } }
    self.positions = positions
    let standsSideBySide = figure.form == .bars || figure.form == .heatMap
    if figure.form == .histogram {
      let bins = Bins(of: points.compactMap { Double($0.x) })
      let tallest = figure.lines.flatMap { bins.counts($0.points.compactMap { Double($0.x) }) }
        .max()
      self.bins = bins
      horizontal = PlotScale(showing: [bins.start, bins.end], isLogarithmic: false)
      vertical = PlotScale(showing: [Double(tallest ?? 1)], isLogarithmic: false, fromZero: true)
    } else {
      bins = nil
      horizontal =
        isNumeric && !standsSideBySide
        ? PlotScale(
          showing: numbers, isLogarithmic: figure.scale == .logAxis || figure.scale == .logLog)
        : nil
      vertical = Self.vertical(points, of: figure)
    }
    var rows: [String] = []
    if figure.form == .heatMap {
      for line in figure.lines where !rows.contains(line.name) { rows.append(line.name) }
    }
    self.rows = rows
    let labels = rows.isEmpty ? vertical.ticks(atMost: 6).map(tickText) : rows
    leftMargin = min(120, (labels.map(textWidth).max() ?? 20) + 14)
  }

  /// The means with as much of their intervals as leaves the means their room.
  private static func vertical(_ points: [DrawnFigure.Point], of figure: DrawnFigure) -> PlotScale {
    let isLogarithmic = figure.scale == .logValue || figure.scale == .logLog
    let means = points.compactMap(\.y).filter { $0.isFinite && (!isLogarithmic || $0 > 0) }
    let ends = points.compactMap(\.interval).flatMap { [$0.lower, $0.upper] }.filter(\.isFinite)
    guard let least = means.min(), let greatest = means.max() else {
      return PlotScale(showing: [], isLogarithmic: isLogarithmic)
    }
    let (floor, ceiling): (Double, Double)
    if isLogarithmic {
      let room = max(10, (greatest / least).squareRoot())
      (floor, ceiling) = (least / room, greatest * room)
    } else {
      let room = max(greatest - least, (greatest.magnitude + least.magnitude) / 8)
      (floor, ceiling) = (least - room, greatest + room)
    }
    return PlotScale(
      showing: means
        + ends.filter { $0 > 0 || !isLogarithmic }.map { min(ceiling, max(floor, $0)) },
      isLogarithmic: isLogarithmic, fromZero: figure.form == .bars)
  }
}

/// Equal parts of a range, into which values are counted.
package struct Bins: Hashable {
  /// Where the first begins.
  package let start: Double
  /// Where the last ends.
  package let end: Double
  /// How many there are.
  package let count: Int

  /// As many bins as Sturges' rule asks for, widened to a round width.
  package init(of values: [Double]) {
    let finite = values.filter(\.isFinite)
    guard let least = finite.min(), let greatest = finite.max(), greatest > least,
      (greatest - least).isFinite
    else {
      let centre = finite.first ?? 0
      let room = max(centre.magnitude / 10, 0.5)
      (start, end, count) = (centre - room, centre + room, 1)
      return
    }
    let wanted = min(40, 2 * (Int.bitWidth - finite.count.leadingZeroBitCount) + 1)
    let width = tickStep(over: greatest - least, atMost: wanted)
    start = (least / width).rounded(.down) * width
    count = max(1, Int(((greatest - start) / width).rounded(.down)) + 1)
    end = start + Double(count) * width
  }

  /// How many values lie in each bin.
  package func counts(_ values: [Double]) -> [Int] {
    var counts = Array(repeating: 0, count: count)
    for value in values where value.isFinite && end > start {
      let share = min(1, max(0, (value - start) / (end - start)))
      let index = Int((share * Double(count)).rounded(.down))
      counts[min(count - 1, index)] += 1
    }
    return counts
  }
}
