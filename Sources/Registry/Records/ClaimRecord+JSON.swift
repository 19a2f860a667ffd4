internal import Digests

extension ClaimRecord {
  /// The claim as the ledger writes it.
  var json: JSON {
    JSON(object: [
      ("digest", .string(digest.description)), ("paper", .string(paper)),
      ("claim", .string(claim)), ("tier", .string(tier)), ("statement", .string(statement)),
      ("place", .string(place)), ("declaration", declaration.json),
      ("reason", reason.map { .string($0) }),
    ])
  }

  init(_ reader: JSONReader) throws(JSONReader.Mismatch) {
    self.init(
      paper: try reader["paper"].string(), claim: try reader["claim"].string(),
      tier: try reader["tier"].string(), statement: try reader["statement"].string(),
      place: try reader["place"].string(),
      declaration: CanonicalJSON(try reader["declaration"].json),
      reason: try reader.optional("reason")?.string())
    guard try reader["digest"].digest() == digest else {
      throw try reader["digest"].mismatch("the claim's digest \(digest.short)")
    }
    try reader.allow([
      "digest", "paper", "claim", "tier", "statement", "place", "declaration", "reason",
    ])
  }
}
