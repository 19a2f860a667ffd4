public import Digests
internal import GRDB

extension ResultRegistry {
  /// Runs, youngest first.
  ///
  /// - Parameters:
  ///   - paper: only this paper's; all when nil.
  ///   - limit: the most rows; all when nil.
  /// - Returns: one line a run.
  /// - Throws: when the file cannot be read.
  public func runs(
    of paper: String? = nil, limit: Int? = nil
  ) throws(RegistryError) -> [RunSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(Self.runColumns)
          FROM runs JOIN sources ON sources.digest = runs.source
          LEFT JOIN run_ends ON run_ends.run = runs.digest
          WHERE (?1 IS NULL OR runs.paper = ?1)
          ORDER BY runs.started_at DESC, runs.digest LIMIT ?2
          """,
        arguments: [paper, limit ?? -1]
      ).map { try RunSummary($0, in: self.path) }
    }
  }

  /// The youngest finished run of each paper at each tier, of those that judged all its claims at
  /// the declared seeds.
  public func latestRuns() throws(RegistryError) -> [RunSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT \(Self.runColumns)
          FROM (SELECT DISTINCT paper, tier FROM runs) AS named
          CROSS JOIN runs ON runs.digest = (
            SELECT last.digest FROM runs AS last
            JOIN run_ends AS ended ON ended.run = last.digest AND ended.status = 'finished'
            WHERE last.paper = named.paper AND last.tier = named.tier
              AND last.arguments NOT LIKE '%"--claim"%' AND last.arguments NOT LIKE '%"--seeds"%'
            ORDER BY last.started_at DESC, last.digest DESC LIMIT 1)
          JOIN sources ON sources.digest = runs.source
          JOIN run_ends ON run_ends.run = runs.digest
          ORDER BY runs.paper, runs.tier
          """
      ).map { try RunSummary($0, in: self.path) }
    }
  }

  /// The youngest judgement of each claim at each tier.
  public func latestVerdicts(
    of paper: String? = nil
  ) throws(RegistryError) -> [JudgementSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT *, NULL AS judged_at FROM v_latest_verdicts WHERE (?1 IS NULL OR paper = ?1)
          ORDER BY paper, claim, tier
          """,
        arguments: [paper]
      ).map { try JudgementSummary($0, in: self.path) }
    }
  }

  /// Every judgement of a paper or of one of its claims, oldest first.
  ///
  /// - Parameters:
  ///   - paper: the paper's id.
  ///   - claim: only this claim's; all when nil.
  /// - Returns: one line a judgement.
  /// - Throws: when the file cannot be read.
  public func history(
    of paper: String, claim: String? = nil
  ) throws(RegistryError) -> [JudgementSummary] {
    try read { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT * FROM v_claim_history WHERE paper = ?1 AND (?2 IS NULL OR claim = ?2)
          ORDER BY started_at, run, judged_at IS NOT NULL, judged_at, claim, edition
          """,
        arguments: [paper, claim]
      ).map { try JudgementSummary($0, in: self.path) }
    }
  }

  /// Every recorded version of a paper's claims, in no particular order.
  public func claimVersions(of paper: String) throws(RegistryError) -> [ClaimRecord] {
    try read { database in
      try Row.fetchAll(database, sql: "SELECT * FROM claims WHERE paper = ?", arguments: [paper])
        .map { try ClaimRecord($0, in: self.path) }
    }
  }

  /// The one run whose id starts with a text of at least four characters.
  public func run(startingWith prefix: String) throws(RegistryError) -> Digest {
    let prefix = prefix.lowercased()
    guard prefix.utf8.count >= 4, prefix.utf8.count <= 64,
      prefix.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { throw .unknownRun(prefix) }
    let found = try read { database in
      try String.fetchAll(
        database,
        sql: "SELECT digest FROM runs WHERE digest >= ?1 AND digest < ?1 || 'g' LIMIT 4",
        arguments: [prefix])
    }
    guard let first = found.first else { throw .unknownRun(prefix) }
    guard found.count == 1 else {
      throw .ambiguousRun(prefix, candidates: found.map { String($0.prefix(16)) })
    }
    guard let digest = Digest(first) else {
      throw .corrupt(path: path, reason: "run '\(first)' has no digest for an id")
    }
    return digest
  }

  /// The trials of a run, executed in it or taken over from an earlier one.
  public func trials(of run: Digest) throws(RegistryError) -> [TrialRecord] {
    try read { database in try trials(of: run.description, in: database) }
  }

  /// The earliest completed execution of each identity that has one.
  public func completedTrials(
    _ identities: [Digest]
  ) throws(RegistryError) -> [Digest: StoredTrial] {
    try read { database in
      let statement = try database.cachedStatement(
        sql: """
          SELECT * FROM trials WHERE identity = ? AND status = 'completed' ORDER BY id LIMIT 1
          """)
      var found: [Digest: StoredTrial] = [:]
      for identity in identities where found[identity] == nil {
        let row = try Row.fetchOne(statement, arguments: [identity.description])
        found[identity] = try row.map { try StoredTrial($0, in: self.path) }
      }
      return found
    }
  }

  /// Identities whose executions gave different outcomes.
  public func irreproducibleIdentities() throws(RegistryError) -> [Digest] {
    try read { database in
      try String.fetchAll(database, sql: "SELECT identity FROM v_irreproducible ORDER BY 1")
        .compactMap { Digest($0) }
    }
  }

  /// Checks the file's structure and references; empty when it is sound.
  public func integrityProblems() throws(RegistryError) -> [String] {
    try read { database in
      let structure = try String.fetchAll(database, sql: "PRAGMA integrity_check")
      let references = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map {
        "\($0[0] as String) refers to a missing row of \($0[2] as String)"
      }
      return structure.filter { $0 != "ok" } + references
    }
  }

  static let runColumns = """
    runs.digest, runs.paper, runs.tier, runs.started_at, run_ends.ended_at, run_ends.verdict,
    run_ends.outcome_digest, run_ends.seconds, runs.commit_id, sources.is_clean
    """
}
