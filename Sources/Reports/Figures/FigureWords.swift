import Evidence
package import Replication

/// A figure in words, for those who cannot see it.
package struct FigureWords {
  let figure: DrawnFigure

  package init(_ figure: DrawnFigure) { self.figure = figure }

  /// What is drawn, and how each line runs; of many lines only the first.
  package var text: String {
    let shown = figure.lines.prefix(12).map(sentence)
    let rest = figure.lines.count - shown.count
    return ([opening] + shown + (rest > 0 ? ["And \(rest) more."] : []) + omissions)
      .joined(separator: " ")
  }

  /// What the drawn numbers are, in one sentence.
  package var basis: String {
    switch figure.form {
    case .lines, .points, .bars: return "Means over seeds with 90 % intervals."
    case .heatMap: return "Means over seeds."
    case .histogram: return "Each value of each seed counts once."
    case .images:
      let seeds = Set(figure.lines.compactMap(\.image?.seed)).sorted()
      let names = seeds.map(String.init).joined(separator: ", ")
      return "Recorded by trials of seed \(names)."
    }
  }

  /// What the drawing leaves out, one sentence each; empty where it shows every point.
  package var omissions: [String] {
    let isLogAxis = figure.scale == .logAxis || figure.scale == .logLog
    let isLogValue = figure.scale == .logValue || figure.scale == .logLog
    let points = figure.lines.flatMap(\.points)
    if figure.form == .images { return missingValues(in: points) }
    if figure.form == .histogram { return missing(in: points) }
    let offAxis = points.count {
      figure.form != .heatMap && isLogAxis && (Double($0.x).map { $0 <= 0 } ?? false)
    }
    let offValue = points.count { isLogValue && ($0.y.map { $0 <= 0 } ?? false) }
    var sentences = missing(in: points)
    if offAxis + offValue > 0 {
      let count = offAxis + offValue
      sentences.append(
        "\(count == 1 ? "1 point is" : "\(count) points are") not positive and "
          + "\(count == 1 ? "has" : "have") no place on a logarithmic "
          + (figure.form == .heatMap ? "scale." : "axis."))
    }
    return sentences
  }

  private func missing(in points: [DrawnFigure.Point]) -> [String] {
    let empty = points.count { $0.y == nil }
    return empty == 0
      ? []
      : [
        "\(empty == 1 ? "1 point has" : "\(empty) points have") no number in every seed, such as "
          + "a level that was not reached."
      ]
  }

  private func missingValues(in points: [DrawnFigure.Point]) -> [String] {
    let empty = points.count { !($0.y?.isFinite ?? false) }
    if empty == 0 { return [] }
    return [
      "\(empty == 1 ? "1 value of a pixel has" : "\(empty) values of pixels have") no number: the "
        + "ground shows through."
    ]
  }

  private var opening: String {
    let unit = figure.unit.isEmpty ? "" : " in \(figure.unit)"
    let lines = figure.lines.count == 1 ? "1 line" : "\(figure.lines.count) lines"
    switch figure.form {
    case .lines, .points, .bars:
      return "\(figure.vertical)\(unit) over \(figure.horizontal)\(scale), \(lines)."
    case .heatMap:
      return "\(figure.shade)\(unit) over \(figure.horizontal) and \(figure.vertical)\(scale)."
    case .histogram: return "How often \(figure.horizontal)\(unit) takes its values."
    case .images:
      return "\(figure.lines.count == 1 ? "1 image" : "\(figure.lines.count) images"), "
        + "\(ImageShades(figure).text)."
    }
  }

  private var scale: String {
    switch figure.scale {
    case .linear: ""
    case .logAxis: ", a logarithmic axis"
    case .logValue: ", logarithmic values"
    case .logLog: ", both logarithmic"
    }
  }

  private func sentence(_ line: DrawnFigure.Line) -> String {
    let name = line.panel.isEmpty ? line.name : "\(line.name), \(line.panel)"
    if figure.form == .histogram {
      let values = line.points.compactMap { Double($0.x) }
      guard let least = values.min(), let greatest = values.max() else { return "\(name): none." }
      return "\(name): \(values.count) from \(short(least)) to \(short(greatest))."
    }
    if let image = line.image { return sentence(name, image, line.points) }
    let known = line.points.filter { $0.y?.isFinite ?? false }
    guard let first = known.first, let last = known.last, let start = first.y, let end = last.y
    else { return "\(name): no number." }
    if known.count == 1 { return "\(name): \(short(start)) at \(first.x)." }
    return "\(name): from \(short(start)) at \(first.x) to \(short(end)) at \(last.x)."
  }

  private func sentence(
    _ name: String, _ image: DrawnFigure.Image, _ points: [DrawnFigure.Point]
  ) -> String {
    let values = points.compactMap(\.y).filter(\.isFinite)
    let size = "\(image.height) × \(image.width)\(image.channels == 3 ? " in colour" : "")"
    guard let least = values.min(), let greatest = values.max() else {
      return "\(name): \(size), no number."
    }
    return "\(name): \(size), from \(short(least)) to \(short(greatest)), seed \(image.seed)."
  }

  private func short(_ number: Double) -> String { plainNumber(number, significant: 3) }
}
