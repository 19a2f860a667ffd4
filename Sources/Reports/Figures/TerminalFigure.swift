import Evidence
public import Replication

/// A figure in characters, for a terminal of a given width.
///
/// Each line has its own sign, so that it needs no colour and survives a pipe.
public struct TerminalFigure {
  private let figure: DrawnFigure
  private let width: Int

  private static let signs = Array("●○■□▲△◆◇abcdefghijklmnopqrstuvwxyz")
  private static let rows = 14

  /// A figure for a terminal of so many columns.
  public init(_ figure: DrawnFigure, width: Int) {
    self.figure = figure
    self.width = min(110, max(40, width))
  }

  /// The lines to print, none of them wider than the terminal.
  public var lines: [String] {
    let drawing = FigureDrawing(figure)
    let scales = FigureScales(figure)
    var lines = ["\(figure.title)  (cf. \(figure.place))"]
    for panel in drawing.panels {
      if !panel.isEmpty { lines += ["", panel] }
      let shown = figure.lines.filter { $0.panel == panel }
      switch figure.form {
      case .lines, .points: lines += plot(shown, drawing.names, scales)
      case .bars: lines += bars(shown, scales)
      case .heatMap: lines += heatMap(shown, scales)
      case .histogram: lines += shown.map { histogram($0, scales) }
      case .images: lines += shown.flatMap(image)
      }
    }
    lines += FigureWords(figure).omissions
    return lines.map { shortened($0.inert, to: width) }
  }

  private var unit: String { figure.unit.isEmpty ? "" : " (\(figure.unit))" }

  private func plot(
    _ lines: [DrawnFigure.Line], _ names: [String], _ scales: FigureScales
  ) -> [String] {
    let ticks = scales.vertical.ticks(atMost: 5)
    let margin = (ticks.map { tickText($0).count }.max() ?? 0) + 2
    let columns = width - margin - 1
    var cells = Array(
      repeating: Array(repeating: Character(" "), count: columns), count: Self.rows)
    func row(_ share: Double) -> Int { Int(((1 - share) * Double(Self.rows - 1)).rounded()) }
    for line in lines {
      let sign = Self.signs[(names.firstIndex(of: line.name) ?? 0) % Self.signs.count]
      let places = line.points.map { point -> (x: Double, y: Double)? in
        guard let y = point.y.flatMap(scales.vertical.share), let x = share(of: point.x, scales)
        else { return nil }
        return (x * Double(columns - 1), y)
      }
      for (place, next) in zip(places, places.dropFirst() + [nil]) {
        guard let place else { continue }
        cells[row(place.y)][Int(place.x.rounded())] = sign
        guard figure.form == .lines, let next, next.x > place.x + 1 else { continue }
        for column in Int(place.x.rounded(.up))..<Int(next.x.rounded(.up)) {
          let part = (Double(column) - place.x) / (next.x - place.x)
          cells[row(place.y + part * (next.y - place.y))][column] = sign
        }
      }
    }
    var labels = Array(repeating: "", count: Self.rows)
    for tick in ticks { scales.vertical.share(of: tick).map { labels[row($0)] = tickText(tick) } }
    let body = zip(labels, cells).map { label, cells in
      let line = String(cells)
      return Self.leftPadded(label, to: margin - 1) + "│"
        + String(line.reversed().drop { $0 == " " }.reversed())
    }
    return ["\(figure.vertical)\(unit)"] + body
      + [
        String(repeating: " ", count: margin - 1) + "└" + String(repeating: "─", count: columns),
        String(repeating: " ", count: margin) + footer(scales, columns: columns),
      ] + legend(lines, names)
  }

  private func share(of position: String, _ scales: FigureScales) -> Double? {
    if let scale = scales.horizontal { return Double(position).flatMap(scale.share) }
    return scales.positions.firstIndex(of: position).map {
      (Double($0) + 0.5) / Double(scales.positions.count)
    }
  }

  /// The ends of the horizontal axis with its title between them.
  private func footer(_ scales: FigureScales, columns: Int) -> String {
    let ends =
      scales.horizontal.map { scale in
        (plainNumber(scale.lower, significant: 3), plainNumber(scale.upper, significant: 3))
      }
      ?? (scales.positions.first ?? "", scales.positions.last ?? "")
    let (left, right) = (shortened(ends.0, to: 14), shortened(ends.1, to: 14))
    let room = max(2, columns - left.count - right.count)
    let title = shortened(figure.horizontal, to: room - 2)
    let before = (room - title.count) / 2
    return left + String(repeating: " ", count: before) + title
      + String(repeating: " ", count: max(1, room - title.count - before)) + right
  }

  private func legend(_ lines: [DrawnFigure.Line], _ names: [String]) -> [String] {
    lines.map { line in
      let sign = Self.signs[(names.firstIndex(of: line.name) ?? 0) % Self.signs.count]
      let known = line.points.filter { $0.y != nil }
      let ends = [known.first, known.last].compactMap { point in
        point.flatMap { point in point.y.map { "\(plainNumber($0, significant: 3)) at \(point.x)" }
        }
      }
      return "  \(sign) \(line.name): \(ends.isEmpty ? "no number" : ends.joined(separator: " → "))"
    }
  }

  private func bars(_ lines: [DrawnFigure.Line], _ scales: FigureScales) -> [String] {
    let labels = lines.flatMap { line in
      line.points.map { lines.count > 1 ? "\(line.name), \($0.x)" : $0.x }
    }
    let margin = min(width / 3, labels.map(\.count).max() ?? 0)
    let room = Double(width - margin - 14)
    let points = lines.flatMap(\.points)
    let reach = points.compactMap(\.y).map(\.magnitude).filter(\.isFinite).max() ?? 1
    return ["\(figure.vertical)\(unit) by \(figure.horizontal)"]
      + zip(labels, points).map { label, point in
        let number = point.y.map { plainNumber($0, significant: 4) } ?? "no number"
        let length = point.y.map { $0.isFinite && reach > 0 ? $0.magnitude / reach * room : 0 } ?? 0
        return "  " + Self.leftPadded(shortened(label, to: margin), to: margin) + " "
          + Self.bar(length) + " " + number
      }
  }

  private func heatMap(_ lines: [DrawnFigure.Line], _ scales: FigureScales) -> [String] {
    guard let ramp = ShadeRamp(of: figure) else { return ["no number"] }
    let shades = Array(" ░▒▓█")
    let margin = min(18, scales.rows.map(\.count).max() ?? 0)
    let cell = max(1, min(4, (width - margin - 3) / max(1, scales.positions.count)))
    let rows = lines.reversed().map { line in
      let values = Dictionary(line.points.map { ($0.x, $0.y) }, uniquingKeysWith: { one, _ in one })
      let cells = scales.positions.map { position -> String in
        guard let share = (values[position] ?? nil).flatMap(ramp.share) else {
          return String(repeating: "?", count: cell)
        }
        return String(repeating: shades[Int((share * 4).rounded())], count: cell)
      }
      return "  " + Self.leftPadded(shortened(line.name, to: margin), to: margin) + "│"
        + cells.joined()
    }
    return ["\(figure.shade)\(unit) over \(figure.horizontal) and \(figure.vertical)"] + rows
      + [
        "  blank \(plainNumber(ramp.least, significant: 3)), "
          + "full \(plainNumber(ramp.greatest, significant: 3))"
      ]
  }

  private func histogram(_ line: DrawnFigure.Line, _ scales: FigureScales) -> String {
    guard let bins = scales.bins else { return "" }
    let heights = Array("▁▂▃▄▅▆▇█")
    let counts = bins.counts(line.points.compactMap { Double($0.x) })
    let tallest = max(1, counts.max() ?? 1)
    let spark = counts.map { $0 == 0 ? " " : heights[min(7, $0 * 8 / (tallest + 1))] }
    return "  \(line.name): \(plainNumber(bins.start, significant: 3)) \(String(spark)) "
      + plainNumber(bins.end, significant: 3)
  }

  /// An image in five shades; where it is larger than its room, of every n-th pixel.
  private func image(_ line: DrawnFigure.Line) -> [String] {
    guard let image = line.image,
      line.points.count == image.width * image.height * image.channels
    else { return ["  \(line.name): no image"] }
    let scale = ImageShades(figure)
    let shades = Array(" ░▒▓█")
    // Characters are twice as high as wide.
    let every = max(1, (image.width * 2 + min(64, width - 4) - 1) / min(64, width - 4))
    let rows = stride(from: 0, to: image.height, by: every).map { row in
      "  "
        + stride(from: 0, to: image.width, by: every).map { column -> String in
          let start = (row * image.width + column) * image.channels
          let shares = line.points[start..<start + image.channels].map { scale.share($0.y) }
          if shares.contains(nil) { return "??" }
          let mean = shares.reduce(0) { $0 + ($1 ?? 0) } / Double(image.channels)
          return String(repeating: shades[Int((mean * 4).rounded())], count: 2)
        }.joined()
    }
    return ["  \(line.name), seed \(image.seed)"] + rows
  }

  /// A bar of a length in columns, to an eighth of one.
  private static func bar(_ length: Double) -> String {
    let eighths = max(0, Int((length * 8).rounded()))
    let parts = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"]
    return String(repeating: "█", count: eighths / 8) + parts[eighths % 8]
  }

  private static func leftPadded(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
