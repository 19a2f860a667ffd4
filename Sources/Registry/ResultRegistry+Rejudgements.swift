public import Digests
internal import GRDB

/// A judgement made later from what a run recorded.
public struct Rejudgement: Hashable, Sendable {
  /// The run whose results were judged.
  public let run: Digest
  /// When it was judged again.
  public let judgedAt: Timestamp
  /// The commit of the declarations; nil when unknown.
  public let commit: String?
  /// Whether the tree equalled that commit; nil when unknown.
  public let isClean: Bool?
  /// The version of the claim.
  public let claim: ClaimRecord
  /// The verdict; its `claim` is the digest of the version.
  public let verdict: VerdictRecord

  /// States a later judgement.
  public init(
    run: Digest, judgedAt: Timestamp, commit: String?, isClean: Bool?, claim: ClaimRecord,
    verdict: VerdictRecord
  ) {
    self.run = run
    self.judgedAt = judgedAt
    self.commit = commit
    self.isClean = isClean
    self.claim = claim
    self.verdict = verdict
  }
}

extension ResultRegistry {
  /// Records later judgements, in one transaction; what is recorded already stays as it is.
  ///
  /// One version of a claim is judged once by each edition of the rules; the run's own verdict counts.
  ///
  /// - Parameter rejudgements: the judgements.
  /// - Returns: how many were new.
  /// - Throws: when the registry cannot take them; none is recorded then.
  @discardableResult
  public func record(_ rejudgements: [Rejudgement]) throws(RegistryError) -> Int {
    try write { database in
      try rejudgements.count { try Self.insert($0, into: database) }
    }
  }

  /// The later judgements of a paper's claims, oldest first.
  public func rejudgements(of paper: String) throws(RegistryError) -> [JudgementSummary] {
    try read { database in
      try database.rows(
        """
        SELECT \(JudgementSummary.columns), judged_at FROM v_claim_history
        WHERE paper = ?1 AND judged_at IS NOT NULL ORDER BY judged_at, edition, run, claim
        """, [paper], in: path
      ) { try JudgementSummary(&$0, isDated: true) }
    }
  }

  /// A judgement in full.
  ///
  /// - Parameters:
  ///   - run: the run that was judged.
  ///   - claim: the version of the claim.
  ///   - edition: the edition of the rules.
  /// - Returns: it as the judge wrote it; nil where there is none.
  /// - Throws: when the file cannot be read.
  public func judgement(
    of run: Digest, claim: Digest, edition: Int
  ) throws(RegistryError) -> CanonicalJSON? {
    try read { database in
      try Row.fetchOne(
        database,
        sql: """
          SELECT conditions FROM verdicts WHERE run = ?1 AND claim = ?2 AND edition = ?3
          UNION ALL
          SELECT conditions FROM rejudgements WHERE run = ?1 AND claim = ?2 AND edition = ?3
          """, arguments: [run.description, claim.description, edition]
      ).map { try RowReader(row: $0, path: self.path).json("conditions") }
    }
  }

  private static func insert(_ later: Rejudgement, into database: Database) throws -> Bool {
    let verdict = later.verdict
    guard later.claim.digest == verdict.claim else {
      throw RegistryError.invalidRecord(
        "the judgement of \(later.claim.claim) names another version of it")
    }
    let keys: StatementArguments = [
      later.run.description, verdict.claim.description, verdict.edition,
    ]
    let known = try Bool.fetchOne(
      database,
      sql: """
        SELECT EXISTS (SELECT 1 FROM verdicts WHERE run = ?1 AND claim = ?2 AND edition = ?3)
          OR EXISTS (SELECT 1 FROM rejudgements WHERE run = ?1 AND claim = ?2 AND edition = ?3)
        """, arguments: keys)
    if known == true { return false }
    try insert(later.claim, into: database)
    let columns = VerdictColumns(verdict)
    try database.execute(
      sql: """
        INSERT INTO rejudgements (run, claim, edition, judged_at, commit_id, is_clean, verdict,
          estimate, low, high, band_low, band_high, unit, n, reason, control_verdict,
          control_estimate, conditions, exact)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: keys + [
        later.judgedAt.description, later.commit, later.isClean, verdict.verdict.rawValue,
        columns.estimate, columns.low, columns.high, columns.bandLow, columns.bandHigh,
        verdict.unit, verdict.n, verdict.reason, verdict.control?.verdict.rawValue,
        columns.controlEstimate, verdict.conditions.text, columns.exact,
      ])
    return true
  }
}
