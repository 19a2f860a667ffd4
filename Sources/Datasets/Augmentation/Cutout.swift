public import Tensors

/// What is drawn for the squares that Cutout removes from each image of a batch.
///
/// - Source: DeVries and Taylor 2017, Cutout, arXiv 1708.04552: the centre is a uniform pixel, and
///   the square is cut where it leaves the image.
public struct Cutout: Hashable, Sendable {
  fileprivate struct Square: Hashable {
    let rows: Range<Int>
    let columns: Range<Int>
  }

  /// The squares, image by image.
  private let squares: [[Square]]

  /// Draws squares for a batch: for each image its squares, row before column.
  ///
  /// - Precondition: there is a number of squares an image, not negative; the side is at least one,
  ///   and images have pixels.
  /// - Parameters:
  ///   - side: the side of a square, from ⌊side / 2⌋ pixels before the centre on.
  ///   - squares: how many squares each image loses.
  ///   - rows: the rows of an image.
  ///   - columns: the columns of an image.
  ///   - stream: the source.
  public init(
    side: Int, squares: [Int], rows: Int, columns: Int, using stream: inout RandomStream
  ) {
    require(
      side >= 1 && rows >= 1 && columns >= 1 && squares.allSatisfy { $0 >= 0 },
      "Cutout: squares of \(side) in images of [\(rows), \(columns)]")
    func range(_ size: Int) -> Range<Int> {
      let first = stream.integer(below: size) - side / 2
      return max(0, first)..<min(size, first + side)
    }
    self.squares = squares.map { count in
      (0..<count).map { _ in
        let rows = range(rows)
        return Square(rows: rows, columns: range(columns))
      }
    }
  }

  fileprivate func cut<Pixel>(_ pixels: inout [Pixel], _ shape: [Int], fill: Pixel) {
    require(
      shape[0] == squares.count, "Cutout: squares for \(squares.count) images of shape \(shape)")
    for (image, squares) in squares.enumerated() {
      for square in squares {
        require(
          square.rows.upperBound <= shape[2] && square.columns.upperBound <= shape[3],
          "Cutout: a square outside images of shape \(shape)")
        for channel in 0..<shape[1] {
          for row in square.rows {
            let start = ((image * shape[1] + channel) * shape[2] + row) * shape[3]
            for column in square.columns { pixels[start + column] = fill }
          }
        }
      }
    }
  }
}

extension ByteImages {
  /// The images without the drawn squares.
  ///
  /// - Precondition: the squares are drawn for images of this size, as many.
  public func cut(_ cutout: Cutout, fill: UInt8 = 0) -> ByteImages {
    var images = self
    cutout.cut(&images.pixels, [count, channels, rows, columns], fill: fill)
    return images
  }
}

extension Tensor {
  /// The images without the drawn squares.
  ///
  /// - Shapes: `[count, channels, rows, columns]`, and the same.
  /// - Gradient: none; the result is a constant.
  /// - Precondition: the squares are drawn for images of this size, as many.
  public func cut(_ cutout: Cutout, fill: Element = 0) -> Tensor {
    require(rank == 4, "cut: shape \(shape) is not [count, channels, rows, columns]")
    var pixels = scalars
    cutout.cut(&pixels, shape, fill: fill)
    return Tensor(pixels, shape: shape)
  }
}
