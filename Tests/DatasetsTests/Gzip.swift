/// Makes gzip files by hand, so that the tests need no compressor.
enum Gzip {
  private static let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]

  /// The bytes in stored blocks, with a correct trailer.
  static func stored(_ bytes: [UInt8]) -> [UInt8] {
    var result = header
    var start = 0
    repeat {
      let end = min(start + 65_535, bytes.count)
      let count = UInt16(end - start)
      result.append(end == bytes.count ? 1 : 0)
      result += [UInt8(count & 255), UInt8(count >> 8), UInt8(~count & 255), UInt8(~count >> 8)]
      result += bytes[start..<end]
      start = end
    } while start < bytes.count
    return result + littleEndian(checksum(bytes)) + littleEndian(UInt32(bytes.count))
  }

  /// About `size` zeros as runs of 258 in one block of fixed codes: 160 bytes become one.
  static func bomb(size: Int) -> [UInt8] {
    var bits = BitWriter()
    bits.append(1, count: 1)
    bits.append(1, count: 2)
    bits.appendCode(0b0011_0000, count: 8)
    for _ in 0..<(size / 258) {
      bits.appendCode(0b1100_0101, count: 8)
      bits.appendCode(0, count: 5)
    }
    bits.appendCode(0, count: 7)
    return header + bits.bytes + [UInt8](repeating: 0, count: 8)
  }

  private static func littleEndian(_ word: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(word >> (8 * $0) & 255) }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    var register: UInt32 = ~0
    for byte in bytes {
      register ^= UInt32(byte)
      for _ in 0..<8 { register = register & 1 == 1 ? register >> 1 ^ 0xedb8_8320 : register >> 1 }
    }
    return ~register
  }
}

/// Packs bits into bytes as the deflate format does, lowest bit first.
private struct BitWriter {
  private(set) var bytes: [UInt8] = []
  private var used = 8

  /// A number, lowest bit first.
  mutating func append(_ value: Int, count: Int) {
    for index in 0..<count { add(value >> index & 1) }
  }

  /// A Huffman code, highest bit first.
  mutating func appendCode(_ value: Int, count: Int) {
    for index in (0..<count).reversed() { add(value >> index & 1) }
  }

  private mutating func add(_ bit: Int) {
    if used == 8 {
      bytes.append(0)
      used = 0
    }
    bytes[bytes.count - 1] |= UInt8(bit << used)
    used += 1
  }
}
