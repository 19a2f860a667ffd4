import Tensors

/// Images of equal size, grey or of several colour planes, each with a class.
public struct LabelledImages: Hashable, Sendable {
  /// The pixels, image by image, plane by plane and row by row.
  public let images: [UInt8]

  /// The class of each image.
  public let labels: [UInt8]

  /// How many rows an image has.
  public let rows: Int

  /// How many columns an image has.
  public let columns: Int

  /// How many colour planes an image has: one if it is grey.
  public let channels: Int

  /// The value of a full pixel; zero is background.
  public let maximum: UInt8

  /// How many classes there are.
  public let classes: Int

  /// How many images there are.
  public var count: Int { labels.count }

  /// How many pixels an image has, over all planes.
  public var pixels: Int { channels * rows * columns }

  /// Joins pixels and classes.
  ///
  /// - Precondition: There are `channels * rows * columns` pixels a label, and labels are below
  ///   `classes`.
  public init(
    images: [UInt8], labels: [UInt8], rows: Int, columns: Int, channels: Int = 1, maximum: UInt8,
    classes: Int
  ) {
    require(
      images.count == labels.count * channels * rows * columns,
      """
      LabelledImages: \(images.count) pixels are not \(labels.count) images of \
      [\(channels), \(rows), \(columns)]
      """)
    self.images = images
    self.labels = labels
    self.rows = rows
    self.columns = columns
    self.channels = channels
    self.maximum = maximum
    self.classes = classes
  }

  /// The positions of the images of some classes, in file order.
  ///
  /// - Precondition: The classes exist.
  public func indices(ofClasses chosen: [Int]) -> [Int] {
    for label in chosen {
      require(
        (0..<classes).contains(label), "indices(ofClasses:): \(label) of \(classes) classes")
    }
    return labels.indices.filter { chosen.contains(Int(labels[$0])) }
  }

  /// The classes of the images at some positions.
  ///
  /// - Precondition: The positions exist.
  public func labels(at indices: some Sequence<Int>) -> [Int] {
    indices.map { Int(labels[$0]) }
  }

  /// The pixels of one image.
  ///
  /// - Precondition: The position exists.
  public func image(at index: Int) -> ArraySlice<UInt8> {
    require((0..<count).contains(index), "image(at:): \(index) of \(count) images")
    return images[index * pixels..<(index + 1) * pixels]
  }
}
