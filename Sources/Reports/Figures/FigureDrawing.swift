public import Replication

/// A figure as SVG, drawn from its numbers alone.
///
/// Colours come from classes that a style sheet fills in for light and dark; lines also differ by
/// their marks or dashes and carry their names, so that colour is never the only sign. The bytes
/// depend on the numbers only.
public struct FigureDrawing {
  let figure: DrawnFigure
  /// The names of the lines in the order of their colours.
  let names: [String]
  /// The names of the panels; one empty name where there is only one.
  let panels: [String]
  /// How many pixels a unit becomes; nil where the drawing stays one of lines.
  private let scale: Double?

  static let width = 680.0

  /// Prepares the drawing of a figure.
  ///
  /// - Parameters:
  ///   - figure: The figure.
  ///   - scale: How many pixels a unit will have where the drawing is made into pixels: images are
  ///     enlarged for it, as the program that does so would smooth them.
  public init(_ figure: DrawnFigure, scale: Double? = nil) {
    self.figure = figure
    self.scale = scale
    var names: [String] = []
    var panels: [String] = []
    for line in figure.lines {
      if !names.contains(line.name) { names.append(line.name) }
      if !panels.contains(line.panel) { panels.append(line.panel) }
    }
    self.names = names
    self.panels = panels.isEmpty ? [""] : panels
  }

  /// The figure for a page whose style sheet has its colours.
  ///
  /// - Parameter id: What its identifiers begin with, unique on the page.
  /// - Returns: An `svg` element.
  func svg(id: String) -> Markup {
    let (height, content) = drawing
    return """
      <svg xmlns="http://www.w3.org/2000/svg" class="figure" viewBox="0 0 \(at: Self.width) \
      \(at: height)" role="img" aria-labelledby="\(id)-t \(id)-d"><title id="\(id)-t">\
      \(figure.title)</title><desc id="\(id)-d">\(FigureWords(figure).text)</desc>\(content)</svg>
      """
  }

  /// The figure as a file of its own, with its title, its place in the paper and its colours.
  public var file: [UInt8] {
    let (height, content) = drawing
    let top = 44.0
    let document: Markup = """
      <?xml version="1.0" encoding="UTF-8"?>
      <svg xmlns="http://www.w3.org/2000/svg" class="figure" width="\(at: Self.width)" \
      height="\(at: height + top)" viewBox="0 \(at: -top) \(at: Self.width) \(at: height + top)" \
      role="img" aria-labelledby="t d"><title id="t">\(figure.title)</title><desc id="d">\
      \(FigureWords(figure).text)</desc><style>\(Asset.figureStyle)</style><rect class="paper" x="0" \
      y="\(at: -top)" width="\(at: Self.width)" height="\(at: height + top)"/><text class="head" \
      x="0" y="-26">\(figure.title)</text><text class="tk" x="0" y="-8">cf. \(figure.place)</text>\
      \(content)</svg>

      """
    return document.bytes
  }

  /// The height and the content.
  private var drawing: (height: Double, content: Markup) {
    if figure.form == .images { return ImageGridDrawing(figure, scale: scale).drawing }
    let hasLegend = !labelsDirectly && names.count > 1 && figure.form != .heatMap
    let legend = hasLegend ? FigureLegend(names: names, form: figure.form) : nil
    var content = legend?.markup ?? Markup()
    var top = legend?.height ?? 0
    let columns = min(panels.count, 3)
    let gap = 18.0
    let cell = (Self.width - gap * Double(columns - 1)) / Double(columns)
    let labels = Double(labelsDirectly ? names.count : 0)
    let plot = panels.count == 1 ? max(260, labels * 15 + 10) : 170
    let scales = FigureScales(figure)
    let head = panels == [""] ? 22.0 : 40
    let foot = 46.0
    for (index, panel) in panels.enumerated() {
      let (row, column) = index.quotientAndRemainder(dividingBy: columns)
      let frame = PlotFrame(
        left: Double(column) * (cell + gap) + scales.leftMargin,
        top: top + Double(row) * (plot + head + foot) + head,
        width: cell - scales.leftMargin - rightMargin,
        height: plot, scales: scales)
      content += frame.axes(of: figure, panel: panel)
      content += marks(in: frame, of: panel)
    }
    let rows = (panels.count + columns - 1) / columns
    top += Double(rows) * (plot + head + foot)
    return (top, content)
  }

  /// Whether lines have their names beside their ends.
  private var labelsDirectly: Bool {
    panels.count == 1 && (figure.form == .lines || figure.form == .points)
      && (2...18).contains(names.count)
  }

  private var rightMargin: Double {
    if figure.form == .heatMap { return 74 }
    guard labelsDirectly else { return 10 }
    return min(200, (names.map(textWidth).max() ?? 0) + 26)
  }

  private func marks(in frame: PlotFrame, of panel: String) -> Markup {
    let lines = figure.lines.filter { $0.panel == panel }
    switch figure.form {
    case .lines, .points:
      // The first line lies on the others, whose marks are larger: equal lines are seen as two.
      let marks = lines.reversed().markup { line in
        let style = SeriesStyle(names.firstIndex(of: line.name) ?? 0)
        return figure.form == .lines
          ? frame.line(line, in: style) : frame.points(line, in: style)
      }
      return labelsDirectly ? marks + frame.endLabels(of: lines, names: names) : marks
    case .bars: return frame.bars(lines, names: names)
    case .heatMap: return frame.heatMap(lines, of: figure)
    case .histogram: return frame.histogram(lines, names: names)
    case .images: return ImageGridDrawing(figure).drawing.content
    }
  }
}

/// How one line of several looks.
struct SeriesStyle {
  let index: Int

  init(_ index: Int) { self.index = index }

  /// The class that sets the colour.
  var name: String { "s\(index % 8)" }

  /// The class that sets the dashes; the first of each colour is drawn through.
  var dashes: String { "d\(index / 8 % 4)" }

  /// A mark at a point, by shape; each is larger than the one before, so that it shows around it.
  func mark(x: Double, y: Double) -> Markup {
    switch index % 4 {
    case 0: "<circle class=\"pt\" cx=\"\(at: x)\" cy=\"\(at: y)\" r=\"2.8\"/>"
    case 1:
      """
      <rect class="pt" x="\(at: x - 3.5)" y="\(at: y - 3.5)" width="7" height="7"/>
      """
    case 2:
      """
      <path class="pt" d="M\(at: x) \(at: y - 5)L\(at: x + 4.8) \(at: y + 3.8)H\(at: x - 4.8)Z"/>
      """
    default:
      """
      <path class="pt" d="M\(at: x) \(at: y - 5.6)L\(at: x + 5.6) \(at: y)L\(at: x) \
      \(at: y + 5.6)L\(at: x - 5.6) \(at: y)Z"/>
      """
    }
  }
}

/// About how wide a text is at the size of a figure's labels.
func textWidth(_ text: String) -> Double { Double(text.count) * 6.3 }

/// The text cut to at most so many characters, with a sign that it was.
func shortened(_ text: String, to count: Int) -> String {
  text.count <= count ? text : text.prefix(max(1, count - 1)) + "…"
}
