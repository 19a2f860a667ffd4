import Evidence
import Registry
import Runner

extension ExportedClaim {
  /// The verdict in a word, with what keeps it from counting.
  var verdictWords: String {
    let word = VerdictSign(verdict).word
    let note: String? =
      switch (standing, verdict) {
      case (_, nil): nil
      case (.recorded, _): "recorded only"
      case (.expectedToFail, .fail?): "expected"
      case (.expectedToFail, .pass?): "unexpected"
      default: nil
      }
    let amended = demand == nil ? nil : "amended since"
    let notes = [note, amended].compactMap(\.self)
    return notes.isEmpty ? word : "\(word) (\(notes.joined(separator: ", ")))"
  }

  /// How many seeds were judged.
  var seedsText: String { judgement.map { "\($0.n)" } ?? "" }
}

extension ExportSelection {
  /// How many claims stand how: `10 pass, 1 fails, 2 recorded only`.
  var tally: String {
    let levels = claims.map { ($0, $0.finding) }
    func count(_ words: String, _ isMeant: (ExportedClaim, Finding) -> Bool) -> String? {
      let count = levels.count { isMeant($0.0, $0.1) }
      return count == 0 ? nil : "\(count) \(words)"
    }
    let fails = levels.count { $0.1.level == .failure } == 1 ? "fails" : "fail"
    return [
      count("pass") { $1.level == .pass },
      count(fails) { $1.level == .failure },
      count("undecided") { $1.level == .undecided },
      count("in error") { $1.level == .error && $0.judgement != nil && $0.demand == nil },
      count("amended since judged") {
        $1.level == .error && $0.demand != nil && $0.verdict != .error
      },
      count("not run") { $1.level == .error && $0.judgement == nil },
      count("not counted") { $1.level == .aside },
    ].compactMap(\.self).joined(separator: ", ")
  }

  /// How many claims count, and how many of those pass.
  var score: (passing: Int, counted: Int) {
    let levels = claims.map(\.finding.level)
    return (levels.count { $0 == .pass }, levels.count { $0 != .aside })
  }

  /// What a table shows, in sentences without full stops: tier, commit, date, seeds, intervals.
  var caption: [String] {
    let tiers = Set(claims.map(\.tier)).sorted()
    var parts = ["at the \(tiers.joined(separator: ", ")) \(tiers.count == 1 ? "tier" : "tiers")"]
    if let origin { parts[0] += ", \(origin)" }
    let counts = claims.compactMap(\.judgement?.n)
    if let least = counts.min(), let most = counts.max() {
      parts.append(least == most ? counted(most, "seed") : "\(least) to \(most) seeds")
    }
    let meanings = intervalMeanings
    if !meanings.isEmpty { parts.append("intervals: \(meanings.joined(separator: "; "))") }
    return parts
  }

  /// Where the numbers come from: `measured 2026-11-21 at commit 0f3dd9693aaf`.
  private var origin: String? {
    let runs = runs
    guard let first = runs.first, let last = runs.last else { return nil }
    let days =
      first.startedAt.day == last.startedAt.day
      ? first.startedAt.day : "\(first.startedAt.day) to \(last.startedAt.day)"
    var commits: [String] = []
    for run in runs {
      let words = commitWords(run)
      if !commits.contains(words) { commits.append(words) }
    }
    let places =
      commits.count <= 3 ? commits.joined(separator: ", ") : "\(commits.count) commits"
    return "measured \(days) at \(places)"
  }

  private func commitWords(_ run: RunSummary) -> String {
    guard let commit = run.commit else { return "an unknown commit" }
    let state =
      switch run.isClean {
      case true?: ""
      case false?: " with changes"
      case nil: " (state unknown)"
      }
    return "commit \(commit.prefix(12))\(state)"
  }

  /// What the intervals of the claims are, each kind once.
  private var intervalMeanings: [String] {
    var meanings: [String] = []
    for claim in claims where claim.judgement?.interval != nil {
      guard let rule = claim.rule else { continue }
      let meaning =
        switch rule {
        case .once: "the value itself where it is deterministic"
        case .every: "the range of all seeds where every seed must hold"
        case .mean: "90 % confidence interval of the mean over seeds"
        case .sequence: "90 % confidence sequence of the mean over seeds"
        case .median: "90 % confidence interval of the median over seeds"
        case .share: "90 % confidence interval of the share of seeds"
        }
      if !meanings.contains(meaning) { meanings.append(meaning) }
    }
    return meanings.sorted()
  }
}
