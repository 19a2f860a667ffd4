import Foundation

extension DataStore {
  /// The decompressed content of a file, checked against its size and SHA-256.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - name: The dataset it belongs to.
  /// - Returns: Exactly the published bytes.
  /// - Throws: ``DataError`` when it is absent, unreadable, damaged or not the published content.
  public func contents(of file: DatasetFile, in name: DatasetName) throws(DataError) -> [UInt8] {
    try Self.contents(at: place(of: file, in: name).path, of: file, in: name)
  }

  /// Whether a dataset is there and intact, found by reading all of it.
  public func status(of name: DatasetName) -> DatasetStatus {
    let missing = name.files.filter {
      !FileManager.default.fileExists(atPath: place(of: $0, in: name).path)
    }
    if !missing.isEmpty { return .absent(missing: missing.map(\.name)) }
    for file in name.files {
      do throws(DataError) {
        _ = try contents(of: file, in: name)
      } catch {
        return .corrupt(error)
      }
    }
    return .present
  }

  /// The checked content of a file that may lie under another name.
  static func contents(
    at path: String, of file: DatasetFile, in name: DatasetName
  ) throws(DataError) -> [UInt8] {
    guard FileManager.default.fileExists(atPath: path) else {
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      throw .absent(name, file: file.name, folder: folder)
    }
    let reader = ContentReader(path: path, compression: file.compression)
    // Room for one byte too many tells a longer content from an exact one; nothing beyond is read,
    // so a compression bomb costs no more than the file itself.
    let content: DigestedContent
    switch reader.read(atMost: file.contentSize + 1) {
    case .success(let value): content = value
    case .failure(.unreadable(let reason)): throw .unreadable(path: path, reason: reason)
    case .failure(.damaged(let reason)): throw .damaged(name, file: file.name, reason: reason)
    }
    let bytes = content.bytes
    if bytes.count > file.contentSize {
      throw .oversized(name, file: file.name, limit: file.contentSize)
    }
    if bytes.count < file.contentSize {
      throw .truncated(
        name, file: file.name, size: bytes.count, expected: file.contentSize)
    }
    if content.digest != file.digest {
      throw .tampered(name, file: file.name, found: content.digest, expected: file.digest)
    }
    return bytes
  }
}
