internal import Digests

extension VerdictRecord {
  /// The verdict as the ledger writes it.
  var json: JSON {
    JSON(object: [
      ("claim", .string(claim.description)), ("verdict", .string(verdict.rawValue)),
      ("estimate", estimate.map { JSON($0) }), ("interval", interval?.json),
      ("band", band?.json), ("unit", .string(unit)), ("n", JSON(n)),
      ("reason", .string(reason)), ("control", control?.json), ("conditions", conditions.json),
      ("file", file.map { .string($0) }), ("line", line.map { JSON($0) }),
      // The first edition is what a ledger means that names none.
      ("edition", edition == 1 ? nil : JSON(edition)),
      ("seedValues", .array(seedValues.map(\.json))),
    ])
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init(
      claim: try reader["claim"].digest(),
      verdict: try reader["verdict"].choice(of: RecordedVerdict.self),
      estimate: try reader.optional("estimate")?.double(),
      interval: try reader.interval("interval"), band: try reader.interval("band"),
      unit: try reader["unit"].string(), n: try reader["n"].int(),
      reason: try reader["reason"].string(), control: try reader.control("control"),
      conditions: CanonicalJSON(try reader["conditions"].json),
      file: try reader.optional("file")?.string(), line: try reader.optional("line")?.int(),
      edition: try reader.optional("edition")?.int() ?? 1,
      seedValues: try reader["seedValues"].map { item throws(JSONReader.Mismatch) in
        try SeedValue(item)
      })
    try reader.allow([
      "claim", "verdict", "estimate", "interval", "band", "unit", "n", "reason", "control",
      "conditions", "file", "line", "edition", "seedValues",
    ])
  }
}

extension VerdictRecord.Interval {
  fileprivate var json: JSON { .array([JSON(low), JSON(high)]) }
}

extension VerdictRecord.Control {
  fileprivate var json: JSON {
    JSON(object: [
      ("verdict", .string(verdict.rawValue)), ("estimate", estimate.map { JSON($0) }),
    ])
  }
}

extension JSONReader {
  fileprivate func interval(_ name: String) throws(Mismatch) -> VerdictRecord.Interval? {
    guard let member = try optional(name) else { return nil }
    let ends = try member.map { item throws(Mismatch) in try item.double() }
    guard ends.count == 2 else { throw member.mismatch("two ends") }
    return VerdictRecord.Interval(low: ends[0], high: ends[1])
  }

  fileprivate func control(_ name: String) throws(Mismatch) -> VerdictRecord.Control? {
    guard let member = try optional(name) else { return nil }
    try member.allow(["verdict", "estimate"])
    return VerdictRecord.Control(
      verdict: try member["verdict"].choice(of: RecordedVerdict.self),
      estimate: try member.optional("estimate")?.double())
  }
}

extension SeedValue {
  /// The value as the ledger writes it: condition, cell, seed, value.
  fileprivate var json: JSON {
    let recorded: JSON =
      switch value {
      case .number(let number): JSON(number)
      case .word(let word): .string(word)
      }
    return .array([JSON(condition), .string(cell), JSON(seed), recorded])
  }

  fileprivate init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    let parts = try reader.map { item in item }
    guard parts.count == 4 else { throw reader.mismatch("condition, cell, seed and value") }
    let value: RecordedValue =
      switch parts[3].json {
      case .string(let word) where !["nan", "inf", "-inf"].contains(word): .word(word)
      default: .number(try parts[3].double())
      }
    self.init(
      condition: try parts[0].int(), cell: try parts[1].string(), seed: try parts[2].seed(),
      value: value)
  }
}
