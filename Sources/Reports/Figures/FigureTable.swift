import Evidence
package import Replication

/// The numbers of a figure as a table to unfold.
package struct FigureTable {
  let figure: DrawnFigure
  /// The most rows on a page; the rest is in the file of all points.
  static let most = 150

  package init(_ figure: DrawnFigure) { self.figure = figure }

  package var markup: Markup {
    if figure.form == .histogram || figure.form == .images { return "" }
    let points = figure.lines.flatMap { line in line.points.map { (line, $0) } }
    let shown = points.prefix(Self.most)
    let rows = shown.markup { line, point -> Markup in
      let name = line.panel.isEmpty ? line.name : "\(line.name), \(line.panel)"
      let number = point.y.map { resultText($0, point.interval, unit: figure.unit) }
      return """
        <tr><th scope="row">\(name)</th><td class="num">\(point.x)</td><td class="num">\
        \(number ?? "no number")</td><td class="num">\(point.seeds)</td></tr>
        """
    }
    let rest: Markup =
      shown.count < points.count
      ? "<p class=\"key\">The first \(shown.count) of \(points.count) points.</p>" : ""
    return """
      <details><summary>Numbers</summary>\(table(
        "Numbers of: \(figure.title)",
        ["Line", "\(figure.horizontal)", "\(figure.form == .heatMap ? figure.shade : figure.vertical)", "Seeds"],
        rows))\(rest)</details>
      """
  }
}
