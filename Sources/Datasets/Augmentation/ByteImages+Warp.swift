import Tensors

extension ByteImages {
  /// The images seen through affine maps, one an image, as Pillow's `transform` sees them.
  ///
  /// Nearest: places in 16.16 fixed point, or in `Double` for maps along the axes. Bilinear: in
  /// `Double`, with the border's pixels repeated, truncated. Pixels whose place is outside the image
  /// are `fill`.
  ///
  /// - Source: Pillow 13, bit for bit, for images of up to 32768 rows and columns.
  /// - Precondition: there is a map an image, and a fill a channel or none.
  /// - Parameters:
  ///   - warps: the map of each image.
  ///   - interpolation: how values between pixels are made.
  ///   - fill: what lies outside, by channel; nil for zeros.
  /// - Returns: the images.
  public func warped(
    _ warps: [AffineWarp], _ interpolation: Interpolation = .nearest, fill: [UInt8]? = nil
  ) -> ByteImages {
    require(
      warps.count == count, "warped: \(warps.count) maps for \(count) images")
    var images = self
    images.changeEach { image, painter in painter.warp(warps[image], interpolation, fill) }
    return images
  }

  /// Runs the body on every image, in place.
  mutating func changeEach(_ body: (Int, Painter) -> Void) {
    guard count > 0 else { return }
    let (size, channels, rows, columns) = (self.size, channels, rows, columns)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: size) { scratch in
      pixels.withUnsafeMutableBufferPointer { pixels in
        for image in 0..<pixels.count / size {
          let own = UnsafeMutableBufferPointer(
            rebasing: pixels[image * size..<(image + 1) * size])
          body(
            image,
            Painter(
              pixels: own, scratch: scratch, channels: channels, rows: rows, columns: columns))
        }
      }
    }
  }
}

/// One image to be changed in place, and room for a copy of it.
struct Painter {
  let pixels: UnsafeMutableBufferPointer<UInt8>
  let scratch: UnsafeMutableBufferPointer<UInt8>
  let channels: Int
  let rows: Int
  let columns: Int

  var plane: Int { rows * columns }

  /// The image as it was, in the scratch memory.
  func copied() -> UnsafeBufferPointer<UInt8> {
    _ = scratch.update(fromContentsOf: pixels)
    return UnsafeBufferPointer(scratch)
  }

  func warp(_ warp: AffineWarp, _ interpolation: Interpolation, _ fill: [UInt8]?) {
    require(
      fill.map { $0.count == channels } ?? true,
      "warped: a fill of \(fill?.count ?? 0) for \(channels) channels")
    let source = copied()
    let fill = fill ?? [UInt8](repeating: 0, count: channels)
    for channel in 0..<channels {
      pixels[channel * plane..<(channel + 1) * plane].update(repeating: fill[channel])
    }
    let m = warp.coefficients
    switch interpolation {
    case .bilinear: bilinear(source, m)
    case .nearest where m[1] == 0 && m[3] == 0: scaled(source, m)
    case .nearest: nearest(source, m)
    }
  }

  /// Rows and columns on their own.
  private func scaled(_ source: UnsafeBufferPointer<UInt8>, _ m: [Double]) {
    func places(_ step: Double, _ start: Double, in count: Int) -> [Int?] {
      var place = start + step * 0.5
      return (0..<count).map { _ in
        defer { place += step }
        return place >= 0 && place < Double(count) ? Int(place) : nil
      }
    }
    let from = places(m[0], m[2], in: columns).enumerated().compactMap { column, source in
      source.map { (column, $0) }
    }
    for (row, place) in places(m[4], m[5], in: rows).enumerated() {
      guard let place else { continue }
      for start in stride(from: 0, to: channels * plane, by: plane) {
        for (column, other) in from {
          pixels[start + row * columns + column] = source[start + place * columns + other]
        }
      }
    }
  }

  private func nearest(_ source: UnsafeBufferPointer<UInt8>, _ m: [Double]) {
    // Beyond this no place of an image is within reach.
    func fixed(_ x: Double) -> Int {
      Int(Swift.max(-1e15, Swift.min(1e15, (x * 65536 + 0.5).rounded(.down))))
    }
    let (right, rightDown) = (fixed(m[0]), fixed(m[3]))
    let (down, downDown) = (fixed(m[1]), fixed(m[4]))
    var (rowX, rowY) = (
      fixed(m[2] + m[0] * 0.5 + m[1] * 0.5), fixed(m[5] + m[3] * 0.5 + m[4] * 0.5)
    )
    for row in 0..<rows {
      var (x, y) = (rowX, rowY)
      for column in 0..<columns {
        let (u, v) = (x >> 16, y >> 16)
        if u >= 0 && u < columns && v >= 0 && v < rows {
          var (to, from) = (row * columns + column, v * columns + u)
          for _ in 0..<channels {
            pixels[to] = source[from]
            to += plane
            from += plane
          }
        }
        x += right
        y += rightDown
      }
      rowX += down
      rowY += downDown
    }
  }

  private func bilinear(_ source: UnsafeBufferPointer<UInt8>, _ m: [Double]) {
    for row in 0..<rows {
      for column in 0..<columns {
        let (x, y) = (Double(column) + 0.5, Double(row) + 0.5)
        let u = m[0] * x + m[1] * y + m[2]
        let v = m[3] * x + m[4] * y + m[5]
        guard u >= 0 && u < Double(columns) && v >= 0 && v < Double(rows) else { continue }
        let (left, top) = ((u - 0.5).rounded(.down), (v - 0.5).rounded(.down))
        let (across, down) = (u - 0.5 - left, v - 0.5 - top)
        let (x0, x1) = (Swift.max(Int(left), 0), Swift.min(Int(left) + 1, columns - 1))
        let (y0, y1) = (Swift.max(Int(top), 0) * columns, (Int(top) + 1) * columns)
        var start = 0
        for _ in 0..<channels {
          func between(_ line: Int) -> Double {
            let (a, b) = (Double(source[start + line + x0]), Double(source[start + line + x1]))
            return a + (b - a) * across
          }
          let upper = between(y0)
          let lower = Int(top) + 1 < rows ? between(y1) : upper
          pixels[start + row * columns + column] = UInt8(upper + (lower - upper) * down)
          start += plane
        }
      }
    }
  }
}
