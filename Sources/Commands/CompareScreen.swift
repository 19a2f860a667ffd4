import Digests
import Evidence
import Provenance
import Registry
import Replication
import Reports

/// What a person sees of a comparison: for each paper its runs, then a line a claim.
struct CompareScreen {
  let comparisons: [PaperComparison]

  func lines(on terminal: Terminal) -> [String] {
    comparisons.flatMap { lines($0, on: terminal) } + [summary]
  }

  private func lines(_ paper: PaperComparison, on terminal: Terminal) -> [String] {
    // No line starts with recorded text, which might be a command to whoever reads a log.
    let name = terminal.styled("\(paper.paper) at \(paper.tier)".inert, .bold)
    var lines = ["paper \(name): \(outcomes(paper))"]
    lines += [("before", paper.before), ("after ", paper.after)].map { name, found in
      "  \(name)  \(text(of: found))".inert
    }
    if paper.rows.isEmpty { return lines + ["  no claims", ""] }
    var table = TextTable([
      .init(title: "change"), .init(title: "claim", fit: .wrapped), .init(title: "verdict"),
      .init(title: "before", fit: .wrapped), .init(title: "after", fit: .wrapped),
      .init(title: "difference", fit: .wrapped), .init(title: "values"),
      .init(title: "demand", fit: .wrapped), .init(title: "trend"),
    ])
    for row in paper.rows {
      let claim = row.claim
      let style: Terminal.Style? = row.isAlarming ? .red : claim.change == .better ? .green : nil
      let texts = [
        "\(paper.paper)/\(claim.id)", verdicts(claim), numbers(claim.before),
        numbers(claim.after), difference(claim), row.values, row.demand,
        Sparkline(paper.trends[claim.id] ?? [], hasUnicode: terminal.hasUnicode).text,
      ]
      table.append(
        [.init(text: claim.change.rawValue, style: style)] + texts.map { .init(text: $0) })
    }
    lines += table.lines(on: terminal)
    for row in paper.rows where !row.goalposts.isEmpty {
      lines.append("goalposts of \(paper.paper)/\(row.claim.id):".inert)
      lines += row.goalposts.map { "  \($0)".inert }
    }
    return lines + [""]
  }

  private func outcomes(_ paper: PaperComparison) -> String {
    if paper.isOneRun { return "one and the same run" }
    guard let before = paper.before.run, let after = paper.after.run else {
      return "a side is missing"
    }
    let shared = paper.runs.sharedTrials
    let same =
      switch paper.runs.isSameOutcomes {
      case true?: "all outcomes the same to the bit"
      case false?: "other outcomes or trials"
      case nil: "one of the runs did not finish"
      }
    return "\(same); \(before.trials.count) and \(after.trials.count) trials, \(shared.count) with "
      + "equal setup and seed, of which \(shared.same) gave the same bits"
  }

  private func text(of found: RunFinder.Found) -> String {
    guard let run = found.run?.run else { return found.note }
    return "run \(run.id.short) at \(commitText(run.source.commit, isClean: run.source.isClean)), "
      + String(run.startedAt.description.prefix(16))
      + (found.note.isEmpty ? "" : "; \(found.note)")
  }

  private func verdicts(_ claim: ClaimComparison) -> String {
    [claim.before, claim.after].map { judgement in
      judgement.map { VerdictMark(Verdict($0.verdict)).text } ?? "none"
    }.joined(separator: " → ")
  }

  private func numbers(_ judgement: JudgementSummary?) -> String {
    guard let judgement else { return "not judged" }
    return numbersText(
      judgement.estimate, judgement.interval.map { [$0.low, $0.high] }, unit: judgement.unit)
  }

  private func difference(_ claim: ClaimComparison) -> String {
    guard let found = claim.values.difference else { return "none: \(claim.values.absence ?? "")" }
    return measuredText(found.mean, interval: found.interval) + " over \(counted(found.n, "seed"))"
  }

  private var summary: String {
    let rows = comparisons.flatMap(\.rows)
    let changes = ClaimComparison.Change.allCases.compactMap { change -> String? in
      let count = rows.count { $0.claim.change == change }
      return count > 0 ? "\(count) \(change.rawValue)" : nil
    }
    let unexplained = rows.count { $0.claim.demand.isUnexplained }
    return "\(counted(rows.count, "claim")): \(changes.joined(separator: ", "))"
      + (unexplained > 0 ? "; \(counted(unexplained, "demand")) moved without an amendment" : "")
  }
}
