/// A number for each of the two axes of an image.
public struct Extent: Hashable, Sendable, Codable, ExpressibleByIntegerLiteral {
  /// Along the rows' axis: downwards.
  public var rows: Int
  /// Along the columns' axis: to the right.
  public var columns: Int

  /// Takes a number for each axis.
  public init(rows: Int, columns: Int) { (self.rows, self.columns) = (rows, columns) }

  /// Takes one number for both axes.
  public init(_ both: Int) { self.init(rows: both, columns: both) }

  /// Takes one number for both axes.
  public init(integerLiteral both: Int) { self.init(both) }

  func allSatisfy(_ condition: (Int) -> Bool) -> Bool { condition(rows) && condition(columns) }
}

/// How many rows and columns lie around an image.
public struct Margins: Hashable, Sendable, Codable, ExpressibleByIntegerLiteral {
  /// Rows above the image.
  public var top: Int
  /// Rows below the image.
  public var bottom: Int
  /// Columns left of the image.
  public var left: Int
  /// Columns right of the image.
  public var right: Int

  /// Takes a number for each side.
  public init(top: Int, bottom: Int, left: Int, right: Int) {
    (self.top, self.bottom, self.left, self.right) = (top, bottom, left, right)
  }

  /// Takes one number for the rows above and below, and one for the columns at both sides.
  public init(rows: Int, columns: Int) {
    self.init(top: rows, bottom: rows, left: columns, right: columns)
  }

  /// Takes one number for all sides.
  public init(_ all: Int) { self.init(rows: all, columns: all) }

  /// Takes one number for all sides.
  public init(integerLiteral all: Int) { self.init(all) }

  func allSatisfy(_ condition: (Int) -> Bool) -> Bool {
    condition(top) && condition(bottom) && condition(left) && condition(right)
  }

  /// What a filter or window sees: the image and its margins.
  func around(_ image: Extent) -> Extent {
    Extent(rows: top + image.rows + bottom, columns: left + image.columns + right)
  }
}

/// How filters move over an image.
public struct Convolution: Hashable, Sendable, Codable {
  /// The steps from one position of the filters to the next.
  public var stride: Extent
  /// Zeros around the image.
  public var padding: Margins
  /// The steps from one entry of a filter to the next.
  public var dilation: Extent
  /// The channels are cut into so many groups, each of which is convolved on its own.
  public var groups: Int

  /// Takes the numbers; without any, filters move pixel by pixel inside the image.
  public init(stride: Extent = 1, padding: Margins = 0, dilation: Extent = 1, groups: Int = 1) {
    (self.stride, self.padding, self.dilation, self.groups) = (stride, padding, dilation, groups)
  }

  /// How many positions filters of a size have on an image of a size; nil where they do not fit.
  ///
  ///     (image + margins − dilation (filter − 1) − 1) / stride + 1, rounded down
  public func positions(of filter: Extent, on image: Extent) -> Extent? {
    let image = padding.around(image)
    let rest = Extent(
      rows: image.rows - dilation.rows * (filter.rows - 1) - 1,
      columns: image.columns - dilation.columns * (filter.columns - 1) - 1)
    guard rest.allSatisfy({ $0 >= 0 }) else { return nil }
    return Extent(
      rows: rest.rows / stride.rows + 1, columns: rest.columns / stride.columns + 1)
  }

  var isValid: Bool {
    stride.allSatisfy { $0 > 0 } && dilation.allSatisfy { $0 > 0 }
      && padding.allSatisfy { $0 >= 0 } && groups > 0
  }
}
