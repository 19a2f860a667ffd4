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
  /// Its columns in the order in which it reads them, of runs joined with sources and ends.
  static let columns = """
    runs.digest, runs.paper, runs.tier, runs.started_at, run_ends.ended_at, run_ends.verdict,
    run_ends.outcome_digest, run_ends.seconds, runs.commit_id, sources.is_clean
    """

  init(_ reader: inout ColumnReader) throws {
    self.init(
      id: try reader.digest(), paper: reader.value(), tier: reader.value(),
      startedAt: try reader.time(), endedAt: try reader.optionalTime(),
      verdict: try reader.optionalVerdict(), outcomeDigest: try reader.optionalDigest(),
      seconds: reader.value(), commit: reader.value(), isClean: reader.value())
  }
}

extension JudgementSummary {
  /// Its columns in the order in which it reads them; the views name them so.
  static let columns = """
    run, paper, claim, claim_digest, tier, started_at, commit_id, is_clean, verdict, estimate,
    low, high, band_low, band_high, unit, n, reason, edition
    """

  /// Reads a judgement; `judged_at` stands last where it can have been made later.
  init(_ reader: inout ColumnReader, isDated: Bool) throws {
    self.init(
      run: try reader.digest(), paper: reader.value(), claim: reader.value(),
      version: try reader.digest(), tier: reader.value(), startedAt: try reader.time(),
      commit: reader.value(), isClean: reader.value(), verdict: try reader.verdict(),
      estimate: reader.value(), interval: reader.interval(), band: reader.interval(),
      unit: reader.value(), n: reader.value(), reason: reader.value(), edition: reader.value(),
      judgedAt: isDated ? try reader.optionalTime() : nil)
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
