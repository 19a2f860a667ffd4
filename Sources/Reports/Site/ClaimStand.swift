import Evidence
import Registry

/// How a claim stands, and whether that counts for its paper.
struct ClaimStand: Hashable {
  /// The last verdict; nil where it was never judged.
  let verdict: Verdict?
  /// Whether the verdict counts as it is.
  let isCounted: Bool

  init(_ known: ClaimReport.AtTier?) {
    verdict = known?.latest.map { Verdict($0.verdict) }
    // A number that is missing is an error whether the verdict counts or not.
    isCounted = known?.isCounted ?? true || verdict == .error
  }

  /// How many claims stand how, in words: `10 pass, 1 fail, 2 recorded only`.
  static func tally(_ stands: [ClaimStand]) -> Markup {
    let order: [Verdict?] = [.pass, .fail, .inconclusive, .error, nil]
    var parts = order.compactMap { verdict -> Markup? in
      let count = stands.count { $0.isCounted && $0.verdict == verdict }
      let sign = VerdictSign(verdict)
      return count == 0 ? nil : "<span class=\"t \(sign.name)\">\(count) \(sign.word)</span>"
    }
    let aside = stands.count { !$0.isCounted }
    if aside > 0 { parts.append("<span class=\"t vn\">\(aside) not counted</span>") }
    return parts.joined(separator: " ")
  }
}
