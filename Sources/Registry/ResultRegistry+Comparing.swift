internal import GRDB

extension ResultRegistry {
  /// Every finished run at a tier that judged all claims at the declared seeds, youngest first.
  ///
  /// - Parameter tier: the tier.
  /// - Returns: one line a run.
  /// - Throws: when the file cannot be read.
  public func completeRuns(at tier: String) throws(RegistryError) -> [RunSummary] {
    try read { database in
      try database.rows(
        """
        SELECT \(RunSummary.columns)
        FROM runs JOIN sources ON sources.digest = runs.source
        JOIN run_ends ON run_ends.run = runs.digest AND run_ends.status = 'finished'
        WHERE runs.tier = ?1
          AND runs.arguments NOT LIKE '%"--claim"%' AND runs.arguments NOT LIKE '%"--seeds"%'
        ORDER BY runs.started_at DESC, runs.digest DESC
        """, [tier], in: path
      ) { try RunSummary(&$0) }
    }
  }

  /// How many claims passed in each of the last finished runs that judged all at the declared
  /// seeds, oldest first.
  ///
  /// - Parameters:
  ///   - paper: the paper's id.
  ///   - tier: the tier.
  ///   - most: the most runs.
  /// - Returns: a count a run, by the run's own judgement.
  /// - Throws: when the file cannot be read.
  public func passes(
    of paper: String, at tier: String, most: Int
  ) throws(RegistryError) -> [Int] {
    try read { database in
      try Int.fetchAll(
        database,
        sql: """
          SELECT (
            SELECT count(*) FROM verdicts INDEXED BY verdicts_in_brief
            WHERE verdicts.run = last.digest AND verdicts.verdict = 'pass')
          FROM (
            SELECT runs.digest, runs.started_at
            FROM runs JOIN run_ends ON run_ends.run = runs.digest AND run_ends.status = 'finished'
            WHERE runs.paper = ?1 AND runs.tier = ?2
              AND runs.arguments NOT LIKE '%"--claim"%' AND runs.arguments NOT LIKE '%"--seeds"%'
            ORDER BY runs.started_at DESC, runs.digest DESC LIMIT ?3) AS last
          ORDER BY last.started_at, last.digest
          """, arguments: [paper, tier, most])
    }
  }
}
