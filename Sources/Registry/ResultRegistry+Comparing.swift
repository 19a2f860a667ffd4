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
}
