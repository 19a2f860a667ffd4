/// A figure of the paper, redrawn from what its trials recorded.
///
/// A line is a measure of which one axis is left over, the horizontal one; each position of any
/// other axis that is left over becomes a line of its own, or a panel of its own where the figure
/// says so.
public struct Figure<P: Replication> {
  /// What the figure shows, in a few words.
  public let title: String
  /// The figure of the paper that it answers to.
  public let place: Place
  /// What the horizontal axis is.
  public let horizontal: String
  /// What the vertical axis is.
  public let vertical: String
  /// The unit of the vertical axis; empty for pure numbers.
  public let unit: String
  /// The scales of both axes.
  public let scale: Scale
  /// How the numbers are drawn.
  public let form: FigureForm
  /// What the shades of a heat map stand for; empty for other forms.
  public let shade: String
  /// The horizontal axis; nil for a histogram, which takes every value that is left over.
  let axis: Axis<P>?
  /// The axis that becomes the rows of a heat map.
  let rows: Axis<P>?
  /// The axis whose positions become small multiples.
  let panels: Axis<P>?
  let lines: [(name: String, term: Term<P>)]
  /// The images of an image grid; nil for other forms.
  private(set) var grid: ImageGrid<P>?
  /// The numbers that are drawn black and white; nil for the least and the greatest of all.
  private(set) var shades: ClosedRange<Double>?

  /// Declares a figure.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - place: The figure of the paper that it answers to.
  ///   - axis: What varies along the horizontal axis: a field of the setup or a recorded curve.
  ///   - horizontal: The horizontal axis in words.
  ///   - vertical: The vertical axis in words.
  ///   - scale: Which axes are logarithmic.
  ///   - form: Lines, points or bars.
  ///   - panels: The axis whose positions become small multiples, side by side on one scale.
  ///   - lines: The lines, each a measure along the axis, by the name that stands beside it.
  public init<Q: Quantity>(
    _ title: String, like place: Place, over axis: AxisPath<P>, _ horizontal: String,
    _ vertical: String, on scale: Scale = .linear, as form: FigureForm = .lines,
    panels: AxisPath<P>? = nil,
    lines: KeyValuePairs<String, Measure<P, Q>>
  ) {
    self.title = title
    self.place = place
    self.horizontal = horizontal
    self.vertical = vertical
    self.unit = Q.unit
    self.scale = scale
    self.form = form
    shade = ""
    self.axis = Axis(axis)
    rows = nil
    self.panels = panels.map(Axis.init)
    self.lines = lines.map { ($0.key, $0.value.term) }
  }

  /// Declares a heat map: a measure of which two axes are left over.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - place: The figure of the paper that it answers to.
  ///   - axis: What varies along the horizontal axis.
  ///   - horizontal: The horizontal axis in words.
  ///   - rows: What varies along the vertical axis.
  ///   - vertical: The vertical axis in words.
  ///   - measure: What the shades stand for.
  ///   - shade: The measure in words.
  ///   - scale: Whether the shades are logarithmic: `.logValue`; axes have their positions side by
  ///     side.
  ///   - panels: The axis whose positions become small multiples.
  public init<Q: Quantity>(
    _ title: String, like place: Place, over axis: AxisPath<P>, _ horizontal: String,
    by rows: AxisPath<P>, _ vertical: String, shading measure: Measure<P, Q>, _ shade: String,
    on scale: Scale = .linear, panels: AxisPath<P>? = nil
  ) {
    self.title = title
    self.place = place
    self.horizontal = horizontal
    self.vertical = vertical
    unit = Q.unit
    self.scale = scale
    form = .heatMap
    self.shade = shade
    self.axis = Axis(axis)
    self.rows = Axis(rows)
    self.panels = panels.map(Axis.init)
    lines = [(shade, measure.term)]
  }

  /// Declares a histogram: how the values of all seeds, and of all axes left over, are spread.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - place: The figure of the paper that it answers to.
  ///   - value: What is counted, in words.
  ///   - measures: The measures, by the name that stands beside them.
  public init<Q: Quantity>(
    _ title: String, like place: Place, spreadOf value: String,
    _ measures: KeyValuePairs<String, Measure<P, Q>>
  ) {
    self.title = title
    self.place = place
    horizontal = value
    vertical = "values"
    unit = Q.unit
    scale = .linear
    form = .histogram
    shade = ""
    axis = nil
    rows = nil
    panels = nil
    lines = measures.map { ($0.key, $0.value.term) }
  }

  /// Declares an image grid: images that trials recorded, side by side, of the first seed whose
  /// trials are all there.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - place: The figure of the paper that it answers to.
  ///   - value: What the values of pixels are, in words.
  ///   - range: The numbers that are drawn black and white; nil for the least and the greatest.
  ///   - columns: The names above the columns.
  ///   - rows: The images, by the name that stands beside them; each setup of an arm is a row.
  public init(
    _ title: String, like place: Place, imagesOf value: String,
    from range: ClosedRange<Double>? = nil, columns: [String] = [],
    rows: KeyValuePairs<String, RecordedImages<P>>
  ) {
    self.title = title
    self.place = place
    horizontal = "column"
    vertical = "row"
    unit = ""
    scale = .linear
    form = .images
    shade = value
    axis = nil
    self.rows = nil
    panels = nil
    lines = []
    grid = ImageGrid(rows: rows.map { ($0.key, $0.value) }, columns: columns)
    shades = range
  }
}

/// How the numbers of a figure are drawn.
public enum FigureForm: String, Hashable, Sendable, Codable {
  /// Lines with the intervals of their points as a band.
  case lines
  /// Points with their intervals.
  case points
  /// Bars from zero with their intervals, side by side at each position.
  case bars
  /// Shades over two axes.
  case heatMap
  /// How often values occur.
  case histogram
  /// Recorded images in rows and columns.
  case images
}
