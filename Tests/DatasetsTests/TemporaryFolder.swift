import Datasets
import Digests
import Foundation

/// A folder that lives as long as this object.
final class TemporaryFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "replicate-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  var store: DataStore { DataStore(root: url) }

  /// Writes a file below the folder, making the folders on the way.
  func write(_ bytes: [UInt8], to path: String) throws {
    let place = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: place)
  }

  /// The bytes of a file, nil when there is none.
  func read(_ path: String) throws -> [UInt8]? {
    do {
      return [UInt8](try Data(contentsOf: url.appendingPathComponent(path)))
    } catch CocoaError.fileReadNoSuchFile {
      return nil
    }
  }
}

/// A dataset file made for a test, with the content it should have.
struct Sample {
  let content: [UInt8]
  let file: DatasetFile

  init(size: Int = 100_000, compression: DatasetFile.Compression = .gzip) {
    content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 2_654_435_761 >> 13) }
    file = DatasetFile(
      "sample", compression, contentSize: size, Digest(of: content).description)
  }

  /// The file as it lies on disk or on a server.
  var wrapped: [UInt8] { file.compression == .gzip ? Gzip.stored(content) : content }
}

/// The fault a piece of work ends in, nil when it succeeds.
func fault(of work: () throws(DataError) -> Void) -> DataError? {
  do throws(DataError) {
    try work()
    return nil
  } catch {
    return error
  }
}
