/// Why a text is not JSON, and where.
struct JSONFailure: Error, Hashable {
  let reason: String
  let offset: Int
}

extension JSON {
  /// Parses a whole text.
  ///
  /// Stricter than most: no repeated names, no lone surrogates, no invalid UTF-8, no nesting
  /// deeper than 64, nothing after the value.
  init(parsing bytes: some Collection<UInt8>) throws(JSONFailure) {
    var parser = JSONParser(bytes: Array(bytes))
    self = try parser.document()
  }
}

private struct JSONParser {
  let bytes: [UInt8]
  var position = 0
  static let deepest = 64

  mutating func document() throws(JSONFailure) -> JSON {
    let value = try value(depth: 0)
    skipSpace()
    guard position == bytes.count else { throw failure("something follows the value") }
    return value
  }

  func failure(_ reason: String) -> JSONFailure { JSONFailure(reason: reason, offset: position) }

  private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      position += 1
    }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    position += 1
    return true
  }

  private mutating func value(depth: Int) throws(JSONFailure) -> JSON {
    guard depth <= Self.deepest else { throw failure("nested deeper than \(Self.deepest)") }
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return try object(depth: depth)
    case UInt8(ascii: "["): return try array(depth: depth)
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"): return try word("true", .bool(true))
    case UInt8(ascii: "f"): return try word("false", .bool(false))
    case UInt8(ascii: "n"): return try word("null", .null)
    case nil: throw failure("the text ends early")
    default: return try number()
    }
  }

  private mutating func word(_ word: String, _ value: JSON) throws(JSONFailure) -> JSON {
    guard bytes[position...].starts(with: word.utf8) else { throw failure("unknown word") }
    position += word.utf8.count
    return value
  }

  private mutating func array(depth: Int) throws(JSONFailure) -> JSON {
    position += 1
    var elements: [JSON] = []
    skipSpace()
    if take(UInt8(ascii: "]")) { return .array(elements) }
    while true {
      elements.append(try value(depth: depth + 1))
      skipSpace()
      if take(UInt8(ascii: "]")) { return .array(elements) }
      guard take(UInt8(ascii: ",")) else { throw failure("expected , or ] in an array") }
    }
  }

  private mutating func object(depth: Int) throws(JSONFailure) -> JSON {
    position += 1
    var members: [JSON.Member] = []
    skipSpace()
    if take(UInt8(ascii: "}")) { return .object(members) }
    while true {
      skipSpace()
      guard next == UInt8(ascii: "\"") else { throw failure("expected a name in an object") }
      let name = try string()
      skipSpace()
      guard take(UInt8(ascii: ":")) else { throw failure("expected : after a name") }
      members.append(JSON.Member(name: name, value: try value(depth: depth + 1)))
      skipSpace()
      if take(UInt8(ascii: "}")) { break }
      guard take(UInt8(ascii: ",")) else { throw failure("expected , or } in an object") }
    }
    members.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for (one, other) in zip(members, members.dropFirst())
    where one.name.utf8.elementsEqual(other.name.utf8) {
      throw failure("the name '\(one.name.prefix(40))' occurs twice")
    }
    return .object(members)
  }

  private mutating func number() throws(JSONFailure) -> JSON {
    let start = position
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) { try digits() }
    if take(UInt8(ascii: ".")) { try digits() }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      position += 1
      if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
      try digits()
    }
    return .number(String(decoding: bytes[start..<position], as: UTF8.self))
  }

  private mutating func digits() throws(JSONFailure) {
    let start = position
    while let byte = next, (0x30...0x39).contains(byte) { position += 1 }
    guard position > start else { throw failure("expected a digit") }
  }

  private mutating func string() throws(JSONFailure) -> String {
    position += 1
    var content: [UInt8] = []
    while true {
      let run = position
      while let byte = next, byte >= 0x20, byte != 0x22, byte != 0x5C { position += 1 }
      content.append(contentsOf: bytes[run..<position])
      guard let byte = next else { throw failure("a string does not end") }
      guard byte >= 0x20 else { throw failure("a control character in a string") }
      position += 1
      if byte == 0x22 { break }
      try escape(into: &content)
    }
    guard let text = String(validating: content, as: UTF8.self) else {
      throw failure("a string is not UTF-8")
    }
    return text
  }

  private mutating func escape(into content: inout [UInt8]) throws(JSONFailure) {
    guard let byte = next else { throw failure("a string does not end") }
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): content.append(byte)
    case UInt8(ascii: "n"): content.append(0x0A)
    case UInt8(ascii: "r"): content.append(0x0D)
    case UInt8(ascii: "t"): content.append(0x09)
    case UInt8(ascii: "b"): content.append(0x08)
    case UInt8(ascii: "f"): content.append(0x0C)
    case UInt8(ascii: "u"):
      var code = try codeUnit()
      if (0xD800..<0xDC00).contains(code) {
        guard take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) else {
          throw failure("half of a surrogate pair")
        }
        let low = try codeUnit()
        guard (0xDC00..<0xE000).contains(low) else { throw failure("half of a surrogate pair") }
        code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
      }
      guard let scalar = Unicode.Scalar(code) else { throw failure("half of a surrogate pair") }
      content.append(contentsOf: String(Character(scalar)).utf8)
    default: throw failure("unknown escape")
    }
  }

  private mutating func codeUnit() throws(JSONFailure) -> UInt32 {
    guard position + 4 <= bytes.count else { throw failure("a string does not end") }
    var code: UInt32 = 0
    for byte in bytes[position..<position + 4] {
      switch byte {
      case 0x30...0x39: code = code << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: code = code << 4 | UInt32(byte - 0x41 + 10)
      case 0x61...0x66: code = code << 4 | UInt32(byte - 0x61 + 10)
      default: throw failure("expected a hexadecimal digit")
      }
    }
    position += 4
    return code
  }
}
