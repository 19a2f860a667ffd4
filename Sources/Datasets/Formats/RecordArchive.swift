private import CArchive
import Digests
import Foundation

/// Records of one size in the members of a tar archive, in parts whose own order means nothing.
///
/// Copies of a dataset may hold the same records in another order. The content is therefore
/// defined as the records of each part ordered by their SHA-256, so that every copy has the same.
public struct RecordArchive: Hashable, Sendable {
  /// The size of a record in bytes.
  public let recordSize: Int

  /// The parts, such as training and test: the paths of each one's members.
  public let parts: [[String]]

  /// Describes an archive.
  public init(recordSize: Int, parts: [[String]]) {
    self.recordSize = recordSize
    self.parts = parts
  }

  /// The content of an archive, compressed in any way that is known, of at most `limit` bytes.
  func read(
    at path: String, atMost limit: Int
  ) -> Result<DigestedContent, ContentReader.Fault> {
    switch members(at: path, atMost: limit) {
    case .failure(let fault): return .failure(fault)
    case .success(let members):
      var bytes: [UInt8] = []
      bytes.reserveCapacity(limit)
      for part in parts {
        var records: [(key: Digest, bytes: ArraySlice<UInt8>)] = []
        for name in part {
          guard let member = members[name] else {
            return .failure(.damaged("it has no member \(name)"))
          }
          guard member.count.isMultiple(of: recordSize) else {
            return .failure(
              .damaged("\(name) has \(member.count) bytes, not whole records of \(recordSize)"))
          }
          for start in stride(from: 0, to: member.count, by: recordSize) {
            let record = member[start..<start + recordSize]
            records.append((Digest(of: record), record))
          }
        }
        records.sort { $0.key < $1.key }
        for record in records { bytes += record.bytes }
      }
      return .success(DigestedContent(bytes: bytes, digest: Digest(of: bytes)))
    }
  }

  /// The wanted members, as long as they are no larger than the limit together.
  private func members(
    at path: String, atMost limit: Int
  ) -> Result<[String: [UInt8]], ContentReader.Fault> {
    guard FileManager.default.isReadableFile(atPath: path) else {
      return .failure(.unreadable("Permission denied"))
    }
    guard let archive = archive_read_new() else { return .failure(.damaged("no memory")) }
    defer { archive_read_free(archive) }
    func fault() -> ContentReader.Fault {
      .damaged(archive_error_string(archive).map { String(cString: $0) } ?? "unknown fault")
    }
    guard archive_read_support_filter_gzip(archive) == ARCHIVE_OK,
      archive_read_support_filter_xz(archive) == ARCHIVE_OK,
      archive_read_support_format_tar(archive) == ARCHIVE_OK,
      archive_read_open_filename(archive, path, 1 << 18) == ARCHIVE_OK
    else { return .failure(fault()) }
    let wanted = Set(parts.joined())
    var members: [String: [UInt8]] = [:]
    var room = limit
    while true {
      var entry: OpaquePointer?
      let code = archive_read_next_header(archive, &entry)
      if code == ARCHIVE_EOF { return .success(members) }
      guard code == ARCHIVE_OK, let name = archive_entry_pathname(entry) else {
        return .failure(fault())
      }
      let member = String(cString: name)
      // A member is announced with its size: one that is too large is refused before unpacking.
      let size = Int(archive_entry_size(entry))
      guard size <= (wanted.contains(member) ? room : limit) else {
        return .failure(.damaged("\(member) has \(size) bytes, too many"))
      }
      guard wanted.contains(member) else { continue }
      guard members[member] == nil else { return .failure(.damaged("it has two of \(member)")) }
      var failed = false
      let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
        while filled < size {
          let count = archive_read_data(
            archive, buffer.baseAddress.map { $0 + filled }, size - filled)
          guard count > 0 else {
            failed = true
            return
          }
          filled += count
        }
      }
      if failed { return .failure(fault()) }
      members[member] = bytes
      room -= size
    }
  }
}
