/// An image that a trial recorded: grey, or red, green and blue.
///
/// A stored property of an outcome, alone or in an array; a figure shows it in a grid.
public struct RecordedImage: Codable, Hashable, Sendable {
  /// How many lines it has.
  public let height: Int
  /// How many pixels a line has.
  public let width: Int
  /// 1 for grey, 3 for red, green and blue.
  public let channels: Int
  /// The values from left to right, line by line, those of one pixel together; nil where a pixel
  /// has none, such as one outside a mask.
  public let values: [Double?]

  /// States an image.
  ///
  /// - Precondition: There are 1 or 3 channels and as many values as the sizes say.
  public init(height: Int, width: Int, channels: Int = 1, values: [Double?]) {
    precondition(
      Self.isImage(height, width, channels, count: values.count),
      "RecordedImage: \(values.count) values are no image of \(height) × \(width) × \(channels)")
    (self.height, self.width, self.channels, self.values) = (height, width, channels, values)
  }

  /// Decodes an image; fails where the sizes and the number of values do not agree.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    height = try container.decode(Int.self, forKey: .height)
    width = try container.decode(Int.self, forKey: .width)
    channels = try container.decode(Int.self, forKey: .channels)
    values = try container.decode([Double?].self, forKey: .values)
    guard Self.isImage(height, width, channels, count: values.count) else {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: decoder.codingPath,
          debugDescription: "\(values.count) values, no image of \(height)×\(width)×\(channels)"))
    }
  }

  private static func isImage(_ height: Int, _ width: Int, _ channels: Int, count: Int) -> Bool {
    let sides = 1...16_384
    return sides.contains(height) && sides.contains(width) && (channels == 1 || channels == 3)
      && height * width * channels == count
  }
}

/// The images that the trials of an arm recorded.
public struct RecordedImages<P: Replication> {
  let arm: P.Arm
  /// The stored property, by name.
  let name: String
  let read: (P.Outcome) -> [RecordedImage]
}

extension Replication {
  /// The images that the trials of an arm recorded, in their order.
  public static func the(
    _ images: KeyPath<Outcome, [RecordedImage]>, of arm: Arm
  ) -> RecordedImages<Self> {
    RecordedImages(arm: arm, name: fieldName(images)) { $0[keyPath: images] }
  }

  /// The image that the trials of an arm recorded.
  public static func the(
    _ image: KeyPath<Outcome, RecordedImage>, of arm: Arm
  ) -> RecordedImages<Self> {
    RecordedImages(arm: arm, name: fieldName(image)) { [$0[keyPath: image]] }
  }
}

/// What an image grid shows.
struct ImageGrid<P: Replication> {
  /// The rows, by the name that stands beside them.
  var rows: [(name: String, images: RecordedImages<P>)]
  /// The names above the columns; numbers where there are too few.
  var columns: [String]

  func column(_ index: Int) -> String {
    columns.indices.contains(index) ? columns[index] : "\(index + 1)"
  }
}
