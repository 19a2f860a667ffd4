import Replication

/// The rectangle in which one panel is drawn.
struct PlotFrame {
  let left: Double
  let top: Double
  let width: Double
  let height: Double
  let scales: FigureScales

  var right: Double { left + width }
  var bottom: Double { top + height }

  /// Where a position lies; nil where it has no place on the axis.
  func x(_ position: String) -> Double? {
    if let scale = scales.horizontal {
      return Double(position).flatMap(scale.share).map { left + $0 * width }
    }
    return scales.positions.firstIndex(of: position).map {
      left + (Double($0) + 0.5) / Double(scales.positions.count) * width
    }
  }

  /// Where a number lies; nil where it has no place on the axis.
  func y(_ number: Double) -> Double? {
    scales.vertical.share(of: number).map { bottom - $0 * height }
  }

  /// The axes with their ticks and titles.
  func axes(of figure: DrawnFigure, panel: String) -> Markup {
    let unit = figure.form == .heatMap || figure.unit.isEmpty ? "" : " (\(figure.unit))"
    let isHistogram = figure.form == .histogram
    let (across, upwards) = (
      figure.horizontal + (isHistogram ? unit : ""), figure.vertical + (isHistogram ? "" : unit)
    )
    let heading: Markup =
      panel.isEmpty
      ? "" : "<text class=\"lg\" x=\"\(at: left)\" y=\"\(at: top - 24)\">\(panel)</text>"
    return """
      \(heading)<text class="ax" x="\(at: max(0, left - scales.leftMargin))" y="\(at: top - 9)">\
      \(upwards)</text>\(rows)\(columns)<path class="rule" d="M\(at: left) \(at: bottom)H\
      \(at: right)"/><text class="ax" x="\(at: left + width / 2)" y="\(at: bottom + 38)" \
      text-anchor="middle">\(across)</text>
      """
  }

  private var rows: Markup {
    if !scales.rows.isEmpty {
      return scales.rows.enumerated().markup { index, row in
        let y = bottom - (Double(index) + 0.5) / Double(scales.rows.count) * height
        return """
          <text class="tk" x="\(at: left - 6)" y="\(at: y + 4)" text-anchor="end">\
          \(shortened(row, to: 17))</text>
          """
      }
    }
    return scales.vertical.ticks(atMost: height < 200 ? 4 : 6).markup { tick in
      guard let y = y(tick) else { return "" }
      return """
        <path class="grid" d="M\(at: left) \(at: y)H\(at: right)"/><text class="tk" \
        x="\(at: left - 6)" y="\(at: y + 4)" text-anchor="end">\(tickText(tick))</text>
        """
    }
  }

  private var columns: Markup {
    guard let scale = scales.horizontal else { return categories }
    return scale.ticks(atMost: width < 250 ? 4 : 8).markup { tick in
      guard let share = scale.share(of: tick) else { return "" }
      let x = left + share * width
      return """
        <path class="rule" d="M\(at: x) \(at: bottom)v4"/><text class="tk" x="\(at: x)" \
        y="\(at: bottom + 18)" text-anchor="middle">\(tickText(tick))</text>
        """
    }
  }

  /// The names of positions that are no numbers; of many only as many as have room.
  private var categories: Markup {
    let room = width / Double(max(1, scales.positions.count))
    let widest = scales.positions.map { textWidth(label(of: $0)) }.max() ?? 0
    let every = max(1, Int((min(widest, 140) + 8) / room))
    return scales.positions.enumerated().markup { index, position in
      guard index % every == 0, let x = x(position) else { return "" }
      return """
        <text class="tk" x="\(at: x)" y="\(at: bottom + 18)" text-anchor="middle">\
        \(shortened(label(of: position), to: max(6, Int(room * Double(every) / 6.3))))</text>
        """
    }
  }

  private func label(of position: String) -> String {
    Double(position).map(tickText) ?? position
  }
}
