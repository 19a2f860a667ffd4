import Evidence
import Registry
import Runner

/// What a claim's latest judgement asks of whoever reads a build's result.
struct Finding: Hashable {
  /// How grave it is, the gravest first.
  enum Level: Int, CaseIterable {
    /// A number is missing, or the claim as it is declared was never judged.
    case error
    /// The claim does not hold, or holds where it is declared not to.
    case failure
    /// The intervals leave it open.
    case undecided
    /// The verdict does not count, by declaration.
    case aside
    /// The claim holds.
    case pass
  }

  let level: Level
  /// The kind in a word, for machines.
  let kind: String
  /// Why, in a sentence.
  let reason: String
  /// What was measured and what is accepted, where the verdict rests on it.
  let numbers: String?

  /// The finding in a sentence, with its numbers.
  var message: String { numbers.map { "\($0): \(reason)" } ?? reason }

  init(_ claim: ExportedClaim) {
    guard let judgement = claim.judgement, let verdict = claim.verdict else {
      self.init(
        .error, "not-judged",
        "never judged at the \(claim.tier) tier; "
          + "run replicate run \(claim.paper) --tier \(claim.tier)")
      return
    }
    let numbers =
      "measured \(claim.measured), accepted \(claim.accepted), \(counted(judgement.n, "seed"))"
    let reason = judgement.reason
    if verdict == .error {
      self.init(.error, "error", reason, numbers)
    } else if let demand = claim.demand {
      self.init(
        .error, "amended",
        "demands something else since it was judged (\(demand.lines.joined(separator: "; "))); "
          + "replicate judge \(claim.paper) judges the recorded run by it")
    } else {
      switch (claim.standing, verdict) {
      case (.recorded(let why), _):
        self.init(.aside, "recorded", "recorded only (\(why)); \(reason)", numbers)
      case (.expectedToFail(let why), .fail):
        self.init(.aside, "expected-failure", "fails as expected (\(why)); \(reason)", numbers)
      case (.expectedToFail(let why), .pass):
        self.init(
          .failure, "unexpected-success", "was expected to fail (\(why)); \(reason)", numbers)
      case (_, .pass): self.init(.pass, "pass", reason, numbers)
      case (_, .fail): self.init(.failure, "fail", reason, numbers)
      case (_, .inconclusive): self.init(.undecided, "undecided", reason, numbers)
      case (_, .error): self.init(.error, "error", reason, numbers)
      }
    }
  }

  private init(_ level: Level, _ kind: String, _ reason: String, _ numbers: String? = nil) {
    self.level = level
    self.kind = kind
    self.reason = reason
    self.numbers = numbers
  }
}

extension ExportedClaim {
  /// What the claim's judgement asks of a reader.
  var finding: Finding { Finding(self) }
}
