internal import Digests
internal import GRDB
internal import Provenance

extension ResultRegistry {
  /// Reads a finished run with everything it used inside the caller's snapshot.
  func entry(of run: Digest, in database: Database) throws -> LedgerEntry {
    let id = run.description
    let (record, end) = (
      try self.record(of: id, in: database), try recorded(id, in: database).end
    )
    guard let end, end.verdict != nil else {
      throw RegistryError.invalidRecord("run \(run.short) did not finish")
    }
    return try LedgerEntry(
      run: record, end: end, claims: claims(of: id, in: database),
      verdicts: verdicts(of: id, in: database), trials: trials(of: id, in: database))
  }

  func record(of run: String, in database: Database) throws -> RunRecord {
    let record = try recorded(run, in: database).run
    // What was recorded makes the id; another one is a damaged file.
    guard record.id.description == run else {
      throw RegistryError.corrupt(path: path, reason: "run \(run) holds what makes another id")
    }
    return record
  }

  /// A run and its end; nil for the end of one that is under way or was killed.
  func recorded(
    _ run: String, in database: Database, _ documents: KnownDocuments = KnownDocuments()
  ) throws -> (run: RunRecord, end: RunEnd?) {
    let found = try database.rows(
      """
      SELECT \(RunRecord.columns), run_ends.ended_at, run_ends.verdict, run_ends.outcome_digest,
        run_ends.seconds, run_ends.note
      FROM runs JOIN sources ON sources.digest = runs.source
      JOIN environments ON environments.digest = runs.environment
      LEFT JOIN blobs ON blobs.digest = sources.diff
      LEFT JOIN run_ends ON run_ends.run = runs.digest
      WHERE runs.digest = ?
      """, [run], in: path
    ) { (run: try RunRecord(&$0, documents), end: try RunEnd(&$0)) }
    guard let found = found.first else { throw RegistryError.unknownRun(run) }
    return found
  }

  private func claims(of run: String, in database: Database) throws -> [ClaimRecord] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT claims.* FROM verdicts JOIN claims ON claims.digest = verdicts.claim
        WHERE verdicts.run = ?
        """, arguments: [run]
    ).map { try ClaimRecord($0, in: path) }
  }

  func verdicts(of run: String, in database: Database) throws -> [VerdictRecord] {
    var values: [String: [SeedValue]] = [:]
    let seeds = try Row.fetchAll(
      database, sql: "SELECT * FROM seed_values WHERE run = ?", arguments: [run])
    for row in seeds {
      let value = NumberColumn.recorded(value: row["value"], text: row["text"])
      values[row["claim"] as String, default: []].append(
        SeedValue(
          condition: row["condition"], cell: row["cell"],
          seed: try RowReader(row: row, path: path).seed("seed"), value: value))
    }
    return try Row.fetchAll(
      database, sql: "SELECT * FROM verdicts WHERE run = ?", arguments: [run]
    ).map { row in
      let reader = RowReader(row: row, path: path)
      let exact = row["exact"] == nil ? nil : try reader.json("exact").json
      let control = try reader.optionalVerdict("control_verdict").map {
        VerdictRecord.Control(
          verdict: $0,
          estimate: VerdictColumns.value(
            row["control_estimate"], "control_estimate", exact: exact))
      }
      return VerdictRecord(
        claim: try reader.digest("claim"), verdict: try reader.verdict("verdict"),
        estimate: VerdictColumns.value(row["estimate"], "estimate", exact: exact),
        interval: reader.interval("low", "high", exact: exact),
        band: reader.interval("band_low", "band_high", exact: exact), unit: row["unit"],
        n: row["n"], reason: row["reason"], control: control,
        conditions: try reader.json("conditions"), file: row["file"], line: row["line"],
        edition: row["edition"],
        seedValues: values[row["claim"] as String] ?? [])
    }
  }

  func trials(of run: String, in database: Database) throws -> [TrialRecord] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT trials.* FROM run_trials JOIN trials ON trials.id = run_trials.trial
        WHERE run_trials.run = ?
        """, arguments: [run]
    ).map { try StoredTrial($0, in: path).record }
  }
}
