private import CNettle

/// A SHA-256 digest: the identity of a file, a setup, an outcome or a run.
///
/// Written as 64 lowercase hexadecimal characters; ordered as that text is.
public struct Digest: Hashable, Sendable {
  /// The 32 bytes of the digest.
  public let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// The digest of a sequence of bytes.
  public init(of bytes: some Sequence<UInt8>) {
    var builder = DigestBuilder()
    builder.update(Array(bytes))
    self = builder.finish()
  }

  /// The digest of a text's UTF-8 bytes.
  public init(of text: String) { self.init(of: text.utf8) }

  /// The first twelve characters, for tables and messages.
  public var short: String { String(description.prefix(12)) }
}

extension Digest: LosslessStringConvertible {
  /// Parses 64 hexadecimal characters; anything else gives nil.
  public init?(_ description: String) {
    let digits = Array(description.utf8)
    guard digits.count == 64 else { return nil }
    var bytes: [UInt8] = []
    for index in stride(from: 0, to: 64, by: 2) {
      guard let high = Self.value(digits[index]), let low = Self.value(digits[index + 1])
      else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// The 64 lowercase hexadecimal characters.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(64)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}

extension Digest: Comparable {
  /// Orders digests as their texts are ordered.
  public static func < (lhs: Digest, rhs: Digest) -> Bool {
    lhs.bytes.lexicographicallyPrecedes(rhs.bytes)
  }
}

extension Digest: Codable {
  /// Decodes the 64 characters; fails on any other text.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let digest = Digest(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a SHA-256 digest")
    }
    self = digest
  }

  /// Encodes the 64 characters.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Computes a digest over bytes that arrive in pieces.
public struct DigestBuilder {
  private var state = sha256_ctx()

  /// Starts with no bytes.
  public init() { nettle_sha256_init(&state) }

  /// Appends bytes.
  public mutating func update(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.bindMemory(to: UInt8.self).baseAddress else { return }
    nettle_sha256_update(&state, bytes.count, base)
  }

  /// Appends bytes.
  public mutating func update(_ bytes: [UInt8]) {
    bytes.withUnsafeBytes { update($0) }
  }

  /// Appends a text's UTF-8 bytes.
  public mutating func update(_ text: String) {
    update(Array(text.utf8))
  }

  /// The digest of all bytes appended so far; the builder may go on.
  public func finish() -> Digest {
    var state = state
    var bytes = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
    nettle_sha256_digest(&state, bytes.count, &bytes)
    return Digest(bytes: bytes)
  }
}
