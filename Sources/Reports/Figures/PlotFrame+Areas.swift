import Replication

extension PlotFrame {
  /// Bars from zero, or from the bottom of a logarithmic axis, with their intervals.
  func bars(_ lines: [DrawnFigure.Line], names: [String]) -> Markup {
    let group = width / Double(max(1, scales.positions.count))
    let bar = min(46, group * 0.8 / Double(max(1, names.count)))
    let base = y(0) ?? bottom
    return lines.markup { line in
      let index = names.firstIndex(of: line.name) ?? 0
      let offset = (Double(index) - Double(names.count - 1) / 2) * bar
      let marks = line.points.markup { point -> Markup in
        guard let number = point.y, let y = y(number), let centre = x(point.x) else { return "" }
        let x = centre + offset
        let interval: Markup? = point.interval.map { interval in
          let (low, high) = (self.y(interval.lower) ?? bottom, self.y(interval.upper) ?? top)
          return """
            <path class="er" d="M\(at: x) \(at: low)V\(at: high)M\(at: x - 4) \(at: low)h8M\
            \(at: x - 4) \(at: high)h8"/>
            """
        }
        return """
          <rect class="br" x="\(at: x - bar / 2 + 1)" y="\(at: min(y, base))" \
          width="\(at: max(1, bar - 2))" height="\(at: max(0.75, (y - base).magnitude))"/>\(interval)
          """
      }
      return "<g class=\"\(SeriesStyle(index).name)\">\(marks)</g>"
    }
  }

  /// How often values fall into equal bins, one histogram over the other.
  func histogram(_ lines: [DrawnFigure.Line], names: [String]) -> Markup {
    guard let bins = scales.bins, let scale = scales.horizontal else { return "" }
    let base = y(0) ?? bottom
    func edge(_ index: Int) -> Double {
      let value = bins.start + (bins.end - bins.start) * Double(index) / Double(bins.count)
      return left + (scale.share(of: value) ?? 0) * width
    }
    return lines.markup { line in
      let counts = bins.counts(line.points.compactMap { Double($0.x) })
      let steps = counts.enumerated().markup { index, count in
        "V\(at: y(Double(count)) ?? base)H\(at: edge(index + 1))"
      }
      return """
        <g class="\(SeriesStyle(names.firstIndex(of: line.name) ?? 0).name)"><path class="hs" \
        d="M\(at: edge(0)) \(at: base)\(steps)V\(at: base)"/></g>
        """
    }
  }

  /// Shades over two axes, with their numbers where there is room, and the scale of the shades.
  ///
  /// One hue from faint to full; where numbers have both signs, one hue for each. The panels of a
  /// figure share the scale.
  func heatMap(_ lines: [DrawnFigure.Line], of figure: DrawnFigure) -> Markup {
    guard let ramp = ShadeRamp(of: figure) else { return "" }
    let cell = width / Double(max(1, scales.positions.count))
    let row = height / Double(max(1, scales.rows.count))
    let cells = lines.markup { line in
      guard let index = scales.rows.firstIndex(of: line.name) else { return "" }
      let y = bottom - Double(index + 1) * row
      return line.points.markup { point in
        guard let number = point.y, let depth = ramp.depth(of: number), let centre = x(point.x)
        else { return "" }
        let text = plainNumber(number, significant: 3)
        let fits = row >= 15 && cell >= textWidth(text) + 4
        let label: Markup =
          fits
          ? """
          <text class="\(depth > 0.7 ? "on" : "lb")" x="\(at: centre)" \
          y="\(at: y + row / 2 + 4)" text-anchor="middle">\(text)</text>
          """ : ""
        return """
          <rect class="\(ramp.name(of: number))" x="\(at: centre - cell / 2)" y="\(at: y)" \
          width="\(at: cell)" height="\(at: row)" fill-opacity="\(at: depth)">\
          <title>\(line.name), \(point.x): \(text)</title></rect>\(label)
          """
      }
    }
    return cells + key(of: ramp, of: figure)
  }

  /// The shades from bottom to top with the numbers at both ends and halfway.
  private func key(of ramp: ShadeRamp, of figure: DrawnFigure) -> Markup {
    let steps = 24
    let bars = (0..<steps).markup { index in
      let number = ramp.number(at: (Double(index) + 0.5) / Double(steps))
      return """
        <rect class="\(ramp.name(of: number))" x="\(at: right + 14)" \
        y="\(at: bottom - Double(index + 1) * height / Double(steps))" width="10" \
        height="\(at: height / Double(steps) + 0.3)" \
        fill-opacity="\(at: ramp.depth(of: number) ?? 0)"/>
        """
    }
    let labels = [(0, bottom), (0.5, (top + bottom) / 2 + 4), (1, top + 9)].markup { share, y in
      """
      <text class="tk" x="\(at: right + 28)" y="\(at: y)">\
      \(plainNumber(ramp.number(at: share), significant: 2))</text>
      """
    }
    let unit = figure.unit.isEmpty ? "" : " (\(figure.unit))"
    return """
      \(bars)\(labels)<text class="ax" x="\(at: right + 70)" y="\(at: top - 9)" \
      text-anchor="end">\(figure.shade)\(unit)</text>
      """
  }
}

/// How deep the shades of a heat map's numbers are.
struct ShadeRamp {
  let least: Double
  let greatest: Double
  /// Whether equal ratios are equal steps of the shades.
  let isLogarithmic: Bool

  /// The shades from the least number of a figure to the greatest; nil where it has none.
  init?(of figure: DrawnFigure) {
    isLogarithmic = figure.scale == .logValue || figure.scale == .logLog
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for line in figure.lines {
      for case let number? in line.points.lazy.map(\.y)
      where number.isFinite && (!isLogarithmic || number > 0) {
        (least, greatest) = (min(least, number), max(greatest, number))
      }
    }
    guard least <= greatest else { return nil }
    (self.least, self.greatest) = (least, greatest)
  }

  /// The class of the hue.
  func name(of number: Double) -> String { isTwoSided && number < 0 ? "cold" : "warm" }

  /// The depth, from 0.05 to 1; nil where a number has no shade.
  func depth(of number: Double) -> Double? {
    guard let share = share(of: number) else { return nil }
    guard isTwoSided else { return 0.05 + 0.95 * share }
    // Halved, so that the ends of what a Double holds have a quotient.
    let reach = max(-least / 2, greatest / 2)
    return 0.05 + 0.95 * min(1, number.magnitude / 2 / reach)
  }

  /// The share of the way from the least number to the greatest; nil where a number has no place.
  func share(of number: Double) -> Double? {
    guard number.isFinite, !isLogarithmic || number > 0 else { return nil }
    guard greatest > least else { return 0.5 }
    let (start, end) = (place(least), place(greatest))
    return min(1, max(0, (place(number) / 2 - start / 2) / (end / 2 - start / 2)))
  }

  /// The number at a share of the way.
  func number(at share: Double) -> Double {
    if share <= 0 { return least }
    if share >= 1 { return greatest }
    let place = place(least) * (1 - share) + place(greatest) * share
    return isLogarithmic ? min(greatest, max(least, tenTo(place))) : place
  }

  private func place(_ number: Double) -> Double {
    isLogarithmic ? decimalLogarithm(number) : number
  }

  private var isTwoSided: Bool { least < 0 && greatest > 0 }
}
