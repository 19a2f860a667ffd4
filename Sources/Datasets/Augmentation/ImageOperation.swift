import Tensors

/// An operation on an image of 8-bit pixels, as Pillow has it.
public enum ImageOperation: Hashable, Sendable {
  /// Nothing.
  case identity
  /// Each channel stretched to 0...255.
  case autoContrast
  /// Each channel's levels spread evenly.
  case equalize
  /// 255 − pixel.
  case invert
  /// The first so many bits of each pixel.
  case posterize(bits: Int)
  /// Pixels from a threshold on inverted.
  case solarize(threshold: Double)
  /// Away from grey by a factor: 0 is grey, 1 the image itself.
  case colour(Double)
  /// Away from the mean grey by a factor.
  case contrast(Double)
  /// Away from black by a factor.
  case brightness(Double)
  /// Away from a smoothed image by a factor.
  case sharpness(Double)
  /// Turned counter-clockwise about the centre.
  case rotate(degrees: Double)
  /// Row y taken from `factor · y` columns further right.
  case shearX(Double)
  /// Column x taken from `factor · x` rows further down.
  case shearY(Double)
  /// Moved right by some pixels.
  case translateX(Double)
  /// Moved down by some pixels.
  case translateY(Double)
}

extension ByteImages {
  /// The images after operations, those of each image in order.
  ///
  /// - Source: Pillow 13, `ImageOps`, `ImageEnhance` and `transform`, bit for bit.
  /// - Precondition: there is a list an image; factors are finite, bits lie in 1...8; images have one
  ///   channel or three; a fill has an entry a channel.
  /// - Parameters:
  ///   - operations: what is done to each image.
  ///   - interpolation: how turned, sheared and moved images are made.
  ///   - fill: what they show of the outside, by channel; nil for zeros.
  /// - Returns: the images.
  public func applying(
    _ operations: [[ImageOperation]], _ interpolation: Interpolation = .nearest,
    fill: [UInt8]? = nil
  ) -> ByteImages {
    require(
      operations.count == count && (channels == 1 || channels == 3),
      "applying: \(operations.count) lists for \(count) images of \(channels) channels")
    var images = self
    images.changeEach { image, painter in
      for operation in operations[image] { painter.apply(operation, interpolation, fill) }
    }
    return images
  }

  /// All images after one operation.
  public func applying(
    _ operation: ImageOperation, _ interpolation: Interpolation = .nearest, fill: [UInt8]? = nil
  ) -> ByteImages {
    applying(Array(repeating: [operation], count: count), interpolation, fill: fill)
  }
}

extension Painter {
  func apply(_ operation: ImageOperation, _ interpolation: Interpolation, _ fill: [UInt8]?) {
    switch operation {
    case .identity: break
    case .autoContrast: mapChannels { stretched($0) }
    case .equalize: mapChannels { equalized($0) }
    case .invert: map { 255 - $0 }
    case .posterize(let bits):
      require((1...8).contains(bits), "posterize: \(bits) bits")
      let mask = UInt8(truncatingIfNeeded: 255 << (8 - bits))
      map { $0 & mask }
    case .solarize(let threshold): map { Double($0) < threshold ? $0 : 255 - $0 }
    case .colour(let factor): if channels == 3 { blend(from: grey(), factor) }
    case .contrast(let factor):
      let level = meanGrey()
      map { blended(level, $0, Float(factor)) }
    case .brightness(let factor): map { blended(0, $0, Float(factor)) }
    case .sharpness(let factor): blend(from: smoothed(), factor)
    case .rotate(let degrees):
      warp(.rotation(degrees: degrees, rows: rows, columns: columns), interpolation, fill)
    case .shearX(let factor): warp(.shear(horizontal: factor), interpolation, fill)
    case .shearY(let factor): warp(.shear(vertical: factor), interpolation, fill)
    case .translateX(let right):
      warp(.translation(right: right, down: 0), interpolation, fill)
    case .translateY(let down): warp(.translation(right: 0, down: down), interpolation, fill)
    }
  }

  /// Every pixel by a table.
  private func map(_ level: (UInt8) -> UInt8) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 256) { table in
      for index in 0..<256 { table[index] = level(UInt8(index)) }
      for index in 0..<pixels.count { pixels[index] = table[Int(pixels[index])] }
    }
  }

  /// Each channel by a table made from its histogram.
  private func mapChannels(_ table: ([Int]) -> [UInt8]?) {
    for start in Swift.stride(from: 0, to: channels * plane, by: plane) {
      var histogram = [Int](repeating: 0, count: 256)
      for index in start..<start + plane { histogram[Int(pixels[index])] += 1 }
      guard let table = table(histogram) else { continue }
      for index in start..<start + plane { pixels[index] = table[Int(pixels[index])] }
    }
  }

  private func stretched(_ histogram: [Int]) -> [UInt8]? {
    guard let low = histogram.firstIndex(where: { $0 > 0 }),
      let high = histogram.lastIndex(where: { $0 > 0 }), low < high
    else { return nil }
    let scale = 255 / Double(high - low)
    let offset = -Double(low) * scale
    return (0..<256).map { UInt8(Swift.max(0, Swift.min(255, Double($0) * scale + offset))) }
  }

  private func equalized(_ histogram: [Int]) -> [UInt8]? {
    let present = histogram.filter { $0 > 0 }
    guard present.count > 1, let last = present.last else { return nil }
    let step = (plane - last) / 255
    guard step > 0 else { return nil }
    var sum = step / 2
    return histogram.map { count in
      defer { sum += count }
      return UInt8(Swift.min(255, sum / step))
    }
  }

  /// The grey of a pixel of three channels.
  private func grey(at pixel: Int) -> Int {
    let red = Int(pixels[pixel])
    let green = Int(pixels[plane + pixel])
    let blue = Int(pixels[2 * plane + pixel])
    return (red * 19595 + green * 38470 + blue * 7471 + 0x8000) >> 16
  }

  /// The image's grey in every channel, in the scratch memory.
  private func grey() -> UnsafeBufferPointer<UInt8> {
    for pixel in 0..<plane {
      let level = UInt8(grey(at: pixel))
      scratch[pixel] = level
      scratch[plane + pixel] = level
      scratch[2 * plane + pixel] = level
    }
    return UnsafeBufferPointer(scratch)
  }

  private func meanGrey() -> UInt8 {
    var sum = 0
    for pixel in 0..<plane { sum += channels == 3 ? grey(at: pixel) : Int(pixels[pixel]) }
    return UInt8(Double(sum) / Double(plane) + 0.5)
  }

  /// The image smoothed by weights 1 around a 5, over 13; the border as it is.
  private func smoothed() -> UnsafeBufferPointer<UInt8> {
    let source = copied()
    guard rows > 2 && columns > 2 else { return source }
    for start in Swift.stride(from: 0, to: channels * plane, by: plane) {
      for row in 1..<rows - 1 {
        let line = start + row * columns
        for place in line + 1..<line + columns - 1 {
          var sum = 4 * Int(pixels[place])
          for other in [place - columns, place, place + columns] {
            sum += Int(pixels[other - 1]) + Int(pixels[other]) + Int(pixels[other + 1])
          }
          // Rounded half up; a half cannot occur.
          scratch[place] = UInt8((2 * sum + 13) / 26)
        }
      }
    }
    return source
  }

  /// From another image, which has been made of this one, through this one and beyond.
  private func blend(from other: UnsafeBufferPointer<UInt8>, _ factor: Double) {
    let factor = Float(factor)
    for index in 0..<pixels.count {
      pixels[index] = blended(other[index], pixels[index], factor)
    }
  }
}

private func blended(_ from: UInt8, _ to: UInt8, _ factor: Float) -> UInt8 {
  let level = Float(from) + factor * Float(Int(to) - Int(from))
  return UInt8(Swift.max(0, Swift.min(255, level)))
}
