import Datasets
import Digests
import Foundation
import Testing

struct `An archive of records` {
  /// Records of four bytes in two parts.
  private static let archive = RecordArchive(recordSize: 4, parts: [["a/1", "a/2"], ["a/test"]])
  private static let records: [[UInt8]] = (0..<6).map { [$0, 7, 7, $0] }
  private static let content: [UInt8] = [records[..<4], records[4...]].flatMap { part in
    part.sorted { Digest(of: $0) < Digest(of: $1) }.flatMap { $0 }
  }
  private static let file = DatasetFile(
    "sample.tar.gz", or: ["sample.tar"], .archive(archive), contentSize: 24,
    Digest(of: content).description)

  /// The content of an archive that lies on disk, or the fault.
  private func content(
    of members: [(String, [UInt8])], named name: String = "sample.tar.gz",
    wrapping: ([UInt8]) -> [UInt8] = Gzip.stored
  ) throws -> (bytes: [UInt8]?, fault: DataError?) {
    let folder = try TemporaryFolder()
    try folder.write(wrapping(Tar.archive(members)), to: "mnist/\(name)")
    do throws(DataError) {
      return (try folder.store.contents(of: Self.file, in: .mnist), nil)
    } catch {
      return (nil, error)
    }
  }

  private func member(_ name: String, _ indices: Int...) -> (String, [UInt8]) {
    (name, indices.flatMap { Self.records[$0] })
  }

  @Test func `has one content, however its records are ordered and cut`() throws {
    let plain = [member("a/1", 0, 1), member("a/2", 2, 3), member("a/test", 4, 5)]
    #expect(try content(of: plain).bytes == Self.content)
    let shuffled = [
      ("a/notes", [1, 2, 3]), member("a/test", 5, 4), member("a/2", 0), member("a/1", 3, 1, 2),
      ("a/more", [UInt8](repeating: 0, count: 20)),
    ]
    #expect(try content(of: shuffled).bytes == Self.content)
  }

  @Test func `may lie under another name, wrapped otherwise`() throws {
    let plain = [member("a/1", 0, 1), member("a/2", 2, 3), member("a/test", 4, 5)]
    #expect(try content(of: plain, named: "sample.tar", wrapping: { $0 }).bytes == Self.content)
  }

  @Test func `does not mix its parts`() throws {
    let mixed = [member("a/1", 0, 1), member("a/2", 2, 4), member("a/test", 3, 5)]
    guard case .tampered = try content(of: mixed).fault else {
      Issue.record("a record moved from one part to the other")
      return
    }
  }

  @Test func `that lacks a member, has it twice or cuts a record is refused`() throws {
    func reason(_ members: [(String, [UInt8])]) throws -> String? {
      guard case .damaged(_, _, let reason) = try content(of: members).fault else { return nil }
      return reason
    }
    #expect(
      try reason([member("a/1", 0, 1), member("a/2", 2, 3)]) == "it has no member a/test")
    #expect(
      try reason([member("a/1", 0), member("a/1", 1), member("a/2", 2), member("a/test", 4)])
        == "it has two of a/1")
    #expect(
      try reason([member("a/1", 0, 1), ("a/2", [1, 2, 3]), member("a/test", 4, 5)])
        == "a/2 has 3 bytes, not whole records of 4")
    #expect(
      try reason([("a/1", [UInt8](repeating: 0, count: 4096))])
        == "a/1 has 4096 bytes, too many")
  }

  @Test(arguments: [1, 100, 511, 513, 1100])
  func `that ends early is refused`(count: Int) throws {
    let plain = [member("a/1", 0, 1), member("a/2", 2, 3), member("a/test", 4, 5)]
    let found = try content(of: plain) { Gzip.stored(Array($0.prefix(count))) }.fault
    guard case .damaged = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }

  @Test func `that is no archive is refused`() throws {
    let found = try content(of: []) { _ in Array("<html>404</html>".utf8) }.fault
    guard case .damaged = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }
}

/// Makes tar archives by hand, so that the tests need no archiver.
private enum Tar {
  static func archive(_ members: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var result: [UInt8] = []
    for (name, bytes) in members {
      result += header(name, size: bytes.count) + bytes
      result += [UInt8](repeating: 0, count: (512 - bytes.count % 512) % 512)
    }
    return result + [UInt8](repeating: 0, count: 1024)
  }

  /// A ustar header of a plain file: octal numbers, and a checksum taken with blanks in its place.
  private static func header(_ name: String, size: Int) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: 512)
    func put(_ text: String, at offset: Int) {
      for (index, byte) in text.utf8.enumerated() { block[offset + index] = byte }
    }
    func octal(_ number: Int, digits: Int) -> String {
      let text = String(number, radix: 8)
      return String(repeating: "0", count: digits - text.count) + text
    }
    put(name, at: 0)
    put("0000644", at: 100)
    put("0000000", at: 108)
    put("0000000", at: 116)
    put(octal(size, digits: 11), at: 124)
    put(octal(0, digits: 11), at: 136)
    put("        ", at: 148)
    put("0", at: 156)
    put("ustar\u{0}00", at: 257)
    put(octal(block.reduce(0) { $0 + Int($1) }, digits: 6) + "\u{0} ", at: 148)
    return block
  }
}
