public import Tensors

/// A batch of images of 8-bit pixels, plane by plane: what augmentation works on.
///
/// Every operation is exact arithmetic on bytes or fixed arithmetic on numbers, so that a batch is
/// the same on every machine.
public struct ByteImages: Hashable, Sendable {
  /// The pixels: image by image, plane by plane and row by row.
  public internal(set) var pixels: [UInt8]

  /// How many images there are.
  public let count: Int

  /// How many colour planes an image has.
  public let channels: Int

  /// How many rows an image has.
  public let rows: Int

  /// How many columns an image has.
  public let columns: Int

  /// Takes pixels.
  ///
  /// - Precondition: there are `count * channels * rows * columns` pixels, and an image has some.
  public init(_ pixels: [UInt8], count: Int, channels: Int, rows: Int, columns: Int) {
    require(
      count >= 0 && channels >= 1 && rows >= 1 && columns >= 1
        && pixels.count == count * channels * rows * columns,
      "ByteImages: \(pixels.count) pixels are not [\(count), \(channels), \(rows), \(columns)]")
    self.pixels = pixels
    self.count = count
    self.channels = channels
    self.rows = rows
    self.columns = columns
  }

  /// How many pixels an image has, over all planes.
  public var size: Int { channels * rows * columns }

  /// The pixels of one image.
  ///
  /// - Precondition: the position exists.
  public func image(at index: Int) -> ArraySlice<UInt8> {
    require((0..<count).contains(index), "image(at:): \(index) of \(count) images")
    return pixels[index * size..<(index + 1) * size]
  }

  /// The images as numbers from 0 to 1, standardised by channel.
  ///
  ///     x = (pixel / 255 − mean) / deviation
  ///
  /// - Shapes: `[count, channels, rows, columns]`.
  /// - Accuracy: each step correctly rounded in the element type.
  /// - Precondition: means and deviations have an entry a channel, deviations are above zero.
  /// - Parameters:
  ///   - mean: the mean of each channel; nil for zeros.
  ///   - deviation: the deviation of each channel; nil for ones.
  ///   - type: the element type.
  /// - Returns: the numbers.
  public func tensor<Element: Scalar>(
    mean: [Double]? = nil, deviation: [Double]? = nil, of type: Element.Type = Element.self
  ) -> Tensor<Element> {
    let mean = mean ?? Array(repeating: 0, count: channels)
    let deviation = deviation ?? Array(repeating: 1, count: channels)
    require(
      mean.count == channels && deviation.count == channels && deviation.allSatisfy { $0 > 0 },
      "ByteImages: \(channels) channels, means \(mean) and deviations \(deviation)")
    let levels: [Element] = (0..<channels).flatMap { channel in
      (0...255).map { level in
        (Element(Double(level)) / 255 - Element(mean[channel])) / Element(deviation[channel])
      }
    }
    let plane = rows * columns
    let scalars = [Element](unsafeUninitializedCapacity: pixels.count) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        levels.withUnsafeBufferPointer { levels in
          for start in stride(from: 0, to: source.count, by: plane) {
            let base = start / plane % channels * 256
            for pixel in start..<start + plane {
              target[pixel] = levels[base + Int(source[pixel])]
            }
          }
        }
      }
      filled = pixels.count
    }
    return Tensor(scalars, shape: [count, channels, rows, columns])
  }
}

extension LabelledImages {
  /// The images at some positions as bytes, for augmentation.
  ///
  /// - Precondition: the positions exist.
  public func bytes(at indices: some Collection<Int>) -> ByteImages {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(indices.count * pixels)
    for index in indices { bytes += image(at: index) }
    return ByteImages(
      bytes, count: indices.count, channels: channels, rows: rows, columns: columns)
  }
}
