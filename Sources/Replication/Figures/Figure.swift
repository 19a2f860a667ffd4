import Evidence

/// A figure of the paper, redrawn from what its trials recorded.
///
/// A line is a measure of which one axis is left over, the horizontal one; each position of any
/// other axis that is left over becomes a line of its own.
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
  let axis: Axis<P>
  let lines: [(name: String, term: Term<P>)]

  /// Declares a figure.
  ///
  /// - Parameters:
  ///   - title: What it shows, in a few words.
  ///   - place: The figure of the paper that it answers to.
  ///   - axis: What varies along the horizontal axis: a field of the setup or a recorded curve.
  ///   - horizontal: The horizontal axis in words.
  ///   - vertical: The vertical axis in words.
  ///   - scale: Which axes are logarithmic.
  ///   - lines: The lines, each a measure along the axis, by the name that stands beside it.
  public init<Q: Quantity>(
    _ title: String, like place: Place, over axis: AxisPath<P>, _ horizontal: String,
    _ vertical: String, on scale: Scale = .linear,
    lines: KeyValuePairs<String, Measure<P, Q>>
  ) {
    self.title = title
    self.place = place
    self.horizontal = horizontal
    self.vertical = vertical
    self.unit = Q.unit
    self.scale = scale
    self.axis = Axis(axis)
    self.lines = lines.map { ($0.key, $0.value.term) }
  }
}

/// A figure with its numbers, for whoever draws it.
public struct DrawnFigure: Hashable, Sendable, Encodable {
  /// What the figure shows.
  public let title: String
  /// The figure of the paper that it answers to.
  public let place: String
  /// What the horizontal axis is.
  public let horizontal: String
  /// What the vertical axis is.
  public let vertical: String
  /// The unit of the vertical axis; empty for pure numbers.
  public let unit: String
  /// The scales of both axes.
  public let scale: String
  /// The lines, in the order of the declaration.
  public let lines: [Line]

  /// One line of a figure.
  public struct Line: Hashable, Sendable, Encodable {
    /// The name that stands beside it.
    public let name: String
    /// Its points, from left to right.
    public let points: [Point]
  }

  /// One point of a line.
  public struct Point: Hashable, Sendable, Encodable {
    /// The position: a number, or the text of one that is none.
    public let x: String
    /// The mean over seeds; nil where a seed has no number there, such as a level not reached.
    public let y: Double?
    /// The 90 % Student t interval of the mean; nil with fewer than two seeds.
    public let interval: Interval?
    /// How many seeds have a reading there.
    public let seeds: Int
  }
}
