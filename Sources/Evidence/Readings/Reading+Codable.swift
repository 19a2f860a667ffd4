extension Reading: Codable {
  private enum Key: String, CodingKey { case notReached, below }

  /// Decodes a number, `{"notReached": 300}`, `{"below": 3}`, `"diverged"`, `"nan"`, `"inf"` or
  /// `"-inf"`.
  public init(from decoder: any Decoder) throws {
    if let container = try? decoder.container(keyedBy: Key.self) {
      let key: Key = container.contains(.below) ? .below : .notReached
      let end = try container.decode(PlainNumber.self, forKey: key).number
      guard decoder.holdsOnly([key.rawValue]) else {
        throw DecodingError.dataCorruptedError(
          forKey: key, in: container,
          debugDescription: "a reading has the key \(key.rawValue) and no other")
      }
      self = key == .below ? .below(end) : .notReached(by: end)
      return
    }
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self), text == "diverged" {
      self = .diverged
    } else {
      self = .value(try container.decode(PlainNumber.self).number)
    }
  }

  /// Encodes the reading so that it decodes to the same bits, non-finite numbers as text.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .value(let number):
      var container = encoder.singleValueContainer()
      try container.encode(PlainNumber(number: number))
    case .notReached(let end):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(PlainNumber(number: end), forKey: .notReached)
    case .below(let end):
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(PlainNumber(number: end), forKey: .below)
    case .diverged:
      var container = encoder.singleValueContainer()
      try container.encode("diverged")
    }
  }
}

/// A number written so that it survives JSON: text where JSON has no number for it.
struct PlainNumber: Codable {
  var number: Double

  init(number: Double) { self.number = number }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let text = try? container.decode(String.self) else {
      number = try container.decode(Double.self)
      return
    }
    switch text {
    case "nan": number = .nan
    case "inf": number = .infinity
    case "-inf": number = -.infinity
    default:
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a reading")
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    if number.isFinite {
      try container.encode(number)
    } else {
      try container.encode(number.isNaN ? "nan" : number > 0 ? "inf" : "-inf")
    }
  }
}

/// A key of any name, to see which ones an object has.
private struct AnyKey: CodingKey {
  let stringValue: String
  let intValue: Int?
  init?(stringValue: String) { (self.stringValue, intValue) = (stringValue, nil) }
  init?(intValue: Int) { (stringValue, self.intValue) = (String(intValue), intValue) }
}

extension Decoder {
  /// Whether the object being decoded has exactly these keys.
  fileprivate func holdsOnly(_ names: Set<String>) -> Bool {
    guard let container = try? container(keyedBy: AnyKey.self) else { return false }
    return Set(container.allKeys.map(\.stringValue)) == names
  }
}
