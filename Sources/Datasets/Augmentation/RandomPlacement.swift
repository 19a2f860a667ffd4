public import Tensors

/// What is drawn for the crop and the flip of each image of a batch.
///
/// The image is padded by `padding` pixels on every side and cut to its old size at an offset of
/// `0...2 padding` rows and columns, then mirrored left to right or not.
public struct RandomPlacement: Hashable, Sendable {
  /// How wide the margins are.
  public let padding: Int

  /// What they hold.
  public let surroundings: Surroundings

  /// The first row of each crop.
  public let top: [Int]

  /// The first column of each crop.
  public let left: [Int]

  /// Whether each image is mirrored.
  public let flipped: [Bool]

  /// Draws for a batch: all rows, then all columns, then all flips.
  ///
  /// - Precondition: counts are not negative; the probability lies in 0...1.
  /// - Parameters:
  ///   - count: how many images.
  ///   - padding: how wide the margins are; 0 crops nothing.
  ///   - surroundings: what they hold.
  ///   - flipProbability: the chance that an image is mirrored; 0 for never.
  ///   - stream: the source.
  public init(
    _ count: Int, padding: Int = 0, with surroundings: Surroundings = .zero,
    flipProbability: Double = 0.5, using stream: inout RandomStream
  ) {
    require(
      padding >= 0 && (0...1).contains(flipProbability),
      "RandomPlacement: padding of \(padding), flips with probability \(flipProbability)")
    self.padding = padding
    self.surroundings = surroundings
    top = stream.integers(below: 2 * padding + 1, count: count)
    left = stream.integers(below: 2 * padding + 1, count: count)
    flipped = stream.uniform(shape: [count], of: Double.self).scalars.map { $0 < flipProbability }
  }

  /// Where each row of an image comes from; -1 for a zero.
  func sources(_ offset: Int, in count: Int) -> [Int] {
    (0..<count).map { surroundings.source($0 + offset - padding, in: count) }
  }

  func requireFit(_ name: String, count: Int, rows: Int, columns: Int) {
    require(
      count == top.count
        && (surroundings != .reflected || padding < min(rows, columns))
        && (surroundings != .circular || padding <= min(rows, columns)),
      "\(name): \(top.count) places with \(surroundings.rawValue) margins of \(padding) for "
        + "\(count) images of [\(rows), \(columns)]")
  }
}

extension Surroundings {
  /// The place on an axis that a place near it stands for; -1 for a zero.
  fileprivate func source(_ index: Int, in count: Int) -> Int {
    if (0..<count).contains(index) { return index }
    switch self {
    case .zero: return -1
    case .reflected: return index < 0 ? -index : 2 * (count - 1) - index
    case .circular: return index < 0 ? index + count : index - count
    case .nearest: return index < 0 ? 0 : count - 1
    }
  }
}

extension ByteImages {
  /// The images cropped and mirrored as drawn.
  ///
  /// - Precondition: there is a place an image; reflected margins are smaller than the image.
  public func placed(_ placement: RandomPlacement) -> ByteImages {
    ByteImages(
      rearranged(pixels, placement, [count, channels, rows, columns]), count: count,
      channels: channels, rows: rows, columns: columns)
  }
}

extension Tensor {
  /// The images cropped and mirrored as drawn.
  ///
  /// - Shapes: `[count, channels, rows, columns]`, and the same.
  /// - Gradient: none; the result is a constant.
  /// - Precondition: there is a place an image; reflected margins are smaller than the image.
  public func placed(_ placement: RandomPlacement) -> Tensor {
    require(rank == 4, "placed: shape \(shape) is not [count, channels, rows, columns]")
    return Tensor(rearranged(scalars, placement, shape), shape: shape)
  }
}

/// Rows copied from where they come, forwards or backwards.
private func rearranged<Pixel: BitwiseCopyable & ExpressibleByIntegerLiteral>(
  _ pixels: [Pixel], _ placement: RandomPlacement, _ shape: [Int]
) -> [Pixel] {
  let (count, channels, rows, columns) = (shape[0], shape[1], shape[2], shape[3])
  placement.requireFit("placed", count: count, rows: rows, columns: columns)
  // An image's columns by offset; a copy of neighbours inside, single pixels at the margins.
  let maps = (0...2 * placement.padding).map { placement.sources($0, in: columns) }
  let middles = (0...2 * placement.padding).map { offset -> Range<Int> in
    let first = min(columns, max(0, placement.padding - offset))
    return first..<max(first, min(columns, columns + placement.padding - offset))
  }
  return [Pixel](unsafeUninitializedCapacity: pixels.count) { target, filled in
    pixels.withUnsafeBufferPointer { source in
      var to = 0
      for image in 0..<count {
        let rowsFrom = placement.sources(placement.top[image], in: rows)
        let left = placement.left[image]
        let shift = left - placement.padding
        let (map, middle, flipped) = (maps[left], middles[left], placement.flipped[image])
        for channel in 0..<channels {
          let plane = (image * channels + channel) * rows * columns
          for row in rowsFrom {
            defer { to += columns }
            let line = UnsafeMutableBufferPointer(rebasing: target[to..<to + columns])
            guard row >= 0 else {
              line.initialize(repeating: 0)
              continue
            }
            let from = UnsafeBufferPointer(
              rebasing: source[plane + row * columns..<plane + (row + 1) * columns])
            if flipped {
              let last = columns - 1
              for column in 0..<middle.lowerBound {
                line[last - column] = map[column] < 0 ? 0 : from[map[column]]
              }
              for column in middle { line[last - column] = from[column + shift] }
              for column in middle.upperBound..<columns {
                line[last - column] = map[column] < 0 ? 0 : from[map[column]]
              }
            } else {
              for column in 0..<middle.lowerBound {
                line[column] = map[column] < 0 ? 0 : from[map[column]]
              }
              for column in middle { line[column] = from[column + shift] }
              for column in middle.upperBound..<columns {
                line[column] = map[column] < 0 ? 0 : from[map[column]]
              }
            }
          }
        }
      }
    }
    filled = pixels.count
  }
}
