internal import Digests
internal import GRDB
internal import Provenance

extension ResultRegistry {
  /// Reads a finished run with everything it used inside the caller's snapshot.
  func entry(of run: Digest, in database: Database) throws -> LedgerEntry {
    let id = run.description
    let row = try row(of: id, in: database)
    let reader = RowReader(row: row, path: path)
    guard let verdict = try reader.optionalVerdict("verdict"),
      let outcome = try reader.optionalDigest("outcome_digest")
    else { throw RegistryError.invalidRecord("run \(run.short) did not finish") }
    let end = RunEnd(
      finishedAt: try reader.time("ended_at"), verdict: verdict, outcomeDigest: outcome,
      seconds: row["seconds"], note: row["note"])
    return try LedgerEntry(
      run: record(of: id, in: database), end: end, claims: claims(of: id, in: database),
      verdicts: verdicts(of: id, in: database), trials: trials(of: id, in: database))
  }

  func record(of run: String, in database: Database) throws -> RunRecord {
    let reader = RowReader(row: try row(of: run, in: database), path: path)
    let record = try RunRecord(reader)
    guard record.id.description == run else { throw reader.damage("digest") }
    return record
  }

  /// A run's row, joined with its source, environment and end.
  func row(of run: String, in database: Database) throws -> Row {
    let statement = try database.cachedStatement(
      sql: """
        SELECT runs.*, sources.document AS source_document, blobs.content AS diff_text,
          environments.document AS environment_document, run_ends.ended_at, run_ends.verdict,
          run_ends.outcome_digest, run_ends.seconds, run_ends.note
        FROM runs JOIN sources ON sources.digest = runs.source
        JOIN environments ON environments.digest = runs.environment
        LEFT JOIN blobs ON blobs.digest = sources.diff
        LEFT JOIN run_ends ON run_ends.run = runs.digest
        WHERE runs.digest = ?
        """)
    guard let row = try Row.fetchOne(statement, arguments: [run]) else {
      throw RegistryError.unknownRun(run)
    }
    return row
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

extension RunRecord {
  /// Reads a run's row, joined with its source and environment.
  init(_ reader: RowReader) throws {
    let row = reader.row
    do {
      var source = try SourceState(JSONReader(reader.json("source_document").json))
      source.diff = row["diff_text"]
      self.init(
        paper: row["paper"], tier: row["tier"], startedAt: try reader.time("started_at"),
        source: source, paperTree: try reader.optionalDigest("paper_tree"),
        coreTree: try reader.optionalDigest("core_tree"),
        environment: try ExecutionEnvironment(
          JSONReader(reader.json("environment_document").json)),
        arguments: try JSONReader(reader.json("arguments").json).strings(),
        seeds: try JSONReader(reader.json("seeds").json).map { item throws(JSONReader.Mismatch) in
          try item.seed()
        }, nonce: row["nonce"])
    } catch let mismatch as JSONReader.Mismatch {
      throw RegistryError.corrupt(path: reader.path, reason: mismatch.description)
    }
  }
}
