public import Digests

/// One file of a dataset and what its content must be.
public struct DatasetFile: Hashable, Sendable {
  /// How the content is wrapped on disk.
  public enum Compression: Hashable, Sendable {
    /// As it is.
    case none
    /// As one gzip file.
    case gzip
    /// As records in the members of a tar archive, itself compressed or not.
    case archive(RecordArchive)
  }

  /// The file's name, both in the data folder and at the sources.
  public let name: String

  /// Names under which the same content may lie in the data folder instead, wrapped otherwise.
  public let otherNames: [String]

  /// How the content is wrapped.
  public let compression: Compression

  /// The size of the content in bytes, after decompression.
  public let contentSize: Int

  /// The SHA-256 of the content, after decompression.
  public let digest: Digest

  /// The largest download that can be this file: the content plus room for a wrapping.
  public var downloadLimit: Int { contentSize + contentSize / 8 + 65_536 }

  /// Describes a file.
  ///
  /// - Precondition: `digest` is 64 hexadecimal characters.
  public init(
    _ name: String, or otherNames: [String] = [], _ compression: Compression, contentSize: Int,
    _ digest: String
  ) {
    guard let digest = Digest(digest) else {
      preconditionFailure("DatasetFile: '\(digest)' is not a SHA-256 digest")
    }
    self.name = name
    self.otherNames = otherNames
    self.compression = compression
    self.contentSize = contentSize
    self.digest = digest
  }
}
