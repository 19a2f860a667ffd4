extension SafeTensors {
  /// The greatest header that is read, in bytes, as in the format's own library.
  private static let greatestHeader = 100_000_000

  /// The file's bytes: tensors in the order in which they were added, the header padded with spaces
  /// to a multiple of eight bytes.
  public var bytes: [UInt8] {
    var fields: [String] = []
    if !metadata.isEmpty {
      let notes = metadata.map { "\(JSONReader.quoted($0.name)):\(JSONReader.quoted($0.text))" }
      fields.append("\"__metadata__\":{\(notes.joined(separator: ","))}")
    }
    var start = 0
    for entry in entries {
      let shape = entry.shape.map { "\($0)" }.joined(separator: ",")
      let end = start + entry.bytes.count
      fields.append(
        "\(JSONReader.quoted(entry.name)):{\"dtype\":\"\(entry.kind.rawValue)\","
          + "\"shape\":[\(shape)],\"data_offsets\":[\(start),\(end)]}")
      start = end
    }
    var header = Array("{\(fields.joined(separator: ","))}".utf8)
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)
    var bytes = littleEndian(UInt64(header.count)) + header
    bytes.reserveCapacity(bytes.count + start)
    for entry in entries { bytes += entry.bytes }
    return bytes
  }

  /// Reads a file's bytes.
  ///
  /// - Throws: ``SafeTensorsError`` for anything but a well-formed file.
  public init(_ bytes: [UInt8]) throws(SafeTensorsError) {
    self.init()
    guard bytes.count >= 8 else { throw .cutShort(at: bytes.count) }
    let announced = word(bytes[0..<8])
    guard announced <= UInt64(Self.greatestHeader) else { throw .headerTooLong(announced) }
    let length = Int(announced)
    guard length <= bytes.count - 8 else { throw .cutShort(at: bytes.count) }
    var reader = JSONReader(bytes[8..<8 + length])
    var found: [Described] = []
    try reader.readObject { reader, name throws(SafeTensorsError) in
      if name == "__metadata__" {
        try reader.readObject { reader, name throws(SafeTensorsError) in
          metadata.append(Note(name: name, text: try reader.readText()))
        }
      } else {
        found.append(try Described(name, from: &reader))
      }
    }
    try reader.readEnd()
    try fill(found, with: bytes[(8 + length)...])
  }

  /// A tensor as the header describes it.
  private struct Described {
    var name: String
    var kind = Kind.bool
    var shape: [Int] = []
    var start = 0
    var end = 0

    init(_ name: String, from reader: inout JSONReader) throws(SafeTensorsError) {
      self.name = name
      var fields = 0
      try reader.readObject { reader, field throws(SafeTensorsError) in
        fields += 1
        switch field {
        case "dtype":
          let text = try reader.readText()
          guard let known = Kind(rawValue: text) else { throw .unknownKind(name, text) }
          kind = known
        case "shape": shape = try reader.readCounts()
        case "data_offsets":
          let offsets = try reader.readCounts()
          guard offsets.count == 2, offsets[0] <= offsets[1] else {
            throw .offsets(name, "are \(offsets)")
          }
          (start, end) = (offsets[0], offsets[1])
        default: throw .malformed(at: reader.place, "the field '\(field)' of '\(name)'")
        }
      }
      // The names are unique, so three are all of them.
      guard fields == 3 else {
        throw .malformed(at: reader.place, "'\(name)' has \(fields) fields, not three")
      }
      var size = kind.size
      for axis in shape {
        let (product, overflow) = size.multipliedReportingOverflow(by: axis)
        guard !overflow else { throw .offsets(name, "do not hold \(shape)") }
        size = product
      }
      guard end - start == size else {
        throw .offsets(name, "\(start) to \(end) do not hold \(shape) of \(kind.rawValue)")
      }
    }
  }

  private mutating func fill(
    _ found: [Described], with data: ArraySlice<UInt8>
  ) throws(SafeTensorsError) {
    var next = 0
    // Empty tensors before what begins at the same place; ties of those by name.
    let ordered = found.sorted { ($0.start, $0.end, $0.name) < ($1.start, $1.end, $1.name) }
    for tensor in ordered {
      guard tensor.start == next else {
        throw .offsets(tensor.name, "begin at \(tensor.start), the tensor before ends at \(next)")
      }
      guard tensor.end <= data.count else { throw .cutShort(at: data.endIndex) }
      let bytes = data[(data.startIndex + tensor.start)..<(data.startIndex + tensor.end)]
      add(
        Entry(name: tensor.name, kind: tensor.kind, shape: tensor.shape, bytes: Array(bytes)))
      next = tensor.end
    }
    guard next == data.count else { throw .excess(data.count - next) }
  }
}
