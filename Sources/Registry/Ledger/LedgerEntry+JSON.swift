public import Digests

extension LedgerEntry {
  /// The file's text: canonical JSON with a line for each part, ending in a newline.
  public var text: String {
    let content = content
    let digest = Digest(of: content.text)
    guard case .object(let members) = content else { return content.text }
    return JSON(
      object: members.map { ($0.name, $0.value) } + [("digest", .string(digest.description))]
    ).text(breakingTo: 2)
  }

  /// The digest over everything that the file states.
  public var contentDigest: Digest { Digest(of: content.text) }

  private var content: JSON {
    JSON(object: [
      ("schema", .string(Self.schema)), ("id", .string(run.id.description)), ("run", run.json),
      ("end", end.json), ("claims", .array(claims.map(\.json))),
      ("verdicts", .array(verdicts.map(\.json))), ("trials", .array(trials.map(\.json))),
    ])
  }

  /// Reads a file's bytes and checks every statement in it that can be checked.
  public init(parsing bytes: [UInt8]) throws(RegistryError) {
    let json: JSON
    do throws(JSONFailure) {
      json = try JSON(parsing: bytes)
    } catch {
      throw .invalidRecord("not JSON at byte \(error.offset): \(error.reason)")
    }
    let reader = JSONReader(json)
    let stated: (content: Digest, id: Digest)
    do throws(JSONReader.Mismatch) {
      let schema = try reader["schema"].string()
      guard schema == Self.schema else {
        throw try reader["schema"].mismatch("\(Self.schema), found \(schema.prefix(40))")
      }
      try reader.allow(["schema", "digest", "id", "run", "end", "claims", "verdicts", "trials"])
      stated = (try reader["digest"].digest(), try reader["id"].digest())
      try self.init(reader)
    } catch {
      throw .invalidRecord(error.description)
    }
    guard run.id == stated.id else {
      throw .invalidRecord("id: the run's facts have the digest \(run.id.short)")
    }
    guard contentDigest == stated.content else {
      throw .invalidRecord("digest: the content has the digest \(contentDigest.short)")
    }
  }

  private init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    let run = try RunRecord(try reader["run"])
    let end = try RunEnd(try reader["end"])
    let claims = try reader["claims"].map { item throws(JSONReader.Mismatch) in
      try ClaimRecord(item)
    }
    let verdicts = try reader["verdicts"].map { item throws(JSONReader.Mismatch) in
      try VerdictRecord(item)
    }
    let trials = try reader["trials"].map { item throws(JSONReader.Mismatch) in
      try TrialRecord(item, paper: run.paper)
    }
    do throws(RegistryError) {
      try self.init(run: run, end: end, claims: claims, verdicts: verdicts, trials: trials)
    } catch {
      throw JSONReader.Mismatch(description: error.detail)
    }
  }
}

extension RegistryError {
  /// The reason alone of a record that is invalid.
  fileprivate var detail: String {
    if case .invalidRecord(let reason) = self { reason } else { problem }
  }
}
