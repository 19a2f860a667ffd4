extension JSON {
  /// The canonical text: names in byte order, no spaces, only the escapes that JSON demands.
  var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes, breakingTo: 0, depth: 0)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The canonical text with a line for each member or element down to a depth.
  func text(breakingTo depth: Int) -> String {
    var bytes: [UInt8] = []
    write(to: &bytes, breakingTo: depth, depth: 0)
    bytes.append(UInt8(ascii: "\n"))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(to bytes: inout [UInt8], breakingTo limit: Int, depth: Int) {
    switch self {
    case .null: bytes.append(contentsOf: "null".utf8)
    case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
    case .number(let spelling): bytes.append(contentsOf: spelling.utf8)
    case .string(let value): Self.write(value, to: &bytes)
    case .array(let elements):
      bytes.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.breakLine(in: &bytes, if: depth < limit, indent: depth + 1)
        element.write(to: &bytes, breakingTo: limit, depth: depth + 1)
      }
      Self.breakLine(in: &bytes, if: depth < limit && !elements.isEmpty, indent: depth)
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.breakLine(in: &bytes, if: depth < limit, indent: depth + 1)
        Self.write(member.name, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        member.value.write(to: &bytes, breakingTo: limit, depth: depth + 1)
      }
      Self.breakLine(in: &bytes, if: depth < limit && !members.isEmpty, indent: depth)
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static func breakLine(in bytes: inout [UInt8], if wanted: Bool, indent: Int) {
    guard wanted else { return }
    bytes.append(UInt8(ascii: "\n"))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: 2 * indent))
  }

  private static func write(_ text: String, to bytes: inout [UInt8]) {
    let digits = Array("0123456789abcdef".utf8)
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case 0x0A: bytes.append(contentsOf: #"\n"#.utf8)
      case 0x0D: bytes.append(contentsOf: #"\r"#.utf8)
      case 0x09: bytes.append(contentsOf: #"\t"#.utf8)
      case 0..<0x20:
        bytes.append(contentsOf: #"\u00"#.utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
