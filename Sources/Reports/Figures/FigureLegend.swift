import Replication

/// The names of lines above a figure, for forms whose lines have no end to stand beside.
struct FigureLegend {
  let markup: Markup
  let height: Double

  init(names: [String], form: FigureForm) {
    var markup = Markup()
    var (x, y) = (0.0, 12.0)
    for (index, name) in names.enumerated() {
      let style = SeriesStyle(index)
      let label = shortened(name, to: 48)
      let width = textWidth(label) + 40
      if x > 0, x + width > FigureDrawing.width { (x, y) = (0, y + 18) }
      let sign: Markup =
        form == .lines || form == .points
        ? """
        <path class="ln \(style.dashes)" d="M\(at: x) \(at: y - 4)h18"/>\
        \(style.mark(x: x + 9, y: y - 4))
        """
        : "<rect class=\"br\" x=\"\(at: x + 2)\" y=\"\(at: y - 10)\" width=\"12\" height=\"12\"/>"
      markup += """
        <g class="\(style.name)">\(sign)<text class="lb" x="\(at: x + 23)" y="\(at: y)">\(label)\
        </text></g>
        """
      x += width
    }
    self.markup = markup
    height = y + 14
  }
}
