public import Digests
internal import GRDB
internal import Provenance

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
    let (known, documents) = (KnownTexts(), KnownDocuments())
    return try read { database in
      try runs.map { try self.detail(of: $0, in: database, known, documents) }
    }
  }

  private func detail(
    of run: Digest, in database: Database, _ known: KnownTexts, _ documents: KnownDocuments
  ) throws -> RunDetail {
    let id = run.description
    let (record, end) = try recorded(id, in: database, documents)
    var controls: [Digest: VerdictRecord.Control] = [:]
    let judgements = try database.rows(
      """
      SELECT verdicts.run, claims.paper, claims.claim, verdicts.claim, claims.tier,
        verdicts.started_at, ?2, ?3, verdicts.verdict, verdicts.estimate, verdicts.low,
        verdicts.high, verdicts.band_low, verdicts.band_high, verdicts.unit, verdicts.n,
        verdicts.reason, verdicts.edition,
        verdicts.control_verdict, verdicts.control_estimate, verdicts.exact
      FROM verdicts INDEXED BY verdicts_in_brief JOIN claims ON claims.digest = verdicts.claim
      WHERE verdicts.run = ?1 ORDER BY claims.claim
      """, [id, record.source.commit, record.source.isClean], in: path, known: known
    ) { reader in
      let judgement = try JudgementSummary(&reader, isDated: false)
      if let control = try VerdictRecord.Control(&reader) {
        controls[judgement.version] = control
      }
      return judgement
    }
    let later = try database.rows(
      """
      SELECT later.run, claims.paper, claims.claim, later.claim, claims.tier, ?2, later.commit_id,
        later.is_clean, later.verdict, later.estimate, later.low, later.high, later.band_low,
        later.band_high, later.unit, later.n, later.reason, later.edition, later.judged_at
      FROM rejudgements AS later JOIN claims ON claims.digest = later.claim
      WHERE later.run = ?1 ORDER BY claims.claim, later.judged_at
      """, [id, record.startedAt.description], in: path, known: known
    ) { try JudgementSummary(&$0, isDated: true) }
    return RunDetail(
      run: record, end: end, judgements: end == nil ? [] : judgements,
      rejudgements: end == nil ? [] : later, controls: controls,
      trials: try trialLines(of: id, in: database, known))
  }

  private func trialLines(
    of run: String, in database: Database, _ known: KnownTexts
  ) throws -> [TrialLine] {
    try database.rows(
      """
      SELECT trials.identity, trials.setup, trials.seed, trials.status, trials.outcome_digest,
        trials.message, trials.seconds, trials.executed_in
      FROM run_trials JOIN trials ON trials.id = run_trials.trial
      WHERE run_trials.run = ? ORDER BY trials.setup, trials.seed, trials.id
      """, [run], in: path, known: known
    ) { reader in
      TrialLine(
        identity: try reader.digest(), setup: reader.value(), seed: try reader.seed(),
        status: try reader.status(), outcomeDigest: try reader.optionalDigest(),
        message: reader.value(), seconds: reader.value(), executedIn: try reader.digest())
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

extension ColumnReader {
  fileprivate mutating func status() throws -> TrialRecord.Status {
    guard let status = TrialRecord.Status(rawValue: value()) else { throw damage() }
    return status
  }
}

extension VerdictRecord.Control {
  /// What a control gave; nil where the claim has none.
  fileprivate init?(_ reader: inout ColumnReader) throws {
    let verdict = try reader.optionalVerdict()
    let estimate: Double? = reader.value()
    let exact = try reader.optionalJSON()
    guard let verdict else { return nil }
    self.init(
      verdict: verdict,
      estimate: VerdictColumns.value(estimate, "control_estimate", exact: exact))
  }
}
