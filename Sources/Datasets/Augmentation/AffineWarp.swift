public import Tensors

/// An affine map of the plane, from places in the result to places in the image.
///
///     u = a x + b y + c,  v = d x + e y + f
///
/// x and u run along columns, y and v along rows; pixel (0, 0) has its centre at (½, ½), the
/// convention of Pillow.
public struct AffineWarp: Hashable, Sendable {
  /// The coefficients a, b, c, d, e and f.
  public let coefficients: [Double]

  /// A map of six coefficients.
  ///
  /// - Precondition: they are finite.
  public init(_ a: Double, _ b: Double, _ c: Double, _ d: Double, _ e: Double, _ f: Double) {
    coefficients = [a, b, c, d, e, f]
    require(coefficients.allSatisfy(\.isFinite), "AffineWarp: coefficients \(coefficients)")
  }

  /// The image moved right and down by some pixels.
  public static func translation(right: Double, down: Double) -> AffineWarp {
    AffineWarp(1, 0, -right, 0, 1, -down)
  }

  /// The image sheared about its corner: column x of row y is taken from x + horizontal · y, and
  /// row y from y + vertical · x.
  public static func shear(horizontal: Double = 0, vertical: Double = 0) -> AffineWarp {
    AffineWarp(1, horizontal, 0, vertical, 1, 0)
  }

  /// The image turned counter-clockwise about its centre.
  ///
  /// Sine and cosine are rounded to 15 decimal places, so that right angles are exact.
  public static func rotation(degrees: Double, rows: Int, columns: Int) -> AffineWarp {
    let angle = degrees * (Double.pi / 180)
    let (cosine, sine) = (toFifteenPlaces(cos(angle)), toFifteenPlaces(sin(angle)))
    let (x, y) = (Double(columns) / 2, Double(rows) / 2)
    return AffineWarp(
      cosine, -sine, cosine * -x - sine * -y + x, sine, cosine, sine * -x + cosine * -y + y)
  }
}

/// A number of size 1 at most rounded to 15 decimal places, by its exact value.
private func toFifteenPlaces(_ x: Double) -> Double {
  let product = x * 1e15
  let below = product.rounded(.down)
  // The product is rounded itself, perhaps to a half.
  let error = Kernels.softwareFusedMultiplyAdd(x, 1e15, -product)
  let up = product - below > 0.5 || product - below == 0.5 && error > 0
  return (up ? below + 1 : below) / 1e15
}

/// How a place between pixels gets its value.
public enum Interpolation: String, Hashable, Sendable {
  /// That of the pixel it lies in.
  case nearest
  /// The weighted mean of the four pixels around it.
  case bilinear
}

extension Tensor {
  /// The images seen through affine maps, one an image.
  ///
  /// Pixels outside the image count as `fill`, also as neighbours in interpolation (as in PyTorch's
  /// `grid_sample` with zeros around and `align_corners` false).
  ///
  /// - Shapes: `[count, channels, rows, columns]`, and the same.
  /// - Accuracy: places in `Double`; rows interpolated along columns, then between rows.
  /// - Gradient: none; the result is a constant.
  /// - Precondition: there is a map an image.
  /// - Parameters:
  ///   - warps: the map of each image.
  ///   - interpolation: how values between pixels are made.
  ///   - fill: what lies outside.
  /// - Returns: the images.
  public func warped(
    _ warps: [AffineWarp], _ interpolation: Interpolation = .bilinear, fill: Element = 0
  ) -> Tensor {
    require(
      rank == 4 && warps.count == shape[0],
      "warped: \(warps.count) maps for images of shape \(shape)")
    let (channels, rows, columns) = (shape[1], shape[2], shape[3])
    let plane = rows * columns
    let warped = [Element](unsafeUninitializedCapacity: count) { target, filled in
      withScalars { source in
        for (image, warp) in warps.enumerated() {
          let m = warp.coefficients
          let base = image * channels * plane
          for row in 0..<rows {
            for column in 0..<columns {
              let (x, y) = (Double(column) + 0.5, Double(row) + 0.5)
              let u = m[0] * x + m[1] * y + m[2]
              let v = m[3] * x + m[4] * y + m[5]
              let place = Place(u: u, v: v, rows: rows, columns: columns, interpolation)
              for channel in 0..<channels {
                let start = base + channel * plane
                target[start + row * columns + column] = place.value(fill) { source[start + $0] }
              }
            }
          }
        }
      }
      filled = count
    }
    return Tensor(warped, shape: shape)
  }
}

/// The pixels that a place is made of; nil for one outside the image.
private struct Place {
  var corners: (Int?, Int?, Int?, Int?) = (nil, nil, nil, nil)
  var across = 0.0
  var down = 0.0

  init(u: Double, v: Double, rows: Int, columns: Int, _ interpolation: Interpolation) {
    // So far outside that no pixel takes part; also keeps the conversions below in range.
    guard u > -1, u < Double(columns) + 1, v > -1, v < Double(rows) + 1 else { return }
    func pixel(_ column: Int, _ row: Int) -> Int? {
      (0..<columns).contains(column) && (0..<rows).contains(row) ? row * columns + column : nil
    }
    if interpolation == .nearest {
      corners.0 = pixel(Int(u.rounded(.down)), Int(v.rounded(.down)))
      return
    }
    let (left, top) = ((u - 0.5).rounded(.down), (v - 0.5).rounded(.down))
    (across, down) = (u - 0.5 - left, v - 0.5 - top)
    let (column, row) = (Int(left), Int(top))
    corners = (
      pixel(column, row), pixel(column + 1, row), pixel(column, row + 1),
      pixel(column + 1, row + 1)
    )
  }

  func value<Element: Scalar>(_ fill: Element, _ pixel: (Int) -> Element) -> Element {
    let first = corners.0.map(pixel) ?? fill
    if across == 0 && down == 0 { return first }
    let (p, q) = (Element(across), Element(down))
    let upper = first + ((corners.1.map(pixel) ?? fill) - first) * p
    let third = corners.2.map(pixel) ?? fill
    let lower = third + ((corners.3.map(pixel) ?? fill) - third) * p
    return upper + (lower - upper) * q
  }
}
