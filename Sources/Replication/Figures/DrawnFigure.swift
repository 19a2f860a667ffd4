public import Evidence

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
  public let scale: Scale
  /// How the numbers are drawn.
  public let form: FigureForm
  /// What the shades of a heat map stand for; empty for other forms.
  public let shade: String
  /// The numbers that an image grid draws black and white; nil for the least and the greatest.
  public let shades: Interval?
  /// The lines, in the order of the declaration.
  public let lines: [Line]

  /// A figure with its numbers.
  public init(
    title: String, place: String, horizontal: String, vertical: String, unit: String,
    scale: Scale, form: FigureForm = .lines, shade: String = "", shades: Interval? = nil,
    lines: [Line]
  ) {
    self.title = title
    self.place = place
    self.horizontal = horizontal
    self.vertical = vertical
    self.unit = unit
    self.scale = scale
    self.form = form
    self.shade = shade
    self.shades = shades
    self.lines = lines
  }

  /// One line of a figure.
  public struct Line: Hashable, Sendable, Encodable {
    /// The name that stands beside it; of a heat map the position of the row.
    public let name: String
    /// The panel it belongs to, such as `depth=4`; empty where there is only one.
    public let panel: String
    /// Its points, from left to right; of an image its values, line by line.
    public let points: [Point]
    /// The sizes of an image; nil for what is none.
    public let image: Image?

    /// A line with its points.
    public init(_ name: String, panel: String = "", points: [Point], image: Image? = nil) {
      self.name = name
      self.panel = panel
      self.points = points
      self.image = image
    }
  }

  /// The sizes of an image, and where it comes from.
  public struct Image: Hashable, Sendable, Encodable {
    /// How many lines it has.
    public let height: Int
    /// How many pixels a line has.
    public let width: Int
    /// 1 for grey, 3 for red, green and blue.
    public let channels: Int
    /// The seed of the trial that recorded it.
    public let seed: Int

    /// States the sizes of an image.
    public init(height: Int, width: Int, channels: Int = 1, seed: Int) {
      (self.height, self.width, self.channels, self.seed) = (height, width, channels, seed)
    }
  }

  /// One point of a line.
  public struct Point: Hashable, Sendable, Encodable {
    /// The position: a number, or the text of one that is none; of a histogram the value, of an
    /// image `line,pixel`, with the colour where it has some.
    public let x: String
    /// The mean over seeds; nil where a seed has no number there, such as a level not reached.
    public let y: Double?
    /// The 90 % Student t interval of the mean; nil with fewer than two seeds.
    public let interval: Interval?
    /// How many seeds have a reading there.
    public let seeds: Int

    /// A point with its interval.
    public init(x: String, y: Double?, interval: Interval? = nil, seeds: Int) {
      self.x = x
      self.y = y
      self.interval = interval
      self.seeds = seeds
    }
  }
}
