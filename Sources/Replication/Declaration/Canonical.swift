public import Foundation

/// The one text of a value: sorted keys, shortest round-trip numbers, no escaped slashes.
///
/// Numbers that JSON cannot write become the texts `inf`, `-inf` and `nan`, so that they survive
/// to be judged as errors.
public enum Canonical {
  /// The canonical bytes of a value.
  public static func data(_ value: some Encodable) throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try encoder.encode(value)
  }

  /// The canonical text of a value.
  public static func text(_ value: some Encodable) throws -> String {
    String(decoding: try data(value), as: UTF8.self)
  }

  /// Whether a canonical text holds a number that JSON cannot write.
  static func hasNonFiniteNumber(_ text: String) -> Bool {
    ["\"nan\"", "\"inf\"", "\"-inf\""].contains { text.contains($0) }
  }

  /// Reads a value back.
  public static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from data: Data
  ) throws -> Value {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    return try decoder.decode(type, from: data)
  }

  /// Reads a value back.
  public static func decode<Value: Decodable>(
    _ type: Value.Type = Value.self, from text: String
  ) throws -> Value {
    try decode(type, from: Data(text.utf8))
  }
}

/// A JSON value, for looking into setups and outcomes without their types.
public enum JSONValue: Hashable, Sendable, Codable {
  /// JSON's null.
  case null
  /// A truth value.
  case bool(Bool)
  /// A number.
  case number(Double)
  /// A text.
  case string(String)
  /// A list.
  case array([JSONValue])
  /// Named values.
  case object([String: JSONValue])

  /// Decodes any JSON value.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// Encodes the value.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let value): try container.encode(value)
    case .number(let value): try container.encode(value)
    case .string(let value): try container.encode(value)
    case .array(let value): try container.encode(value)
    case .object(let value): try container.encode(value)
    }
  }

  /// Every number and text inside, with its path such as `curve.y[3]`.
  public func leaves(at path: String = "") -> [(path: String, value: JSONValue)] {
    switch self {
    case .null, .bool, .number, .string: [(path, self)]
    case .array(let values):
      values.enumerated().flatMap { $1.leaves(at: "\(path)[\($0)]") }
    case .object(let values):
      values.sorted { $0.key < $1.key }
        .flatMap { $1.leaves(at: path.isEmpty ? $0 : "\(path).\($0)") }
    }
  }
}
