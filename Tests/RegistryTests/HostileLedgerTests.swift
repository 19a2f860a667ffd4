import Digests
import Foundation
import Registry
import Testing

struct `A ledger file` {
  let sandbox: Sandbox
  let run: RunRecord
  let text: String

  init() throws {
    sandbox = try Sandbox()
    let registry = try ResultRegistry()
    run = try Sample.finish(Sample.run(), in: registry)
    text = try registry.entry(of: run.id).text
  }

  private var file: URL { sandbox.ledger.file(of: run.id, paper: run.paper) }

  /// Imports a content under the run's name; gives the one reason for which it was left out.
  private func reason(for content: Data) throws -> String? {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    let registry = try ResultRegistry()
    let result = try registry.importLedger(sandbox.ledger)
    #expect(try registry.runs().count == result.imported.count)
    guard let refusal = result.refused.first else { return nil }
    guard case .badLedgerFile(let path, let reason) = refusal else {
      Issue.record("expected badLedgerFile, got \(refusal)")
      return nil
    }
    #expect(path == file.path)
    #expect(refusal.problem.contains(path))
    return reason
  }

  private func reason(replacing old: String, with new: String) throws -> String? {
    let changed = text.replacingOccurrences(of: old, with: new)
    try #require(changed != text, "\(old) does not occur")
    return try reason(for: Data(changed.utf8))
  }

  @Test func `is taken when nothing was changed`() throws {
    #expect(try reason(for: Data(text.utf8)) == nil)
  }

  @Test func `is refused wherever it is cut`() throws {
    let bytes = Data(text.utf8)
    for length in stride(from: 0, to: bytes.count - 1, by: 97) {
      #expect(try reason(for: bytes.prefix(length)) != nil, "cut at \(length)")
    }
  }

  @Test(arguments: [
    (#""seconds":1.5"#, #""seconds":1.25"#, "digest: the content"),
    (#""loss":0.5"#, #""loss":0.6"#, "outcomeDigest"),
    (#""estimate":0.5"#, #""estimate":0.50"#, "shortest spelling"),
    (#""estimate":0.5"#, #""estimate":1e999"#, "finite number"),
    (#""estimate":0.5"#, #""estimate":"0.5""#, "verdicts[0].estimate: expected a number"),
    (#""verdict":"pass""#, #""verdict":"passed""#, "known word"),
    (#""tier":"smoke""#, #""tier":"full""#, "digest"),
    (#""n":2"#, #""n":-2"#, "integer from 0"),
    (#""n":2"#, #""n":2.0"#, "integer from 0"),
    (#""n":2"#, #""n":99999999999999999999"#, "integer from 0"),
    (#""seed":1,"#, #""seed":18446744073709551615,"#, "integer from 0"),
    (#""seed":1,"#, #""seed":"1","#, "trials["),
    (#""atLeast":0.4"#, #""atLeast":0.1"#, "claims[0].digest"),
    (#""startedAt":"2023-11-14"#, #""startedAt":"2023-02-30"#, "a time in UTC"),
    (#""seconds":1.5"#, #""seconds":-1.5"#, "seconds from 0"),
    (#""seconds":1.5"#, #""seconds":"nan""#, "seconds from 0"),
    ("replicate.ledger/1", "replicate.ledger/2", "replicate.ledger/1, found"),
    (#""nonce":"1""#, #""nonce":"2""#, "id: the run's facts"),
    (#""unit":"nats""#, #""unit":"bits""#, "digest: the content"),
    (#""fresh":false"#, #""fresh":null"#, "true or false"),
    (#""unit":"nats""#, #""unit":"nats","extra":1"#, "no member 'extra'"),
    (#""unit":"nats""#, #""unit":"nats","unit":"nats""#, "occurs twice"),
    (#""reason":"The"#, #""other":"The"#, "a member 'reason'"),
    (#""status":"completed""#, #""status":"crashed""#, "a member 'message'"),
  ]) func `is refused when a fact was changed`(old: String, new: String, why: String) throws {
    let reason = try #require(try reason(replacing: old, with: new))
    #expect(reason.contains(why), "\(reason)")
  }

  @Test(arguments: ["", "null", "[]", "{}", "\u{0}\u{1}", "\"x\"", "{\"schema\":1}"])
  func `is refused when it is something else`(content: String) throws {
    #expect(try reason(for: Data(content.utf8)) != nil)
  }

  @Test func `is refused when it is not UTF-8`() throws {
    var bytes = Data(text.utf8)
    let index = try #require(text.utf8.firstIndex(of: UInt8(ascii: "T")))
    bytes[text.utf8.distance(from: text.utf8.startIndex, to: index)] = 0xFF
    #expect(try reason(for: bytes) != nil)
  }

  @Test func `is refused when it nests without end`() throws {
    #expect(try reason(for: Data(repeating: UInt8(ascii: "["), count: 1 << 20)) != nil)
  }

  @Test func `is refused under another run's name or another paper's folder`() throws {
    let registry = try ResultRegistry()
    let wrongName = sandbox.ledger.file(of: Digest(of: "other"), paper: run.paper)
    let wrongFolder = sandbox.ledger.file(of: run.id, paper: "roe2021-other")
    for place in [wrongName, wrongFolder] {
      try FileManager.default.createDirectory(
        at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: place)
    }
    let result = try registry.importLedger(sandbox.ledger)
    #expect(result.imported.isEmpty)
    #expect(result.refused.count == 2)
  }

  @Test func `is refused when it is a link or a folder`() throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    let elsewhere = sandbox.folder.appending(path: "elsewhere.json")
    try Data(text.utf8).write(to: elsewhere)
    try FileManager.default.createSymbolicLink(at: file, withDestinationURL: elsewhere)
    #expect(throws: RegistryError.self) { try sandbox.ledger.read(file) }
    try FileManager.default.removeItem(at: file)
    try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    #expect(throws: RegistryError.self) { try sandbox.ledger.read(file) }
  }

  @Test func `that is bad keeps no good one out`() throws {
    let good = try ResultRegistry()
    let other = try Sample.finish(Sample.run("2"), in: good)
    try good.export(other.id, to: sandbox.ledger)
    try good.export(Sample.finish(Sample.run("1"), in: good).id, to: sandbox.ledger)
    try Data("{".utf8).write(to: file)
    let result = try ResultRegistry().importLedger(sandbox.ledger)
    #expect(result.imported == [other.id])
    #expect(result.refused.count == 1)
  }

  @Test func `that differs from the recorded run is refused when it is verified`() throws {
    let registry = try ResultRegistry()
    try Sample.finish(Sample.run(), in: registry)
    var entry = try registry.entry(of: run.id)
    var end = entry.end
    end.seconds = 9
    entry = try LedgerEntry(
      run: entry.run, end: end, claims: entry.claims, verdicts: entry.verdicts,
      trials: entry.trials)
    try sandbox.ledger.write(entry)
    let result = try registry.importLedger(sandbox.ledger)
    #expect(result.imported.isEmpty)
    #expect(result.refused.first?.problem.contains("differs from the run") == true)
  }

  @Test func `is never taken for anything but what was written`() throws {
    let bytes = Array(text.utf8)
    let original = try LedgerEntry(parsing: bytes)
    for (index, byte) in bytes.enumerated() {
      for flipped in [byte ^ 1, byte ^ 0x20, byte ^ 0x80] {
        var changed = bytes
        changed[index] = flipped
        // Other white space between the parts is the same content.
        guard let entry = try? LedgerEntry(parsing: changed) else { continue }
        #expect(entry == original, "byte \(index) as \(flipped)")
      }
    }
  }
}
