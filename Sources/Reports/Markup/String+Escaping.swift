extension String {
  /// Appends the text to markup: inert, and with no character that markup gives a meaning to.
  func appendEscaped(to bytes: inout [UInt8]) {
    var text = self
    text.withUTF8 { source in
      let isPlain = source.allSatisfy { $0 < 0x80 && $0 >= 0x20 && !Self.isSpecial($0) }
      if isPlain {
        bytes.append(contentsOf: source)
      } else {
        Self.escape(String(decoding: source, as: UTF8.self), into: &bytes)
      }
    }
  }

  private static func escape(_ text: String, into bytes: inout [UInt8]) {
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": bytes.append(contentsOf: "&amp;".utf8)
      case "<": bytes.append(contentsOf: "&lt;".utf8)
      case ">": bytes.append(contentsOf: "&gt;".utf8)
      case "\"": bytes.append(contentsOf: "&quot;".utf8)
      case "'": bytes.append(contentsOf: "&#39;".utf8)
      case "`": bytes.append(contentsOf: "&#96;".utf8)
      case "\n", "\t": bytes.append(UInt8(scalar.value))
      default:
        bytes.append(contentsOf: UTF8.encode(scalar.isInert ? scalar : "\u{fffd}") ?? .init())
      }
    }
  }

  private static func isSpecial(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "&"), UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "\""),
      UInt8(ascii: "'"), UInt8(ascii: "`"), 0x7f:
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
