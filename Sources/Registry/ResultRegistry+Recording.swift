public import Digests
internal import GRDB
internal import Provenance

extension ResultRegistry {
  /// Records that a run begins; recording it again changes nothing.
  public func begin(_ run: RunRecord) throws(RegistryError) {
    try write { try Self.insert(run, into: $0) }
  }

  /// Records trials and that a run uses them, in one transaction.
  ///
  /// The same execution recorded twice is one row. Another execution of the same identity is a row
  /// of its own: it shows that the bits are the same, or that they are not.
  ///
  /// - Parameters:
  ///   - trials: what was executed.
  ///   - reused: rows of earlier executions that the run uses.
  ///   - run: the run's id.
  ///   - moment: when it is recorded.
  ///   - waiting: whether to return only when the disk has them. Without it they survive the end
  ///     of the process, and the loss of power only after `flush`, `finish` or another call that
  ///     waits; meant for trials whose files are kept until then.
  /// - Returns: the row of each executed trial, in the order given.
  /// - Throws: when the registry cannot take them; none is recorded then.
  @discardableResult
  public func record(
    _ trials: [TrialRecord], reusing reused: [Int64] = [], in run: Digest,
    at moment: Timestamp = .now(), waiting: Bool = true
  ) throws(RegistryError) -> [Int64] {
    try write(waiting: waiting) { database in
      let rows = try trials.map { try Self.insert($0, at: moment, into: database) }
      try Self.link(rows + reused, to: run, in: database)
      return rows
    }
  }

  static func link(_ rows: [Int64], to run: Digest, in database: Database) throws {
    let link = try database.cachedStatement(
      sql: "INSERT OR IGNORE INTO run_trials (run, trial) VALUES (?, ?)")
    for row in rows { try link.execute(arguments: [run.description, row]) }
  }

  /// Records how a run ended with all its verdicts, in one transaction.
  ///
  /// - Parameters:
  ///   - run: the run's id.
  ///   - end: how it ended.
  ///   - claims: the claim versions that were judged.
  ///   - verdicts: one verdict a claim.
  /// - Throws: when the registry cannot take them; nothing is recorded then.
  public func finish(
    _ run: Digest, _ end: RunEnd, claims: [ClaimRecord] = [], verdicts: [VerdictRecord] = []
  ) throws(RegistryError) {
    guard Set(claims.map(\.digest)) == Set(verdicts.map(\.claim)), claims.count == verdicts.count
    else { throw .invalidRecord("every claim of a run needs exactly one verdict") }
    try write { database in
      try Self.insert(end, of: run, into: database)
      for claim in claims { try Self.insert(claim, into: database) }
      for verdict in verdicts { try Self.insert(verdict, in: run, into: database) }
    }
  }

  static func insert(_ run: RunRecord, into database: Database) throws {
    let environment = CanonicalJSON(run.environment.json)
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO environments (digest, processor, architecture, simd_level, cores,
          memory_bytes, system, kernel, toolchain, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        environment.digest.description, run.environment.processor, run.environment.architecture,
        run.environment.simdLevel, run.environment.cores, run.environment.memoryBytes,
        run.environment.system, run.environment.kernel, run.environment.toolchain,
        environment.text,
      ])
    let source = try insert(run.source, into: database)
    let seeds = try run.seeds.map { JSON(try seed($0)) }
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO runs (digest, paper, tier, started_at, commit_id, source, environment,
          paper_tree, core_tree, arguments, seeds, nonce)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run.id.description, run.paper, run.tier, run.startedAt.description, run.source.commit,
        source.description, environment.digest.description, run.paperTree?.description,
        run.coreTree?.description, JSON.array(run.arguments.map { .string($0) }).text,
        JSON.array(seeds).text, run.nonce,
      ])
  }

  private static func insert(_ source: SourceState, into database: Database) throws -> Digest {
    let diff = source.diff.map { (digest: Digest(of: $0), text: $0) }
    if let diff {
      try database.execute(
        sql: "INSERT OR IGNORE INTO blobs (digest, content) VALUES (?, ?)",
        arguments: [diff.digest.description, diff.text])
    }
    let digest = CanonicalJSON(source.json).digest
    var plain = source
    plain.diff = nil
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO sources (digest, commit_id, branch, is_clean, staged, modified,
          untracked, diff, document) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        digest.description, source.commit, source.branch, source.isClean,
        source.changes?.staged.count, source.changes?.modified.count,
        source.changes?.untracked.count, diff?.digest.description, plain.json.text,
      ])
    return digest
  }

  /// A seed as the integer that SQLite holds.
  private static func seed(_ seed: UInt64) throws -> Int64 {
    guard let value = Int64(exactly: seed) else {
      throw RegistryError.invalidRecord("seed \(seed) is larger than \(Int64.max)")
    }
    return value
  }

  static func insert(
    _ trial: TrialRecord, at moment: Timestamp, into database: Database
  ) throws -> Int64 {
    let digest = trial.digest.description
    let known = try database.cachedStatement(sql: "SELECT id FROM trials WHERE digest = ?")
    if let row = try Int64.fetchOne(known, arguments: [digest]) { return row }
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO trials (digest, identity, paper, setup, setup_digest, seed, status, outcome,
          outcome_digest, message, seconds, fresh, executed_in, recorded_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """)
    try insertion.execute(
      arguments: [
        digest, trial.identity.description, trial.paper, trial.setup.text,
        trial.setup.digest.description, try seed(trial.seed), trial.status.rawValue,
        trial.outcome?.text, trial.outcomeDigest?.description, trial.message, trial.seconds,
        trial.fresh, trial.executedIn.description, moment.description,
      ])
    let row = database.lastInsertedRowID
    guard let json = trial.outcome?.json else { return row }
    try insert(json.outcomeNumbers, of: row, into: database)
    return row
  }

  /// Many rows a statement: a long series costs little more than its text.
  private static func insert(
    _ numbers: [OutcomeNumber], of trial: Int64, into database: Database
  ) throws {
    let most = 64
    for start in stride(from: 0, to: numbers.count, by: most) {
      let part = numbers[start..<min(start + most, numbers.count)]
      let rows = Array(repeating: "(?, ?, ?, ?, ?)", count: part.count).joined(separator: ", ")
      let statement = try database.cachedStatement(
        sql: "INSERT INTO numbers (trial, position, key, value, text) VALUES \(rows)")
      var arguments: [DatabaseValue] = []
      arguments.reserveCapacity(part.count * 5)
      for (position, number) in zip(start..., part) {
        arguments.append(trial.databaseValue)
        arguments.append(position.databaseValue)
        arguments.append(number.key.databaseValue)
        arguments.append(number.value?.databaseValue ?? .null)
        arguments.append(number.text?.databaseValue ?? .null)
      }
      try statement.execute(arguments: StatementArguments(arguments))
    }
  }

  static func insert(_ end: RunEnd, of run: Digest, into database: Database) throws {
    let ended = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM run_ends WHERE run = ?)",
      arguments: [run.description])
    guard ended == false else {
      throw RegistryError.invalidRecord("run \(run.short) has ended before")
    }
    try database.execute(
      sql: """
        INSERT INTO run_ends (run, ended_at, status, verdict, outcome_digest, seconds, note)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        run.description, end.endedAt.description,
        end.verdict == nil ? "interrupted" : "finished", end.verdict?.rawValue,
        end.outcomeDigest?.description, end.seconds, end.note,
      ])
  }

  static func insert(_ claim: ClaimRecord, into database: Database) throws {
    try database.execute(
      sql: """
        INSERT OR IGNORE INTO claims (digest, paper, claim, tier, statement, place, declaration,
          reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        claim.digest.description, claim.paper, claim.claim, claim.tier, claim.statement,
        claim.place, claim.declaration.text, claim.reason,
      ])
  }

  static func insert(
    _ verdict: VerdictRecord, in run: Digest, into database: Database
  ) throws {
    let columns = VerdictColumns(verdict)
    try database.execute(
      sql: """
        INSERT INTO verdicts (run, claim, started_at, verdict, estimate, low, high, band_low,
          band_high, unit, n, reason, control_verdict, control_estimate, conditions, exact, file,
          line, edition)
        VALUES (?1, ?2, (SELECT started_at FROM runs WHERE digest = ?1),
          ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)
        """,
      arguments: [
        run.description, verdict.claim.description, verdict.verdict.rawValue, columns.estimate,
        columns.low, columns.high, columns.bandLow, columns.bandHigh, verdict.unit, verdict.n,
        verdict.reason, verdict.control?.verdict.rawValue, columns.controlEstimate,
        verdict.conditions.text, columns.exact, verdict.file, verdict.line, verdict.edition,
      ])
    let insertion = try database.cachedStatement(
      sql: """
        INSERT INTO seed_values (run, claim, condition, cell, seed, value, text)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """)
    var seen: Set<String> = []
    for item in verdict.seedValues {
      guard seen.insert("\(item.condition) \(item.seed) \(item.cell)").inserted else {
        throw RegistryError.invalidRecord(
          "seed \(item.seed) has two values in condition \(item.condition) \(item.cell)")
      }
      let column = NumberColumn(item.value)
      try insertion.execute(
        arguments: [
          run.description, verdict.claim.description, item.condition, item.cell,
          try seed(item.seed), column.value, column.text,
        ])
    }
  }
}
