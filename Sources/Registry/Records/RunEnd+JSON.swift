internal import Digests

extension RunEnd {
  /// The end of a finished run as the ledger writes it.
  var json: JSON {
    JSON(object: [
      ("endedAt", .string(endedAt.description)),
      ("verdict", verdict.map { .string($0.rawValue) }),
      ("outcomeDigest", outcomeDigest.map { .string($0.description) }),
      ("seconds", JSON(seconds)), ("note", note.map { .string($0) }),
    ])
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init(
      finishedAt: try reader["endedAt"].time(),
      verdict: try reader["verdict"].choice(of: RecordedVerdict.self),
      outcomeDigest: try reader["outcomeDigest"].digest(),
      seconds: try reader["seconds"].seconds(), note: try reader.optional("note")?.string())
    try reader.allow(["endedAt", "verdict", "outcomeDigest", "seconds", "note"])
  }
}
