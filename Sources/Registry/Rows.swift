internal import Digests
internal import GRDB

/// Reads recorded texts back into types; a text that does not fit means a damaged file.
struct RowReader {
  let row: Row
  let path: String

  func digest(_ column: String) throws -> Digest {
    guard let digest = try optionalDigest(column) else { throw damage(column) }
    return digest
  }

  func optionalDigest(_ column: String) throws -> Digest? {
    guard let text: String = row[column] else { return nil }
    guard let digest = Digest(text) else { throw damage(column) }
    return digest
  }

  func time(_ column: String) throws -> Timestamp {
    guard let time = try optionalTime(column) else { throw damage(column) }
    return time
  }

  func optionalTime(_ column: String) throws -> Timestamp? {
    guard let text: String = row[column] else { return nil }
    guard let time = Timestamp(text) else { throw damage(column) }
    return time
  }

  func verdict(_ column: String) throws -> RecordedVerdict {
    guard let verdict = try optionalVerdict(column) else { throw damage(column) }
    return verdict
  }

  func optionalVerdict(_ column: String) throws -> RecordedVerdict? {
    guard let text: String = row[column] else { return nil }
    guard let verdict = RecordedVerdict(rawValue: text) else { throw damage(column) }
    return verdict
  }

  func seed(_ column: String) throws -> UInt64 {
    guard let seed = UInt64(exactly: row[column] as Int64) else { throw damage(column) }
    return seed
  }

  func interval(_ low: String, _ high: String, exact: JSON? = nil) -> VerdictRecord.Interval? {
    let ends = (
      VerdictColumns.value(row[low], low, exact: exact),
      VerdictColumns.value(row[high], high, exact: exact)
    )
    guard case (let low?, let high?) = ends else { return nil }
    return VerdictRecord.Interval(low: low, high: high)
  }

  func json(_ column: String) throws -> CanonicalJSON {
    guard let text: String = row[column] else { throw damage(column) }
    do throws(RegistryError) {
      return try CanonicalJSON(text)
    } catch {
      throw damage(column)
    }
  }

  func damage(_ column: String) -> RegistryError {
    let value: DatabaseValue = row[column]
    return .corrupt(path: path, reason: "column \(column) holds \("\(value)".prefix(80))")
  }
}

extension RunSummary {
  init(_ row: Row, in path: String) throws {
    let reader = RowReader(row: row, path: path)
    self.init(
      id: try reader.digest("digest"), paper: row["paper"], tier: row["tier"],
      startedAt: try reader.time("started_at"), endedAt: try reader.optionalTime("ended_at"),
      verdict: try reader.optionalVerdict("verdict"),
      outcomeDigest: try reader.optionalDigest("outcome_digest"), seconds: row["seconds"],
      commit: row["commit_id"], isClean: row["is_clean"])
  }
}

extension JudgementSummary {
  init(_ row: Row, in path: String) throws {
    let reader = RowReader(row: row, path: path)
    self.init(
      run: try reader.digest("run"), paper: row["paper"], claim: row["claim"],
      version: try reader.digest("claim_digest"), tier: row["tier"],
      startedAt: try reader.time("started_at"), commit: row["commit_id"],
      isClean: row["is_clean"], verdict: try reader.verdict("verdict"),
      estimate: row["estimate"], interval: reader.interval("low", "high"),
      band: reader.interval("band_low", "band_high"), unit: row["unit"], n: row["n"],
      reason: row["reason"], edition: row["edition"],
      judgedAt: try reader.optionalTime("judged_at"))
  }
}

extension ClaimRecord {
  init(_ row: Row, in path: String) throws {
    self.init(
      paper: row["paper"], claim: row["claim"], tier: row["tier"], statement: row["statement"],
      place: row["place"], declaration: try RowReader(row: row, path: path).json("declaration"),
      reason: row["reason"])
  }
}

extension StoredTrial {
  init(_ row: Row, in path: String) throws {
    let reader = RowReader(row: row, path: path)
    guard let status = TrialRecord.Status(rawValue: row["status"]) else {
      throw reader.damage("status")
    }
    let setup = try reader.json("setup")
    let record: TrialRecord
    if status == .completed {
      record = TrialRecord(
        identity: try reader.digest("identity"), paper: row["paper"], setup: setup,
        seed: try reader.seed("seed"), outcome: try reader.json("outcome"),
        seconds: row["seconds"], fresh: row["fresh"],
        executedIn: try reader.digest("executed_in"))
      guard record.outcomeDigest == (try reader.digest("outcome_digest")) else {
        throw reader.damage("outcome_digest")
      }
    } else {
      guard let message: String = row["message"] else {
        throw reader.damage("message")
      }
      record = TrialRecord(
        identity: try reader.digest("identity"), paper: row["paper"], setup: setup,
        seed: try reader.seed("seed"), failing: status, message: message,
        seconds: row["seconds"], fresh: row["fresh"],
        executedIn: try reader.digest("executed_in"))
    }
    self.init(id: row["id"], record: record, recordedAt: try reader.time("recorded_at"))
  }
}
