public import Digests

/// A JSON text in its one canonical spelling.
///
/// Names are in byte order, there are no spaces, only the escapes that JSON demands are used, and
/// numbers keep the spelling they came with.
public struct CanonicalJSON: Hashable, Sendable {
  /// The canonical text.
  public let text: String

  /// Brings a text into canonical form; fails when it is not JSON.
  public init(_ text: String) throws(RegistryError) {
    do throws(JSONFailure) {
      self.text = try JSON(parsing: text.utf8).text
    } catch {
      throw .invalidRecord("not JSON at byte \(error.offset): \(error.reason)")
    }
  }

  init(_ json: JSON) { text = json.text }

  /// A text that the registry wrote itself.
  init(recorded text: String) { self.text = text }

  /// The digest of the canonical text.
  public var digest: Digest { Digest(of: text) }

  func json() throws(RegistryError) -> JSON {
    do throws(JSONFailure) {
      return try JSON(parsing: text.utf8)
    } catch {
      throw .invalidRecord("not JSON at byte \(error.offset): \(error.reason)")
    }
  }
}

extension CanonicalJSON: Codable {
  /// Decodes the text from a string.
  public init(from decoder: any Decoder) throws {
    try self.init(decoder.singleValueContainer().decode(String.self))
  }

  /// Encodes the text as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
