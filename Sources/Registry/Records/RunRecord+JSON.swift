internal import Digests
internal import Provenance

extension RunRecord {
  /// The facts that make the run's id.
  static func facts(
    paper: String, tier: String, startedAt: Timestamp, source: SourceState, paperTree: Digest?,
    coreTree: Digest?, environment: ExecutionEnvironment, arguments: [String], seeds: [UInt64],
    nonce: String
  ) -> JSON {
    JSON(object: [
      ("paper", .string(paper)), ("tier", .string(tier)),
      ("startedAt", .string(startedAt.description)), ("source", source.json),
      ("paperTree", paperTree.map { .string($0.description) }),
      ("coreTree", coreTree.map { .string($0.description) }),
      ("environment", environment.json), ("arguments", .array(arguments.map { .string($0) })),
      ("seeds", .array(seeds.map { JSON($0) })), ("nonce", .string(nonce)),
    ])
  }

  var json: JSON {
    Self.facts(
      paper: paper, tier: tier, startedAt: startedAt, source: source, paperTree: paperTree,
      coreTree: coreTree, environment: environment, arguments: arguments, seeds: seeds,
      nonce: nonce)
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init(
      paper: try reader["paper"].string(), tier: try reader["tier"].string(),
      startedAt: try reader["startedAt"].time(), source: try SourceState(try reader["source"]),
      paperTree: try reader.optional("paperTree")?.digest(),
      coreTree: try reader.optional("coreTree")?.digest(),
      environment: try ExecutionEnvironment(try reader["environment"]),
      arguments: try reader["arguments"].strings(),
      seeds: try reader["seeds"].map { item throws(JSONReader.Mismatch) in try item.seed() },
      nonce: try reader["nonce"].string())
  }
}

extension SourceState {
  var json: JSON {
    JSON(object: [
      ("commit", commit.map { .string($0) }), ("branch", branch.map { .string($0) }),
      ("remote", remote.map { .string($0) }), ("isDetached", .bool(isDetached)),
      ("isUnborn", .bool(isUnborn)), ("isShallow", .bool(isShallow)),
      ("isBare", .bool(isBare)), ("isLinkedWorktree", .bool(isLinkedWorktree)),
      ("operation", operation.map { .string($0) }), ("changes", changes?.json),
      ("diff", diff.map { .string($0) }),
      (
        "unknowns",
        .array(
          unknowns.map {
            JSON(object: [("what", .string($0.what)), ("why", .string($0.why))])
          })
      ),
    ])
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init()
    commit = try reader.optional("commit")?.string()
    branch = try reader.optional("branch")?.string()
    remote = try reader.optional("remote")?.string()
    isDetached = try reader["isDetached"].bool()
    isUnborn = try reader["isUnborn"].bool()
    isShallow = try reader["isShallow"].bool()
    isBare = try reader["isBare"].bool()
    isLinkedWorktree = try reader["isLinkedWorktree"].bool()
    operation = try reader.optional("operation")?.string()
    if let item = try reader.optional("changes") { changes = try Changes(item) }
    diff = try reader.optional("diff")?.string()
    unknowns = try reader["unknowns"].map { item throws(JSONReader.Mismatch) in
      Unknown(try item["what"].string(), because: try item["why"].string())
    }
    try reader.allow([
      "commit", "branch", "remote", "isDetached", "isUnborn", "isShallow", "isBare",
      "isLinkedWorktree", "operation", "changes", "diff", "unknowns",
    ])
  }
}

extension SourceState.Changes {
  fileprivate var json: JSON {
    JSON(object: [
      ("staged", Self.json(staged)), ("modified", Self.json(modified)),
      ("untracked", Self.json(untracked)), ("conflicted", Self.json(conflicted)),
    ])
  }

  fileprivate init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init()
    staged = try Self.paths(try reader["staged"])
    modified = try Self.paths(try reader["modified"])
    untracked = try Self.paths(try reader["untracked"])
    conflicted = try Self.paths(try reader["conflicted"])
    try reader.allow(["staged", "modified", "untracked", "conflicted"])
  }

  private static func json(_ paths: SourceState.Paths) -> JSON {
    JSON(object: [
      ("count", JSON(paths.count)), ("listed", .array(paths.listed.map { .string($0) })),
    ])
  }

  private static func paths(
    _ reader: JSONReader
  ) throws(JSONReader.Mismatch) -> SourceState.Paths {
    let count = try reader["count"].int()
    guard let paths = SourceState.Paths(count: count, listed: try reader["listed"].strings())
    else { throw reader.mismatch("as many paths as are counted") }
    return paths
  }
}

extension ExecutionEnvironment {
  var json: JSON {
    JSON(object: [
      ("processor", .string(processor)), ("architecture", .string(architecture)),
      ("simdLevel", .string(simdLevel)), ("simdLevels", .array(simdLevels.map { .string($0) })),
      ("cores", JSON(cores)), ("memoryBytes", JSON(memoryBytes)), ("system", .string(system)),
      ("kernel", .string(kernel)), ("toolchain", .string(toolchain)),
    ])
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init(
      processor: try reader["processor"].string(),
      architecture: try reader["architecture"].string(),
      simdLevel: try reader["simdLevel"].string(),
      simdLevels: try reader["simdLevels"].strings(),
      cores: try reader["cores"].int(), memoryBytes: try reader["memoryBytes"].int(),
      system: try reader["system"].string(), kernel: try reader["kernel"].string(),
      toolchain: try reader["toolchain"].string())
    try reader.allow([
      "processor", "architecture", "simdLevel", "simdLevels", "cores", "memoryBytes", "system",
      "kernel", "toolchain",
    ])
  }
}
