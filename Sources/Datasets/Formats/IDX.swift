/// The IDX format of MNIST: a magic number, big-endian dimensions, then one byte an element.
package enum IDX {
  /// Parses a stack of grey images.
  ///
  /// - Parameters:
  ///   - bytes: The decompressed file.
  ///   - file: The file's name, for messages.
  /// - Returns: The number of rows and columns of an image, and all pixels, image by image.
  /// - Throws: ``DataError/malformed(file:reason:)``.
  package static func images(
    _ bytes: [UInt8], file: String
  ) throws(DataError) -> (rows: Int, columns: Int, pixels: [UInt8]) {
    let dimensions = try dimensions(bytes, magic: 0x0000_0803, file: file)
    return (dimensions[1], dimensions[2], Array(bytes[16...]))
  }

  /// Parses a list of labels.
  ///
  /// - Parameters:
  ///   - bytes: The decompressed file.
  ///   - classes: How many classes there are; a label is below it.
  ///   - file: The file's name, for messages.
  /// - Returns: One label an image.
  /// - Throws: ``DataError/malformed(file:reason:)``.
  package static func labels(
    _ bytes: [UInt8], classes: Int, file: String
  ) throws(DataError) -> [UInt8] {
    _ = try dimensions(bytes, magic: 0x0000_0801, file: file)
    let labels = Array(bytes[8...])
    if let index = labels.firstIndex(where: { Int($0) >= classes }) {
      throw .malformed(
        file: file, reason: "label \(index) is \(labels[index]), and there are \(classes) classes")
    }
    return labels
  }

  /// The dimensions, after checking that exactly as many bytes follow as they promise.
  private static func dimensions(
    _ bytes: [UInt8], magic: UInt32, file: String
  ) throws(DataError) -> [Int] {
    let count = Int(magic & 0xff)
    let header = 4 + 4 * count
    guard bytes.count >= header else {
      throw .malformed(
        file: file, reason: "its header needs \(header) bytes and it has \(bytes.count)")
    }
    let found = word(bytes, at: 0)
    guard found == magic else {
      throw .malformed(
        file: file,
        reason: "its magic number is \(hexadecimal(found)), expected \(hexadecimal(magic))")
    }
    let dimensions = (1...count).map { Int(word(bytes, at: 4 * $0)) }
    var size = 1
    for dimension in dimensions {
      let (product, overflow) = size.multipliedReportingOverflow(by: dimension)
      guard !overflow, dimension > 0 else {
        throw .malformed(file: file, reason: "its dimensions \(dimensions) are impossible")
      }
      size = product
    }
    guard bytes.count - header == size else {
      throw .malformed(
        file: file,
        reason: "dimensions \(dimensions) need \(size) bytes and \(bytes.count - header) follow")
    }
    return dimensions
  }

  private static func word(_ bytes: [UInt8], at offset: Int) -> UInt32 {
    bytes[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  private static func hexadecimal(_ word: UInt32) -> String {
    let digits = String(word, radix: 16)
    return "0x" + String(repeating: "0", count: 8 - digits.count) + digits
  }
}
