/// What the margins around an image hold.
public enum Surroundings: String, Hashable, Sendable, Codable, CaseIterable {
  /// Zeros.
  case zero
  /// The image mirrored at its first and last pixels, which are not repeated.
  case reflected
  /// The image again, as on a torus.
  case circular
  /// The nearest pixel.
  case nearest

  /// The place on an axis that a place outside it stands for; nil for a zero.
  func place(_ index: Int, in count: Int) -> Int? {
    if (0..<count).contains(index) { return index }
    switch self {
    case .zero: return nil
    case .reflected: return index < 0 ? -index : 2 * (count - 1) - index
    case .circular: return index < 0 ? index + count : index - count
    case .nearest: return index < 0 ? 0 : count - 1
    }
  }

  /// The widest margin of an axis.
  func limit(_ count: Int) -> Int {
    switch self {
    case .zero: Int.max
    case .reflected: count - 1
    case .circular: count
    case .nearest: count > 0 ? Int.max : 0
    }
  }
}

extension Tensor {
  /// Rows and columns added around the images, which lie along the last two axes.
  ///
  /// - Shapes: `[…, rows, columns]` gives `[…, top + rows + bottom, left + columns + right]`.
  /// - Gradient: each margin's pixel adds to the one it repeats.
  /// - Precondition: margins are not negative; reflected ones are smaller than the image, circular
  ///   ones no larger.
  /// - Parameters:
  ///   - margins: how many rows and columns at each side.
  ///   - surroundings: what they hold.
  /// - Returns: the larger images.
  public func padded(_ margins: Margins, with surroundings: Surroundings = .zero) -> Tensor {
    let size = imageSize("padded")
    require(
      margins.allSatisfy { $0 >= 0 }
        && Swift.max(margins.top, margins.bottom) <= surroundings.limit(size.rows)
        && Swift.max(margins.left, margins.right) <= surroundings.limit(size.columns),
      "padded: \(margins) do not suit \(surroundings.rawValue) surroundings of shape \(shape)")
    let padded = margins.around(size)
    return resampled(
      AxisMap(from: size.rows, to: padded.rows) {
        surroundings.place($0 - margins.top, in: size.rows)
      },
      AxisMap(from: size.columns, to: padded.columns) {
        surroundings.place($0 - margins.left, in: size.columns)
      })
  }

  /// The images without some rows and columns at their sides.
  ///
  /// - Shapes: `[…, rows, columns]` gives `[…, rows − top − bottom, columns − left − right]`.
  /// - Precondition: margins are not negative, and inside the image.
  public func cropped(_ margins: Margins) -> Tensor {
    let size = imageSize("cropped")
    let rest = Extent(
      rows: size.rows - margins.top - margins.bottom,
      columns: size.columns - margins.left - margins.right)
    require(
      margins.allSatisfy { $0 >= 0 } && rest.allSatisfy { $0 >= 0 },
      "cropped: \(margins) are not inside shape \(shape)")
    return resampled(
      AxisMap(from: size.rows, to: rest.rows) { $0 + margins.top },
      AxisMap(from: size.columns, to: rest.columns) { $0 + margins.left })
  }

  /// Images with each pixel repeated.
  ///
  /// - Shapes: `[…, rows, columns]` gives `[…, rows × factor, columns × factor]`.
  /// - Precondition: the factors are at least 1.
  public func upsampled(by factor: Extent) -> Tensor {
    let size = imageSize("upsampled")
    require(factor.allSatisfy { $0 > 0 }, "upsampled: factor \(factor) is not positive")
    return resampled(
      AxisMap(from: size.rows, to: size.rows * factor.rows) { $0 / factor.rows },
      AxisMap(from: size.columns, to: size.columns * factor.columns) { $0 / factor.columns })
  }

  /// Images of another size, by linear interpolation between pixels' centres along both axes.
  ///
  ///     position of row r: (r + ½) rows / new rows − ½, kept inside the image
  ///
  /// With `aligningCorners`, the centres of the corner pixels stay where they are:
  /// position r (rows − 1) / (new rows − 1).
  ///
  /// - Shapes: `[…, rows, columns]` gives `[…, size.rows, size.columns]`.
  /// - Gradient: any number of times; the map is linear.
  /// - Precondition: neither size is empty.
  /// - Parameters:
  ///   - newSize: the new rows and columns.
  ///   - aligningCorners: whether corner pixels keep their centres.
  /// - Returns: the images.
  public func resized(to newSize: Extent, aligningCorners: Bool = false) -> Tensor {
    let size = imageSize("resized")
    require(
      size.allSatisfy { $0 > 0 } && newSize.allSatisfy { $0 > 0 },
      "resized: shape \(shape) or size \(newSize) is empty")
    return resampled(
      AxisMap(interpolating: size.rows, to: newSize.rows, aligningCorners),
      AxisMap(interpolating: size.columns, to: newSize.columns, aligningCorners))
  }
}

extension AxisMap {
  /// Linear interpolation.
  ///
  /// Positions are fractions of integers, so that they are exact up to the last division.
  fileprivate init(interpolating inputs: Int, to outputs: Int, _ aligningCorners: Bool) {
    self.init(from: inputs, to: outputs) { output in
      var numerator = output * (inputs - 1)
      var denominator = Swift.max(outputs - 1, 1)
      if !aligningCorners {
        numerator = (2 * output + 1) * inputs - outputs
        denominator = 2 * outputs
      }
      numerator = Swift.min(Swift.max(numerator, 0), (inputs - 1) * denominator)
      let (first, rest) = numerator.quotientAndRemainder(dividingBy: denominator)
      if rest == 0 { return [(first, 1)] }
      let weight = Double(rest) / Double(denominator)
      return [(first, 1 - weight), (first + 1, weight)]
    }
  }
}
