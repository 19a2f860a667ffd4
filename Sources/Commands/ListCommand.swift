import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Reports

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the papers with their latest verdicts.")

  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let registry = try place.openForReading()
    let latest = try registry.latestRuns()
    let verdicts = Dictionary(grouping: try registry.latestVerdicts()) { "\($0.paper) \($0.tier)" }
    let rows = try Replicate.catalogue.map { paper in
      // The tier that says most of the paper counts, and of one tier its last run.
      let runs = latest.filter { $0.paper == paper.paper.id }
      let run = Tier.allCases.reversed().lazy.compactMap { tier in
        runs.first { $0.tier == tier.rawValue }
      }.first
      let passes = try run.map {
        try registry.passes(of: $0.paper, at: $0.tier, most: Sparkline.most)
      }
      return PaperRow(
        paper, run, verdicts[run.map { "\($0.paper) \($0.tier)" } ?? ""] ?? [],
        passes: passes ?? [])
    }
    if output.json {
      try output.show(ListJSON(papers: rows.map(\.entry)))
    } else if output.csv {
      output.show(CSV.lines(header: PaperRow.header, rows.map(\.fields)))
    } else {
      let terminal = Terminal.standardOutput
      output.show(table(rows, on: terminal).lines(on: terminal))
    }
  }

  private func table(_ rows: [PaperRow], on terminal: Terminal) -> TextTable {
    var table = TextTable([
      .init(title: ""), .init(title: "paper", fit: .shortened), .init(title: "claims"),
      .init(title: "stand", fit: .wrapped), .init(title: "passes"), .init(title: "tier"),
      .init(title: "commit"),
      .init(title: "title", fit: .spare),
    ])
    for row in rows {
      let mark = VerdictMark(row.run?.verdict.map(Verdict.init))
      let commit = row.run.map { commitText($0.commit, isClean: $0.isClean) } ?? ""
      let texts = [
        row.paper.paper.id, "\(row.paper.claimKeys.count)", row.stand,
        Sparkline(row.passes.map(Double.init), hasUnicode: terminal.hasUnicode).text,
        row.run?.tier ?? "", commit, row.paper.paper.title,
      ]
      table.append([.init(text: mark.text, style: mark.style)] + texts.map { .init(text: $0) })
    }
    return table
  }
}

/// A paper with how its claims stand.
struct PaperRow {
  let paper: any Replication.Type
  /// The last complete run of the tier that says most.
  let run: RunSummary?
  /// How many counted claims have each verdict, the gravest last.
  let counts: [(verdict: Verdict, count: Int)]
  /// Judged claims whose verdict does not count.
  let aside: Int
  /// How many claims passed in each of the last complete runs of the tier, oldest first.
  let passes: [Int]

  /// A paper, its last complete run and the last judgement of each claim at the run's tier.
  init(
    _ paper: any Replication.Type, _ run: RunSummary?, _ verdicts: [JudgementSummary],
    passes: [Int]
  ) {
    self.paper = paper
    self.run = run
    self.passes = passes
    let tier = run.flatMap { Tier(rawValue: $0.tier) }
    let declarations = tier.map { paper.declarations(at: $0) } ?? []
    let judged = declarations.compactMap { declaration -> (Verdict, Bool)? in
      guard let last = verdicts.first(where: { $0.claim == declaration.claim }) else { return nil }
      let verdict = Verdict(last.verdict)
      // A number that is missing is an error whether the verdict counts or not.
      return (verdict, declaration.standing == "judged" || verdict == .error)
    }
    counts = Verdict.allCases.map { verdict in
      (verdict, judged.count { $0.0 == verdict && $0.1 })
    }
    aside = judged.count { !$0.1 }
  }

  /// The counts in words: `9 pass, 1 fails`.
  var stand: String {
    let words: [Verdict: String] = [
      .pass: "pass", .fail: "fail", .inconclusive: "undecided", .error: "in error",
    ]
    let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \(words[$0.verdict] ?? "")" }
    return (parts + (aside > 0 ? ["\(aside) not counted"] : [])).joined(separator: ", ")
  }

  static let header = [
    "paper", "title", "year", "verdict", "claims", "pass", "undecided", "fail", "error",
    "not_counted", "tier", "run", "started_at", "commit", "clean",
  ]

  var fields: [CSVField] {
    let head: [CSVField] = [
      .text(paper.paper.id), .text(paper.paper.title), .count(paper.paper.year),
      .text(run?.verdict?.rawValue), .count(paper.claimKeys.count),
    ]
    let tail: [CSVField] = [
      .count(aside), .text(run?.tier), .text(run?.id.description),
      .text(run?.startedAt.description), .text(run?.commit), .truth(run?.isClean),
    ]
    return head + counts.map { .count($0.count) } + tail
  }

  var entry: ListJSON.Entry {
    ListJSON.Entry(
      id: paper.paper.id, title: paper.paper.title, year: paper.paper.year,
      arxiv: paper.paper.identifier.arxiv, claims: paper.claimKeys,
      tiers: Tier.allCases.filter { !paper.declarations(at: $0).isEmpty },
      verdict: run?.verdict.map(Verdict.init), commit: run?.commit, tier: run?.tier,
      run: run?.id.description,
      stand: Dictionary(
        uniqueKeysWithValues: counts.map { ($0.verdict.rawValue, $0.count) }
          + [("notCounted", aside)]),
      passes: passes)
  }
}

/// The object that `list --json` prints.
struct ListJSON: Encodable {
  var schema = "replicate.list/1"
  var papers: [Entry]

  struct Entry: Encodable {
    var id: String
    var title: String
    var year: Int
    @Null var arxiv: String?
    var claims: [String]
    var tiers: [Tier]
    @Null var verdict: Verdict?
    @Null var commit: String?
    @Null var tier: String?
    @Null var run: String?
    /// How many claims have each verdict at that tier.
    var stand: [String: Int]
    /// How many claims passed in each of the last complete runs of that tier, oldest first.
    var passes: [Int]
  }
}

/// A commit for a table; a star says that the tree was not known to equal it.
func commitText(_ commit: String?, isClean: Bool?) -> String {
  (commit.map { String($0.prefix(8)) } ?? "none") + (isClean == true ? "" : "*")
}
