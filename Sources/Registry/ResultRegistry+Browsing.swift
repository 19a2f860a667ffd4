public import Digests
internal import GRDB

extension ResultRegistry {
  /// Keeps more of the file in memory: for whoever reads all of it.
  public func keepInMemory(megabytes: Int) throws(RegistryError) {
    try read { try $0.execute(sql: "PRAGMA cache_size = \(-1024 * megabytes)") }
  }

  /// A number that changes when another connection changes the file.
  public func version() throws(RegistryError) -> Int {
    try read { try Int.fetchOne($0, sql: "PRAGMA data_version") ?? 0 }
  }

  /// How many judgements of each paper were made later from what its runs recorded.
  public func rejudgementCounts() throws(RegistryError) -> [String: Int] {
    try read { database in
      let rows = try Row.fetchAll(
        database,
        sql: """
          SELECT runs.paper AS paper, count(*) AS judgements
          FROM rejudgements JOIN runs ON runs.digest = rejudgements.run GROUP BY runs.paper
          """)
      return Dictionary(
        uniqueKeysWithValues: rows.map { ($0["paper"] as String, $0["judgements"] as Int) })
    }
  }

  /// Everything about some runs but the outcomes of their trials, in the order asked for.
  public func details(of runs: [Digest]) throws(RegistryError) -> [RunDetail] {
    try read { database in try runs.map { try self.detail(of: $0, in: database) } }
  }

  private func detail(of run: Digest, in database: Database) throws -> RunDetail {
    let id = run.description
    let judged = try database.cachedStatement(
      sql: "SELECT * FROM v_claim_history WHERE run = ? ORDER BY claim, judged_at")
    let controls = try database.cachedStatement(
      sql: """
        SELECT claim, control_verdict, control_estimate, exact FROM verdicts
        WHERE run = ? AND control_verdict IS NOT NULL
        """)
    let reader = RowReader(row: try row(of: id, in: database), path: path)
    let judgements = try Row.fetchAll(judged, arguments: [id]).map {
      try JudgementSummary($0, in: self.path)
    }
    return RunDetail(
      run: try RunRecord(reader), end: try RunEnd(reader),
      judgements: judgements.filter { $0.judgedAt == nil },
      rejudgements: judgements.filter { $0.judgedAt != nil },
      controls: try Dictionary(
        uniqueKeysWithValues: Row.fetchAll(controls, arguments: [id]).map {
          try RowReader(row: $0, path: self.path).control
        }),
      trials: try trialLines(of: id, in: database))
  }

  private func trialLines(of run: String, in database: Database) throws -> [TrialLine] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT trials.identity, trials.setup, trials.seed, trials.status, trials.outcome_digest,
          trials.message, trials.seconds, trials.executed_in
        FROM run_trials JOIN trials ON trials.id = run_trials.trial
        WHERE run_trials.run = ? ORDER BY trials.setup, trials.seed, trials.id
        """)
    return try Row.fetchAll(statement, arguments: [run]).map { row in
      let reader = RowReader(row: row, path: path)
      guard let status = TrialRecord.Status(rawValue: row["status"]) else {
        throw reader.damage("status")
      }
      return TrialLine(
        identity: try reader.digest("identity"), setup: row["setup"],
        seed: try reader.seed("seed"), status: status,
        outcomeDigest: try reader.optionalDigest("outcome_digest"), message: row["message"],
        seconds: row["seconds"], executedIn: try reader.digest("executed_in"))
    }
  }

  /// The runs that are known to be in a ledger.
  public func ledgerRuns() throws(RegistryError) -> Set<Digest> {
    try read { database in
      try Set(
        String.fetchAll(database, sql: "SELECT run FROM ledger_files").compactMap(Digest.init))
    }
  }
}

extension RunEnd {
  /// The end in a row of runs and their ends; nil where the run has none.
  fileprivate init?(_ reader: RowReader) throws {
    guard let endedAt = try reader.optionalTime("ended_at") else { return nil }
    let seconds: Double = reader.row["seconds"]
    let note: String? = reader.row["note"]
    if let verdict = try reader.optionalVerdict("verdict"),
      let outcome = try reader.optionalDigest("outcome_digest")
    {
      self.init(
        finishedAt: endedAt, verdict: verdict, outcomeDigest: outcome, seconds: seconds, note: note)
    } else {
      self.init(interruptedAt: endedAt, seconds: seconds, note: note ?? "")
    }
  }
}

extension RowReader {
  /// A claim version and what its control gave.
  fileprivate var control: (Digest, VerdictRecord.Control) {
    get throws {
      let exact = row["exact"] == nil ? nil : try json("exact").json
      return (
        try digest("claim"),
        VerdictRecord.Control(
          verdict: try verdict("control_verdict"),
          estimate: VerdictColumns.value(row["control_estimate"], "control_estimate", exact: exact))
      )
    }
  }
}
