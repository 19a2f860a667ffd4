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
}
