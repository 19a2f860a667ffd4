/// Reads the JSON of a safetensors header: objects with known fields, texts and counts.
///
/// What to read is said by the caller, so that no input can make it go deeper than that.
struct JSONReader {
  private let bytes: ArraySlice<UInt8>
  private var index: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    index = bytes.startIndex
  }

  /// How far it has read.
  var place: Int { index }

  /// Reads an object; the body reads the value of each of its names, which are unique.
  mutating func readObject(
    _ body: (inout JSONReader, String) throws(SafeTensorsError) -> Void
  ) throws(SafeTensorsError) {
    try expect(UInt8(ascii: "{"))
    var names: Set<String> = []
    if skip(UInt8(ascii: "}")) { return }
    repeat {
      let name = try readText()
      guard names.insert(name).inserted else { throw .repeated(name) }
      try expect(UInt8(ascii: ":"))
      try body(&self, name)
    } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "}"))
  }

  /// Reads a list of whole numbers of zero or more.
  mutating func readCounts() throws(SafeTensorsError) -> [Int] {
    try expect(UInt8(ascii: "["))
    var counts: [Int] = []
    if skip(UInt8(ascii: "]")) { return counts }
    repeat { counts.append(try readCount()) } while skip(UInt8(ascii: ","))
    try expect(UInt8(ascii: "]"))
    return counts
  }

  private mutating func readCount() throws(SafeTensorsError) -> Int {
    skipSpace()
    let start = index
    var value = 0
    while let digit = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) {
      let (tens, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, more) = tens.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      guard !over, !more else { throw .malformed(at: start, "a number beyond 2⁶³") }
      value = sum
      index += 1
    }
    let digits = bytes[start..<index]
    guard let first = digits.first, digits.count == 1 || first != UInt8(ascii: "0") else {
      throw .malformed(at: start, "no whole number of zero or more")
    }
    return value
  }

  /// Reads a text.
  mutating func readText() throws(SafeTensorsError) -> String {
    try expect(UInt8(ascii: "\""))
    let start = index
    var text: [UInt8] = []
    while let byte = peek, byte != UInt8(ascii: "\"") {
      guard byte >= 0x20 else { throw .malformed(at: index, "a control character in a text") }
      index += 1
      if byte == UInt8(ascii: "\\") {
        text += try readEscape()
      } else {
        text.append(byte)
      }
    }
    try expect(UInt8(ascii: "\""))
    guard let result = String(validating: text, as: UTF8.self) else {
      throw .malformed(at: start, "a text that is not UTF-8")
    }
    return result
  }

  private mutating func readEscape() throws(SafeTensorsError) -> [UInt8] {
    let start = index
    guard let byte = peek else { throw .malformed(at: start, "a text without an end") }
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
    case UInt8(ascii: "b"): return [8]
    case UInt8(ascii: "f"): return [12]
    case UInt8(ascii: "n"): return [10]
    case UInt8(ascii: "r"): return [13]
    case UInt8(ascii: "t"): return [9]
    case UInt8(ascii: "u"): break
    default: throw .malformed(at: start, "an unknown escape")
    }
    var units = [try readHexadecimal()]
    // The upper half of a pair needs the lower one.
    if 0xd800..<0xdc00 ~= units[0], skipNow("\\u") { units.append(try readHexadecimal()) }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw .malformed(at: start, "half of a pair of UTF-16")
    }
    return Array(text.utf8)
  }

  private mutating func readHexadecimal() throws(SafeTensorsError) -> UInt16 {
    let digits = bytes[index..<min(index + 4, bytes.endIndex)]
    let text = String(decoding: digits, as: UTF8.self)
    guard text.utf8.count == 4, text.allSatisfy(\.isHexDigit), let unit = UInt16(text, radix: 16)
    else { throw .malformed(at: index, "no four hexadecimal digits") }
    index += 4
    return unit
  }

  /// Reads the spaces at the end.
  mutating func readEnd() throws(SafeTensorsError) {
    skipSpace()
    guard index == bytes.endIndex else {
      throw .malformed(at: index, "something after the header's object")
    }
  }

  private var peek: UInt8? { index < bytes.endIndex ? bytes[index] : nil }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0a, 0x0d].contains(byte) { index += 1 }
  }

  private mutating func skip(_ byte: UInt8) -> Bool {
    skipSpace()
    guard peek == byte else { return false }
    index += 1
    return true
  }

  private mutating func skipNow(_ text: String) -> Bool {
    guard bytes[index...].starts(with: text.utf8) else { return false }
    index += text.utf8.count
    return true
  }

  private mutating func expect(_ byte: UInt8) throws(SafeTensorsError) {
    guard skip(byte) else {
      throw .malformed(at: index, "no '\(Character(UnicodeScalar(byte)))' where one is needed")
    }
  }

  /// A text as JSON writes it.
  static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }
}
