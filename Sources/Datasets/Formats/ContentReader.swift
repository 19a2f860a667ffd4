private import CArchive
package import Digests
import Foundation

/// Bytes together with their digest.
package struct DigestedContent: Sendable {
  /// The bytes.
  package let bytes: [UInt8]
  /// Their SHA-256.
  package let digest: Digest
}

/// Reads a file, decompressing it if need be, and never more of it than asked for.
package struct ContentReader {
  /// Why a content cannot be read.
  package enum Fault: Error, Hashable, Sendable {
    case unreadable(String)
    case damaged(String)
  }

  /// The file's path.
  package let path: String

  /// How the content is wrapped.
  package let compression: DatasetFile.Compression

  /// A reader of a file.
  package init(path: String, compression: DatasetFile.Compression) {
    self.path = path
    self.compression = compression
  }

  /// The first `limit` bytes of the content, or all of a shorter one.
  package func read(atMost limit: Int) -> Result<DigestedContent, Fault> {
    switch compression {
    case .none: readPlain(atMost: limit)
    case .gzip: readGzip(atMost: limit)
    case .archive(let archive): archive.read(at: path, atMost: limit)
    }
  }

  private func readPlain(atMost limit: Int) -> Result<DigestedContent, Fault> {
    guard let file = fopen(path, "rb") else { return .failure(.unreadable(lastError())) }
    defer { fclose(file) }
    return collect(atMost: limit) { target in
      let count = fread(target.baseAddress, 1, target.count, file)
      return count == 0 && ferror(file) != 0 ? .failure(.unreadable(lastError())) : .success(count)
    }
  }

  private func readGzip(atMost limit: Int) -> Result<DigestedContent, Fault> {
    if let fault = faultOfHeader() { return .failure(fault) }
    guard let archive = archive_read_new() else { return .failure(.damaged("no memory")) }
    defer { archive_read_free(archive) }
    var entry: OpaquePointer?
    guard archive_read_support_filter_gzip(archive) == ARCHIVE_OK,
      archive_read_support_format_raw(archive) == ARCHIVE_OK,
      archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK,
      archive_read_next_header(archive, &entry) == ARCHIVE_OK
    else { return .failure(.damaged(message(of: archive))) }
    return collect(atMost: limit) { target in
      let count = archive_read_data(archive, target.baseAddress, target.count)
      return count < 0 ? .failure(.damaged(message(of: archive))) : .success(count)
    }
  }

  /// What the first bytes say against a gzip file; without this a stray text would be read as is.
  private func faultOfHeader() -> Fault? {
    guard let file = fopen(path, "rb") else { return .unreadable(lastError()) }
    defer { fclose(file) }
    var magic: [UInt8] = [0, 0]
    let count = fread(&magic, 1, 2, file)
    if count < 2 && ferror(file) != 0 { return .unreadable(lastError()) }
    if count < 2 || magic != [0x1f, 0x8b] { return .damaged("it is not a gzip file") }
    return nil
  }

  /// Gathers pieces until the limit or the end, digesting each while it is in the cache.
  private func collect(
    atMost limit: Int, next: (UnsafeMutableRawBufferPointer) -> Result<Int, Fault>
  ) -> Result<DigestedContent, Fault> {
    var builder = DigestBuilder()
    var fault: Fault?
    let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
      let whole = UnsafeMutableRawBufferPointer(buffer)
      while filled < limit {
        let room = UnsafeMutableRawBufferPointer(
          rebasing: whole[filled..<Swift.min(filled + Self.piece, limit)])
        switch next(room) {
        case .failure(let found):
          fault = found
          return
        case .success(0): return
        case .success(let count):
          builder.update(UnsafeRawBufferPointer(rebasing: whole[filled..<filled + count]))
          filled += count
        }
      }
    }
    if let fault { return .failure(fault) }
    return .success(DigestedContent(bytes: bytes, digest: builder.finish()))
  }

  private static let piece = 1 << 18

  private func lastError() -> String { String(cString: strerror(errno)) }

  private func message(of archive: OpaquePointer) -> String {
    archive_error_string(archive).map { String(cString: $0) } ?? "unknown fault"
  }
}
