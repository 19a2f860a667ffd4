import Datasets
import Digests
import Foundation
import Testing

struct `A data store` {
  @Test func `is where the option says, before all else`() {
    let store = DataStore(
      option: "/a", environment: ["REPLICATE_DATA": "/b", "XDG_CACHE_HOME": "/c", "HOME": "/d"])
    #expect(store.root.path == "/a")
  }

  @Test(arguments: [
    (["REPLICATE_DATA": "/b", "XDG_CACHE_HOME": "/c", "HOME": "/d"], "/b"),
    (["REPLICATE_DATA": "", "XDG_CACHE_HOME": "/c", "HOME": "/d"], "/c/replicate/data"),
    (["XDG_CACHE_HOME": "c", "HOME": "/d"], "/d/.cache/replicate/data"),
    (["XDG_CACHE_HOME": "", "HOME": "/d"], "/d/.cache/replicate/data"),
    (["HOME": "/d"], "/d/.cache/replicate/data"),
  ])
  func `is found by the environment in order`(environment: [String: String], path: String) {
    #expect(DataStore(option: nil, environment: environment).root.path == path)
    #expect(DataStore(option: "", environment: environment).root.path == path)
  }

  @Test func `names the missing files, the folder and the command that gets them`() throws {
    let folder = try TemporaryFolder()
    let store = DataStore(option: folder.url.path, environment: [:])
    #expect(
      store.status(of: .optdigits) == .absent(missing: ["optdigits.tra", "optdigits.tes"]))
    let found = fault { () throws(DataError) in _ = try MNIST(from: store) }
    #expect(
      found?.problem
        == "mnist: train-images-idx3-ubyte.gz is not in \(folder.url.path)/mnist")
    #expect(
      found?.remedy
        == """
        Run `replicate data fetch mnist`, or point --data or $REPLICATE_DATA at a folder that \
        has mnist/.
        """)
  }

  @Test func `finds an incomplete dataset absent and a damaged one corrupt`() throws {
    let folder = try TemporaryFolder()
    try folder.write([1], to: "optdigits/optdigits.tra")
    #expect(folder.store.status(of: .optdigits) == .absent(missing: ["optdigits.tes"]))
    try folder.write([1], to: "optdigits/optdigits.tes")
    #expect(
      folder.store.status(of: .optdigits)
        == .corrupt(
          .truncated(.optdigits, file: "optdigits.tra", size: 1, expected: 563_639)))
  }

  @Test(.enabled(if: geteuid() != 0, "the super-user may read every file"))
  func `says why a file cannot be read`() throws {
    let folder = try TemporaryFolder()
    let sample = Sample()
    try folder.write(sample.wrapped, to: "mnist/sample")
    let path = folder.url.appendingPathComponent("mnist/sample").path
    chmod(path, 0)
    #expect(
      fault { () throws(DataError) in _ = try folder.store.contents(of: sample.file, in: .mnist) }
        == .unreadable(path: path, reason: "Permission denied"))
  }

  @Test func `does not take a folder for a file`() throws {
    let folder = try TemporaryFolder()
    try folder.write([], to: "mnist/sample/inside")
    let found = fault { () throws(DataError) in
      _ = try folder.store.contents(of: Sample().file, in: .mnist)
    }
    guard case .unreadable = found else {
      Issue.record("\(String(describing: found))")
      return
    }
  }
}

struct `A file's content` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// The content of a sample of which these bytes lie on disk, or the fault.
  private func content(
    of sample: Sample, on disk: [UInt8]
  ) throws -> (bytes: [UInt8]?, fault: DataError?) {
    try folder.write(disk, to: "mnist/sample")
    do throws(DataError) {
      return (try folder.store.contents(of: sample.file, in: .mnist), nil)
    } catch {
      return (nil, error)
    }
  }

  @Test(arguments: [DatasetFile.Compression.gzip, .none], [1, 1000, 262_144, 262_145, 1_000_000])
  func `is what was wrapped`(compression: DatasetFile.Compression, size: Int) throws {
    let sample = Sample(size: size, compression: compression)
    #expect(try content(of: sample, on: sample.wrapped).bytes == sample.content)
  }

  @Test func `does not depend on how gzip cut it`() throws {
    let sample = Sample()
    let joined =
      Gzip.stored(Array(sample.content[..<999])) + Gzip.stored(Array(sample.content[999...]))
    #expect(try content(of: sample, on: joined).bytes == sample.content)
  }

  @Test func `with one other bit is refused with both digests`() throws {
    let sample = Sample()
    var other = sample.content
    other[5] ^= 128
    let found = try content(of: sample, on: Gzip.stored(other)).fault
    #expect(
      found
        == .tampered(
          .mnist, file: "sample", found: Digest(of: other), expected: sample.file.digest))
    #expect(
      found?.problem
        == """
        mnist: the content of sample has SHA-256 \(Digest(of: other)), \
        expected \(sample.file.digest)
        """)
  }

  @Test func `that ends early is refused`() throws {
    let sample = Sample(size: 1000)
    #expect(
      try content(of: sample, on: Gzip.stored(Array(sample.content.dropLast()))).fault
        == .truncated(.mnist, file: "sample", size: 999, expected: 1000))
  }

  @Test(arguments: [1, 2, 5, 9, 10, 12, 500, 99_000])
  func `of a gzip file that ends early is refused`(count: Int) throws {
    let sample = Sample()
    let found = try content(of: sample, on: Array(sample.wrapped.prefix(count))).fault
    switch found {
    case .damaged(.mnist, "sample", _), .truncated(.mnist, "sample", _, _): break
    default: Issue.record("\(String(describing: found))")
    }
  }

  @Test func `that goes on is refused`() throws {
    let sample = Sample(size: 1000)
    #expect(
      try content(of: sample, on: Gzip.stored(sample.content + [0])).fault
        == .oversized(.mnist, file: "sample", limit: 1000))
  }

  @Test(arguments: [[], Array("<html>404</html>".utf8), [0x1f]])
  func `that is no gzip file is refused`(bytes: [UInt8]) throws {
    #expect(
      try content(of: Sample(), on: bytes).fault
        == .damaged(.mnist, file: "sample", reason: "it is not a gzip file"))
  }

  @Test func `of gzip garbage is refused`() throws {
    let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]
    let garbage = header + (0..<5000).map { UInt8($0 % 253) }
    switch try content(of: Sample(), on: garbage).fault {
    case .damaged(.mnist, "sample", _), .truncated(.mnist, "sample", _, _): break
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  @Test func `of a gzip bomb is refused without being unpacked`() throws {
    // 2 GB of zeros: were they unpacked, the digest alone would take seconds.
    #expect(
      try content(of: Sample(size: 1000), on: Gzip.bomb(size: 2_000_000_000)).fault
        == .oversized(.mnist, file: "sample", limit: 1000))
  }
}
