import Foundation

/// An image as a PNG file: the format's signature and three chunks, without compression.
///
/// Values are cut to 8 bits. The bytes depend on the values only.
struct PNGImage {
  /// The file.
  let bytes: [UInt8]

  /// An image with a grey value, or red, green and blue, and its opacity for each pixel.
  ///
  /// - Parameters:
  ///   - width: The pixels of a line.
  ///   - height: The lines.
  ///   - channels: 1 or 3, without the opacity.
  ///   - samples: The values line by line, those of a pixel together, each followed by its opacity.
  ///   - times: How often each pixel is repeated along a line, and each line.
  init(width: Int, height: Int, channels: Int, samples: [UInt8], enlarged times: Int = 1) {
    let pixel = channels + 1
    var raw: [UInt8] = []
    raw.reserveCapacity(height * times * (width * times * pixel + 1))
    for index in 0..<height {
      // Each line begins with the name of its filter: none.
      var line: [UInt8] = [0]
      for start in stride(from: index * width * pixel, to: (index + 1) * width * pixel, by: pixel) {
        for _ in 0..<times { line += samples[start..<start + pixel] }
      }
      for _ in 0..<times { raw += line }
    }
    var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    let header =
      Self.bigEndian(width * times) + Self.bigEndian(height * times) + [
        8, channels == 1 ? 4 : 6, 0, 0, 0,
      ]
    Self.append("IHDR", header, to: &file)
    Self.append("IDAT", Self.stored(raw), to: &file)
    Self.append("IEND", [], to: &file)
    bytes = file
  }

  /// The file as an address that holds it.
  var address: String { "data:image/png;base64," + Data(bytes).base64EncodedString() }

  private static func append(_ name: StaticString, _ content: [UInt8], to file: inout [UInt8]) {
    let chunk = name.withUTF8Buffer { Array($0) } + content
    file += bigEndian(content.count) + chunk + bigEndian(Int(checksum(chunk)))
  }

  /// Bytes in the container of zlib, in blocks that are stored as they are.
  private static func stored(_ raw: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    let most = 65_535
    for start in stride(from: 0, to: raw.count, by: most) {
      let block = raw[start..<min(start + most, raw.count)]
      let count = UInt16(block.count)
      stream.append(block.endIndex == raw.count ? 1 : 0)
      for half in [count, ~count] { stream += [UInt8(half & 255), UInt8(half >> 8)] }
      stream += block
    }
    var (low, high): (UInt32, UInt32) = (1, 0)
    for byte in raw {
      low = (low + UInt32(byte)) % 65_521
      high = (high + low) % 65_521
    }
    return stream + bigEndian(Int(high << 16 | low))
  }

  private static func bigEndian(_ number: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) }
  }

  /// The cyclic redundancy check of a chunk's name and content.
  private static func checksum(_ chunk: [UInt8]) -> UInt32 {
    ~chunk.reduce(~UInt32(0)) { check, byte in
      table[Int((check ^ UInt32(byte)) & 255)] ^ check >> 8
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }
}
