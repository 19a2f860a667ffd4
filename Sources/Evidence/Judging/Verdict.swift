/// What the evidence says of a claim, from the best to the gravest.
public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
  /// The evidence lies in the accepted band.
  case pass
  /// The evidence decides neither way.
  case inconclusive
  /// The evidence lies outside the accepted band.
  case fail
  /// Something is missing or not a number, so there is nothing to judge.
  case error
}

extension Verdict: Comparable {
  /// Orders verdicts by gravity: pass, inconclusive, fail, error.
  public static func < (lhs: Verdict, rhs: Verdict) -> Bool { lhs.gravity < rhs.gravity }

  /// The gravest of several verdicts; of none at all it is an error, because nothing was judged.
  public static func worst(of verdicts: some Sequence<Verdict>) -> Verdict {
    verdicts.max() ?? .error
  }

  /// The graver of two verdicts.
  public func worst(_ other: Verdict) -> Verdict { max(self, other) }

  private var gravity: Int {
    switch self {
    case .pass: 0
    case .inconclusive: 1
    case .fail: 2
    case .error: 3
    }
  }
}
