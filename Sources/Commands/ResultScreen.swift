import Digests
import Evidence
import Foundation
import Replication
import Reports
import Runner

/// What a person sees after a run: every claim, why it stands as it does, and what to do next.
struct ResultScreen {
  let report: RunReport
  let paper: any Replication.Type
  /// Whether later commands can find the run.
  let isRecorded: Bool

  /// The claims as sentences, by key.
  private var statements: [String: String] {
    let declared = paper.declarations(at: report.tier).map { ($0.claim, $0.statement) }
    return Dictionary(uniqueKeysWithValues: declared)
  }

  func print(to terminal: Terminal) {
    let citation = paper.paper
    terminal.print(terminal.styled(citation.id, .bold))
    for line in "\(citation.title) (\(citation.year))".wrapped(to: terminal.width - 2) {
      terminal.print("  \(line)")
    }
    terminal.print("")
    for claim in report.claims { print(claim, to: terminal) }
    for line in summary { terminal.print(line) }
  }

  private func print(_ claim: ClaimResult, to terminal: Terminal) {
    let condition = claim.deciding
    let judgement = condition?.judgement
    let unit = condition?.unit ?? ""
    let measured =
      judgement?.estimate.map {
        measuredText($0, interval: judgement?.interval, unit: unit)
      } ?? "no number"
    let seeds = judgement.map { $0.n == 1 ? "1 seed" : "\($0.n) seeds" } ?? "0 seeds"
    let mark = VerdictMark(claim)
    terminal.print(
      terminal.styled(mark.text, mark.style) + " " + terminal.styled(claim.id, .bold))
    let accepted = condition.map { bandText($0.band, unit: unit) } ?? "nothing"
    for line in (statements[claim.id] ?? "").wrapped(to: terminal.width - 5) {
      terminal.print("     \(line)")
    }
    terminal.print("     measured \(measured)  accepted \(accepted)  \(seeds)")
    for line in reason(claim).wrapped(to: terminal.width - 5) {
      terminal.print("     " + terminal.styled(line.inert, .dim))
    }
  }

  private func reason(_ claim: ClaimResult) -> String {
    var text = claim.reason
    if claim.conditions.count > 1, let condition = claim.deciding {
      text = "\(condition.measure): \(text)"
    }
    switch claim.standing {
    case .judged: break
    case .recorded: text += " (recorded: of its verdicts only an error counts)"
    case .expectedToFail:
      text += claim.verdict == .pass ? " (an unexpected success)" : " (expected to fail here)"
    }
    return text
  }

  private var summary: [String] {
    let names: [(Verdict, String)] = [
      (.pass, "pass"), (.fail, "fail"), (.inconclusive, "undecided"), (.error, "in error"),
    ]
    let counts = names.compactMap { verdict, name in
      let count = report.claims.count { $0.contribution == verdict }
      return count > 0 ? "\(count) \(name)" : nil
    }
    let commit = report.commit.map { String($0.prefix(12)) } ?? "no commit"
    let state =
      switch report.isClean {
      case true?: ""
      case false?: " with changes"
      case nil: " (state unknown)"
      }
    return [
      "",
      "\(counted(report.claims.count, "claim")): \(counts.joined(separator: ", "))",
      "\(report.tier.rawValue) tier at \(commit)\(state), run \(report.run.short), outcome digest "
        + report.outcomeDigest.short,
      "\(counted(report.executed, "trial")) executed, \(report.reused) recorded before, "
        + Progress.duration(report.seconds),
    ] + (report.ledgerFile.map { ["ledger entry: \($0.lastPathComponent)"] } ?? []) + next
  }

  /// What to do next, by what was found.
  private var next: [String] {
    let id = report.paper
    if let worst = report.claims.first(where: { $0.contribution == report.verdict }),
      report.verdict != .pass
    {
      let tier = report.tier == .standard ? "" : " --tier \(report.tier.rawValue)"
      return isRecorded ? ["next: replicate explain \(id)/\(worst.id)\(tier)"] : []
    }
    return report.tier == .smoke
      ? ["next: replicate \(id)   (smoke guards the code; the standard tier replicates)"]
      : isRecorded ? ["next: replicate history \(id)"] : []
  }
}

/// A number of things: `1 claim`, `3 claims`.
func counted(_ count: Int, _ thing: String) -> String {
  count == 1 ? "1 \(thing)" : "\(count) \(thing)s"
}

/// The mark of a verdict: four letters, so that colour is never the only sign.
struct VerdictMark {
  let text: String
  let style: Terminal.Style

  init(_ verdict: Verdict?) {
    switch verdict {
    case .pass?: (text, style) = ("PASS", .green)
    case .fail?: (text, style) = ("FAIL", .red)
    case .inconclusive?: (text, style) = ("????", .yellow)
    case .error?: (text, style) = ("ERR!", .magenta)
    case nil: (text, style) = ("–   ", .dim)
    }
  }

  /// A claim's mark; in lower case where the verdict does not count.
  init(_ claim: ClaimResult) {
    let mark = VerdictMark(claim.verdict)
    style = mark.style
    text = claim.standing == .judged ? mark.text : mark.text.lowercased()
  }
}
