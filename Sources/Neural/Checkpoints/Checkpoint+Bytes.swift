public import Digests
internal import Tensors

extension Checkpoint {
  static let opening = Array("rplcate\u{1}".utf8)

  /// The file's bytes, in the form of `docs/checkpoint-format.md`.
  public var bytes: [UInt8] {
    let body = body
    return body + Digest(of: body).bytes
  }

  /// The SHA-256 of the file's bytes before it.
  public var digest: Digest { Digest(of: body) }

  /// All but the digest.
  package var body: [UInt8] {
    var bytes = Self.opening + littleEndian(UInt64(entries.count))
    for entry in entries {
      let name = Array(entry.name.utf8)
      bytes += littleEndian(UInt32(name.count))
      bytes += name
      bytes += [entry.kind.rawValue, UInt8(entry.shape.count)]
      for axis in entry.shape { bytes += littleEndian(UInt64(axis)) }
      bytes += entry.bytes
    }
    return bytes
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: ``CheckpointError`` where they are not, to the last byte, what ``bytes`` gives.
  public init(_ bytes: [UInt8]) throws(CheckpointError) {
    guard bytes.starts(with: Self.opening) else { throw .notACheckpoint }
    guard bytes.count >= Self.opening.count + 32 else { throw .cutShort(at: bytes.count) }
    let body = Array(bytes.dropLast(32))
    guard Digest(of: body).bytes.elementsEqual(bytes.suffix(32)) else { throw .damaged }
    try self.init(body: body)
  }

  /// Reads all but the digest.
  package init(body: [UInt8]) throws(CheckpointError) {
    self.init()
    var reader = ByteReader(bytes: body)
    guard try reader.take(Self.opening.count).elementsEqual(Self.opening) else {
      throw .notACheckpoint
    }
    let count = try reader.word()
    for _ in 0..<count {
      let entry = try Self.entry(from: &reader)
      guard add(entry) else { throw .repeated(entry.name) }
    }
    guard reader.isAtEnd else { throw .malformed(at: reader.place, "bytes after the last array") }
  }

  private static func entry(from reader: inout ByteReader) throws(CheckpointError) -> Entry {
    let start = reader.place
    let length = Int(try reader.number(UInt32.self))
    guard let name = String(validating: try reader.take(length), as: UTF8.self) else {
      throw .malformed(at: start, "a name that is not UTF-8")
    }
    guard let kind = Kind(rawValue: try reader.number(UInt8.self)) else {
      throw .malformed(at: start, "an unknown kind of number")
    }
    var shape: [Int] = []
    var size = kind.size
    for _ in 0..<(try reader.number(UInt8.self)) {
      let axis = try reader.word()
      let (product, overflow) = size.multipliedReportingOverflow(by: axis)
      guard !overflow else { throw .malformed(at: start, "a shape that no memory holds") }
      shape.append(axis)
      size = product
    }
    return Entry(name: name, kind: kind, shape: shape, bytes: Array(try reader.take(size)))
  }
}

/// Bytes that are taken from the front, never past the end.
private struct ByteReader {
  let bytes: [UInt8]
  private(set) var place = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { place == bytes.count }

  mutating func take(_ count: Int) throws(CheckpointError) -> ArraySlice<UInt8> {
    guard count <= bytes.count - place else { throw .cutShort(at: bytes.count) }
    defer { place += count }
    return bytes[place..<place + count]
  }

  mutating func number<Number: FixedWidthInteger>(
    _: Number.Type
  ) throws(CheckpointError) -> Number {
    Number(truncatingIfNeeded: Neural.word(try take(MemoryLayout<Number>.size)))
  }

  /// A number of 64 bits that is a count.
  mutating func word() throws(CheckpointError) -> Int {
    let start = place
    guard let count = Int(exactly: try number(UInt64.self)) else {
      throw .malformed(at: start, "a count beyond 2⁶³")
    }
    return count
  }
}
