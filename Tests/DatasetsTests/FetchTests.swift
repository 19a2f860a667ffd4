import Datasets
import Digests
import Foundation
import Synchronization
import Testing

@Suite(.timeLimit(.minutes(1)))
struct `A fetch` {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Fetches a sample and returns what happened.
  private func fetch(
    _ sample: Sample, from sources: [String]
  ) -> (fault: DataError?, events: [FetchEvent]) {
    var events: [FetchEvent] = []
    let fault = fault { () throws(DataError) in
      try folder.store.fetch(sample.file, of: .mnist, from: sources) { events.append($0) }
    }
    return (fault, events)
  }

  @Test(arguments: [DatasetFile.Compression.gzip, .none])
  func `puts a verified file in its place and leaves nothing else`(
    compression: DatasetFile.Compression
  ) throws {
    let sample = Sample(compression: compression)
    let server = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { server.stop() }
    let (fault, events) = fetch(sample, from: [server.source])
    #expect(fault == nil)
    #expect(events.last == .finished(file: "sample"))
    #expect(try folder.read("mnist/sample") == sample.wrapped)
    let left = try FileManager.default.contentsOfDirectory(
      atPath: folder.url.appendingPathComponent("mnist").path)
    #expect(left == ["sample"])
    #expect(server.requests == [.init(path: "/sample", offset: nil)])
  }

  @Test func `does not ask for a file that is intact`() throws {
    let sample = Sample()
    try folder.write(sample.wrapped, to: "mnist/sample")
    let (fault, events) = fetch(sample, from: ["http://127.0.0.1:1/"])
    #expect(fault == nil)
    #expect(events == [.kept(file: "sample")])
  }

  @Test func `replaces a damaged file only when the new one is whole`() throws {
    let sample = Sample()
    let damaged: [UInt8] = [1, 2, 3]
    try folder.write(damaged, to: "mnist/sample")
    let bad = try LoopbackServer { _, _ in .init(status: 500) }
    defer { bad.stop() }
    #expect(
      fetch(sample, from: [bad.source]).fault
        == .httpStatus(address: bad.source + "sample", status: 500))
    #expect(try folder.read("mnist/sample") == damaged)
    let good = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { good.stop() }
    #expect(fetch(sample, from: [good.source]).fault == nil)
    #expect(try folder.read("mnist/sample") == sample.wrapped)
  }

  @Test func `continues after a cut where the connection broke`() throws {
    let sample = Sample()
    var offsets: [Int?] = []
    // On a busy machine the break may be told before the bytes that came; then all is asked again.
    for _ in 0..<5 where offsets != [nil, 40_000] {
      try folder.write([1], to: "mnist/sample")
      let server = try LoopbackServer { request, index in
        .file(sample.wrapped, for: request, cutAfter: index == 0 ? 40_000 : nil)
      }
      defer { server.stop() }
      #expect(fetch(sample, from: [server.source]).fault == nil)
      #expect(try folder.read("mnist/sample") == sample.wrapped)
      offsets = server.requests.map(\.offset)
    }
    #expect(offsets == [nil, 40_000])
  }

  @Test func `continues what an earlier fetch left`() throws {
    let sample = Sample()
    try folder.write(Array(sample.wrapped.prefix(70_000)), to: "mnist/sample.part")
    let server = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { server.stop() }
    #expect(fetch(sample, from: [server.source]).fault == nil)
    #expect(server.requests.map(\.offset) == [70_000])
    #expect(try folder.read("mnist/sample") == sample.wrapped)
  }

  @Test func `keeps what came when the server gives up`() throws {
    let sample = Sample()
    let server = try LoopbackServer { request, index in
      index == 0 ? .file(sample.wrapped, for: request, cutAfter: 40_000) : .init(status: 503)
    }
    defer { server.stop() }
    let (fault, _) = fetch(sample, from: [server.source])
    #expect(fault == .httpStatus(address: server.source + "sample", status: 503))
    #expect(try folder.read("mnist/sample.part") == Array(sample.wrapped.prefix(40_000)))
    #expect(try folder.read("mnist/sample") == nil)
  }

  @Test func `publishes a part that is already whole without asking`() throws {
    let sample = Sample()
    try folder.write(sample.wrapped, to: "mnist/sample.part")
    #expect(fetch(sample, from: []).fault == nil)
    #expect(try folder.read("mnist/sample") == sample.wrapped)
    #expect(try folder.read("mnist/sample.part") == nil)
  }

  @Test func `starts again where a server ignores ranges`() throws {
    let sample = Sample()
    try folder.write([9, 9, 9], to: "mnist/sample.part")
    let server = try LoopbackServer { _, _ in .init(body: sample.wrapped) }
    defer { server.stop() }
    #expect(fetch(sample, from: [server.source]).fault == nil)
    #expect(try folder.read("mnist/sample") == sample.wrapped)
  }

  @Test(arguments: [50_000, 200_000])
  func `starts again when the part does not fit the file`(size: Int) throws {
    let sample = Sample()
    try folder.write([UInt8](repeating: 7, count: size), to: "mnist/sample.part")
    let server = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { server.stop() }
    #expect(fetch(sample, from: [server.source]).fault == nil)
    #expect(server.requests.map(\.offset) == [size, nil])
    #expect(try folder.read("mnist/sample") == sample.wrapped)
  }

  @Test func `refuses other content and names both digests`() throws {
    let sample = Sample()
    var other = sample.content
    other[77] ^= 1
    let body = Gzip.stored(other)
    let server = try LoopbackServer { _, _ in .init(body: body) }
    defer { server.stop() }
    let (fault, _) = fetch(sample, from: [server.source])
    guard case .tampered(.mnist, "sample", let found, let expected) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(expected == sample.file.digest)
    #expect(fault?.problem.contains(found.description) == true)
    #expect(fault?.problem.contains(expected.description) == true)
    #expect(try folder.read("mnist/sample") == nil)
    #expect(try folder.read("mnist/sample.part") == nil)
  }

  @Test func `stops a server that sends more than the file can be`() throws {
    let sample = Sample(size: 1000)
    let server = try LoopbackServer { _, _ in
      .init(body: [UInt8](repeating: 0, count: 10_000_000))
    }
    defer { server.stop() }
    #expect(
      fetch(sample, from: [server.source]).fault
        == .overlong(address: server.source + "sample", limit: sample.file.downloadLimit))
  }

  @Test func `goes on to the next source and remembers every fault`() throws {
    let sample = Sample()
    let missing = try LoopbackServer { _, _ in .init(status: 404, body: [1, 2, 3]) }
    defer { missing.stop() }
    let good = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { good.stop() }
    #expect(fetch(sample, from: [missing.source, good.source]).fault == nil)
    #expect(try folder.read("mnist/sample") == sample.wrapped)

    try folder.write([], to: "mnist/sample")
    let (fault, _) = fetch(sample, from: [missing.source, missing.source])
    let one = DataError.httpStatus(address: missing.source + "sample", status: 404)
    #expect(fault == .noSource(.mnist, file: "sample", faults: [one, one]))
  }

  @Test func `says clearly that no host can be reached`() throws {
    let address = "http://127.0.0.1:\(try LoopbackServer.unusedPort())/"
    let (fault, _) = fetch(Sample(), from: [address])
    guard case .noNetwork(address + "sample", _) = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
    #expect(fault?.problem.hasPrefix("\(address)sample cannot be reached: ") == true)
    #expect(fault?.remedy.hasPrefix("Connect to the network") == true)
  }

  @Test func `says so when a name is unknown`() throws {
    let (fault, _) = fetch(Sample(), from: ["http://replicate.invalid/"])
    guard case .noNetwork = fault else {
      Issue.record("\(String(describing: fault))")
      return
    }
  }

  @Test func `stops when the disk is full`() throws {
    let sample = Sample()
    try folder.write([], to: "mnist/other")
    let part = folder.url.appendingPathComponent("mnist/sample.part").path
    try FileManager.default.createSymbolicLink(
      atPath: part, withDestinationPath: "/dev/full")
    let server = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { server.stop() }
    #expect(fetch(sample, from: [server.source, server.source]).fault == .diskFull(path: part))
    #expect(server.requests.count == 1)
  }

  @Test func `stops when the folder is a file`() throws {
    try folder.write([], to: "mnist")
    guard case .unwritable = fetch(Sample(), from: []).fault else {
      Issue.record("a file was taken for a folder")
      return
    }
  }

  @Test func `leaves one whole file when many run at once`() throws {
    let sample = Sample(size: 300_000)
    let server = try LoopbackServer { request, _ in .file(sample.wrapped, for: request) }
    defer { server.stop() }
    let store = folder.store
    let source = server.source
    let faults = Mutex<[DataError]>([])
    DispatchQueue.concurrentPerform(iterations: 12) { _ in
      let found = fault { () throws(DataError) in
        try store.fetch(sample.file, of: .mnist, from: [source]) { _ in }
      }
      if let found { faults.withLock { $0.append(found) } }
    }
    let path = folder.url.appendingPathComponent("mnist/sample.part").path
    #expect(faults.withLock { $0 }.allSatisfy { $0 == .busy(path: path) })
    #expect(try folder.read("mnist/sample") == sample.wrapped)
    #expect(try folder.read("mnist/sample.part") == nil)
  }

  @Test func `leaves a file alone that another fetch is writing`() throws {
    try folder.write([1], to: "mnist/sample.part")
    let path = folder.url.appendingPathComponent("mnist/sample.part").path
    let descriptor = open(path, O_RDWR)
    defer { close(descriptor) }
    #expect(flock(descriptor, LOCK_EX) == 0)
    #expect(fetch(Sample(), from: []).fault == .busy(path: path))
  }
}
