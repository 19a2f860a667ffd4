internal import Digests

extension TrialRecord {
  /// The identity of this execution: recording it twice is recording it once.
  var digest: Digest {
    Digest(
      of: JSON(object: [
        ("identity", .string(identity.description)), ("paper", .string(paper)),
        ("setup", .string(setup.digest.description)), ("seed", JSON(seed)),
        ("status", .string(status.rawValue)),
        ("outcome", outcomeDigest.map { .string($0.description) }),
        ("message", message.map { .string($0) }), ("seconds", JSON(seconds)),
        ("fresh", .bool(fresh)), ("executedIn", .string(executedIn.description)),
      ]).text)
  }

  /// The trial as the ledger writes it; the paper is the run's.
  var json: JSON {
    JSON(object: [
      ("identity", .string(identity.description)), ("setup", setup.json), ("seed", JSON(seed)),
      ("status", .string(status.rawValue)), ("outcome", outcome?.json),
      ("outcomeDigest", outcomeDigest.map { .string($0.description) }),
      ("message", message.map { .string($0) }), ("seconds", JSON(seconds)),
      ("fresh", .bool(fresh)), ("executedIn", .string(executedIn.description)),
    ])
  }

  init(_ reader: JSONReader, paper: String) throws(JSONReader.Mismatch) {
    let status = try reader["status"].choice(of: Status.self)
    let identity = try reader["identity"].digest()
    let setup = CanonicalJSON(try reader["setup"].json)
    let seed = try reader["seed"].seed()
    let seconds = try reader["seconds"].seconds()
    let fresh = try reader["fresh"].bool()
    let executedIn = try reader["executedIn"].digest()
    if status == .completed {
      let outcome = CanonicalJSON(try reader["outcome"].json)
      self.init(
        identity: identity, paper: paper, setup: setup, seed: seed, outcome: outcome,
        seconds: seconds, fresh: fresh, executedIn: executedIn)
      guard try reader["outcomeDigest"].digest() == outcome.digest else {
        throw try reader["outcomeDigest"].mismatch("the outcome's digest \(outcome.digest.short)")
      }
      try reader.allow([
        "identity", "setup", "seed", "status", "outcome", "outcomeDigest", "seconds", "fresh",
        "executedIn",
      ])
    } else {
      self.init(
        identity: identity, paper: paper, setup: setup, seed: seed, failing: status,
        message: try reader["message"].string(), seconds: seconds, fresh: fresh,
        executedIn: executedIn)
      try reader.allow([
        "identity", "setup", "seed", "status", "message", "seconds", "fresh", "executedIn",
      ])
    }
  }
}
