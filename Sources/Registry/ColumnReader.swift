internal import Digests
internal import GRDB

/// Reads the columns of a row one after the other, by their number.
///
/// For queries that give many rows: finding a column by its name takes longer than reading it. The
/// order of the columns in the query is the order of the reading.
struct ColumnReader {
  let row: Row
  let path: String
  let known: KnownTexts
  private var index = 0

  init(_ row: Row, in path: String, _ known: KnownTexts) {
    (self.row, self.path, self.known) = (row, path, known)
  }

  /// The next column as it is.
  mutating func value<Value: DatabaseValueConvertible & StatementColumnConvertible>() -> Value {
    defer { index += 1 }
    return row[index]
  }

  /// Passes over some columns.
  mutating func skip(_ count: Int) { index += count }

  mutating func digest() throws -> Digest {
    guard let digest = try optionalDigest() else { throw damage() }
    return digest
  }

  mutating func optionalDigest() throws -> Digest? {
    guard let text: String = value() else { return nil }
    guard let digest = known.digest(text) else { throw damage() }
    return digest
  }

  mutating func time() throws -> Timestamp {
    guard let time = try optionalTime() else { throw damage() }
    return time
  }

  mutating func optionalTime() throws -> Timestamp? {
    guard let text: String = value() else { return nil }
    guard let time = known.time(text) else { throw damage() }
    return time
  }

  mutating func verdict() throws -> RecordedVerdict {
    guard let verdict = try optionalVerdict() else { throw damage() }
    return verdict
  }

  mutating func optionalVerdict() throws -> RecordedVerdict? {
    guard let text: String = value() else { return nil }
    guard let verdict = RecordedVerdict(rawValue: text) else { throw damage() }
    return verdict
  }

  mutating func seed() throws -> UInt64 {
    guard let seed = UInt64(exactly: value() as Int64) else { throw damage() }
    return seed
  }

  mutating func json() throws -> CanonicalJSON {
    guard let text: String = value() else { throw damage() }
    do throws(RegistryError) {
      return try CanonicalJSON(text)
    } catch {
      throw damage()
    }
  }

  mutating func optionalJSON() throws -> JSON? {
    guard row.hasNull(atIndex: index) else { return try json().json }
    skip(1)
    return nil
  }

  /// Two columns as an interval; nil where one of them is empty.
  mutating func interval() -> VerdictRecord.Interval? {
    let (low, high): (Double?, Double?) = (value(), value())
    guard let low, let high else { return nil }
    return VerdictRecord.Interval(low: low, high: high)
  }

  /// That the column read last holds something else than it must.
  func damage() -> RegistryError {
    RegistryError(damaged: row, at: max(0, index - 1), path: path)
  }
}

/// Digests and times that were read lately, so that a text that returns is not parsed again.
final class KnownTexts {
  private var digests: [String: Digest] = [:]
  private var last: (text: String, time: Timestamp)?

  /// The most digests that are kept.
  private static let most = 4096

  func digest(_ text: String) -> Digest? {
    if let digest = digests[text] { return digest }
    guard let digest = Digest(text) else { return nil }
    if digests.count >= Self.most { digests.removeAll(keepingCapacity: true) }
    digests[text] = digest
    return digest
  }

  func time(_ text: String) -> Timestamp? {
    if let last, last.text == text { return last.time }
    guard let time = Timestamp(text) else { return nil }
    last = (text, time)
    return time
  }
}

extension RegistryError {
  /// A recorded value that does not fit its column.
  init(damaged row: Row, at index: Int, path: String) {
    let value: DatabaseValue = row[index]
    let name = Array(row.columnNames)[index]
    self = .corrupt(path: path, reason: "column \(name) holds \("\(value)".prefix(80))")
  }
}

extension Database {
  /// The rows of a query, each read before the next is fetched, with a statement that is kept.
  func rows<Element>(
    _ sql: String, _ arguments: StatementArguments = [], in path: String,
    known: KnownTexts = KnownTexts(), _ read: (inout ColumnReader) throws -> Element
  ) throws -> [Element] {
    let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
    var elements: [Element] = []
    while let row = try cursor.next() {
      var reader = ColumnReader(row, in: path, known)
      elements.append(try read(&reader))
    }
    return elements
  }
}
