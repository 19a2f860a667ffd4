import ArgumentParser
import Digests
import Evidence
import Registry
import Replication
import Reports

struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the papers with their latest verdicts.")

  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let latest = try place.openForReading().latestRuns()
    let rows = Replicate.catalogue.map { paper in
      // The tier that says most of the paper counts, and of one tier its last run.
      let runs = latest.filter { $0.paper == paper.paper.id }
      return (
        paper,
        Tier.allCases.reversed().lazy.compactMap { tier in
          runs.first { $0.tier == tier.rawValue }
        }.first
      )
    }
    if json {
      Terminal.standardOutput.print(try Canonical.text(ListJSON(rows)))
      return
    }
    let terminal = Terminal.standardOutput
    var table = TextTable(header: ["", "paper", "claims", "tier", "commit", "title"])
    for (paper, run) in rows {
      table.rows.append([
        VerdictMark(run?.verdict.map(Verdict.init)).text, paper.paper.id,
        "\(paper.claimKeys.count)", run?.tier ?? "",
        run?.commit.map { String($0.prefix(8)) + (run?.isClean == true ? "" : "*") } ?? "",
        paper.paper.title,
      ])
    }
    for line in table.lines(width: terminal.width) { terminal.print(line) }
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
  }

  init(_ rows: [(any Replication.Type, RunSummary?)]) {
    papers = rows.map { paper, run in
      Entry(
        id: paper.paper.id, title: paper.paper.title, year: paper.paper.year,
        arxiv: paper.paper.identifier.arxiv, claims: paper.claimKeys,
        tiers: Tier.allCases.filter { !paper.declarations(at: $0).isEmpty },
        verdict: run?.verdict.map(Verdict.init), commit: run?.commit, tier: run?.tier,
        run: run?.id.description)
    }
  }
}
