extension String {
  /// Appends the text to markup: inert, and with no character that markup gives a meaning to.
  func appendEscaped(to bytes: inout [UInt8]) {
    var text = self
    text.withUTF8 { source in
      // Plain stretches are copied as they are.
      var start = source.startIndex
      for index in source.indices where Self.isSpecial(source[index]) {
        bytes.append(contentsOf: source[start..<index])
        guard source[index] < 0x80 else {
          Self.escape(String(decoding: source[index...], as: UTF8.self), into: &bytes)
          return
        }
        Self.escape(Unicode.Scalar(source[index]), into: &bytes)
        start = index + 1
      }
      bytes.append(contentsOf: source[start...])
    }
  }

  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars { escape(scalar, into: &bytes) }
  }

  private static func escape(_ scalar: Unicode.Scalar, into bytes: inout [UInt8]) {
    switch scalar {
    case "&": bytes.append(contentsOf: "&amp;".utf8)
    case "<": bytes.append(contentsOf: "&lt;".utf8)
    case ">": bytes.append(contentsOf: "&gt;".utf8)
    case "\"": bytes.append(contentsOf: "&quot;".utf8)
    case "'": bytes.append(contentsOf: "&#39;".utf8)
    case "`": bytes.append(contentsOf: "&#96;".utf8)
    case "\n", "\t": bytes.append(UInt8(scalar.value))
    default:
      // All that can be printed among the first 128 is inert; the others have to be looked up.
      let isInert = (0x20..<0x7f).contains(scalar.value) || scalar.isInert
      bytes.append(contentsOf: UTF8.encode(isInert ? scalar : "\u{fffd}") ?? .init())
    }
  }

  /// Whether a byte is not printable, gives markup a meaning, or is part of a longer character.
  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "`"), ..<0x20, 0x7f...:
      true
    default: false
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar neither steers a terminal nor the direction of a line, and may stand in XML.
  var isInert: Bool {
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
    default: !properties.isNoncharacterCodePoint
    }
  }
}

extension String {
  /// The text with control characters made visible, so that recorded text cannot steer a terminal.
  package var inert: String {
    if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return self }
    return String(String.UnicodeScalarView(unicodeScalars.map { $0.isInert ? $0 : "\u{fffd}" }))
  }
}
