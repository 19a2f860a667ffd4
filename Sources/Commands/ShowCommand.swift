import ArgumentParser
import Datasets
import Diagnostics
import Digests
import Evidence
import Registry
import Replication
import Runner

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a paper: citation, claims, departures, latest verdicts.")

  @Argument(help: "The paper.") var paper: String
  @Option(help: "The tier whose claims are shown.") var tier = Tier.standard
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print the points of the paper's figures, as comma-separated values.")
  var figures = false
  @OptionGroup var place: PlaceOptions

  func run() throws {
    let paper = try Selection.paper(paper)
    let registry = try place.openForReading()
    if figures { return try showFigures(of: paper, from: registry) }
    let verdicts = try registry.latestVerdicts(of: paper.paper.id)
      .filter { $0.tier == tier.rawValue }
    let again = try registry.rejudgements(of: paper.paper.id)
    let shown = ShowJSON(
      paper, at: tier, verdicts, again, try Goalposts(of: paper.paper.id, in: registry))
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(try Canonical.text(shown))
      return
    }
    let citation = paper.paper
    terminal.print(terminal.styled(citation.id, .bold))
    let heading =
      "\(citation.title). \(citation.authors.joined(separator: ", ")), \(citation.year)."
    for line in heading.wrapped(to: terminal.width - 2) { terminal.print("  \(line)") }
    terminal.print("  \(citation.identifier.url)")
    if !paper.data.isEmpty {
      terminal.print("  data: \(paper.data.map(\.rawValue).joined(separator: ", "))")
    }
    terminal.print("")
    for claim in shown.claims {
      let mark = VerdictMark(claim.latest?.verdict)
      terminal.print(
        terminal.styled(mark.text, mark.style) + " " + terminal.styled(claim.id, .bold)
          + "  \(claim.place)" + (claim.latest?.note ?? ""))
      for line in claim.statement.wrapped(to: terminal.width - 5) { terminal.print("     \(line)") }
    }
    let unjudged = paper.claimKeys.filter { key in !shown.claims.contains { $0.id == key } }
    if !unjudged.isEmpty {
      terminal.print("\nnot judged at \(tier.rawValue): \(unjudged.joined(separator: ", "))")
    }
    terminal.print("\ndepartures from the paper:" + (paper.departures.isEmpty ? " none" : ""))
    for departure in paper.departures {
      for (index, line) in departure.wrapped(to: terminal.width - 4).enumerated() {
        terminal.print((index == 0 ? "  - " : "    ") + line)
      }
    }
  }
}

extension ShowCommand {
  /// Prints the figures as the youngest complete run of the tier measured them.
  private func showFigures(
    of paper: any Replication.Type, from registry: ResultRegistry
  ) throws {
    let id = paper.paper.id
    guard
      let run = try registry.latestRuns().first(where: {
        $0.paper == id && $0.tier == tier.rawValue
      })
    else { throw ShowError.noRun(paper: id, tier: tier) }
    let drawn = try paper.drawnFigures(at: tier, from: registry.results(of: run.id))
    if drawn.isEmpty { throw ShowError.noFigure(paper: id, tier: tier) }
    let terminal = Terminal.standardOutput
    if json {
      terminal.print(
        try Canonical.text(FiguresJSON(id: id, tier: tier, run: run.id, figures: drawn)))
    } else {
      for line in CSV.lines(drawn) { terminal.print(line) }
    }
  }
}

/// Why there is no figure to show.
enum ShowError: Diagnosable, Equatable {
  /// The tier has never been run to its end.
  case noRun(paper: String, tier: Tier)
  /// The paper declares no figure at the tier.
  case noFigure(paper: String, tier: Tier)
  /// A recorded verdict is of a form that this program does not know.
  case unreadable(run: String, claim: String)

  /// What is wrong, and where.
  var problem: String {
    switch self {
    case .noRun(let paper, let tier): "\(paper): no complete run of the \(tier) tier is recorded"
    case .noFigure(let paper, let tier): "\(paper) declares no figure at the \(tier) tier"
    case .unreadable(let run, let claim):
      "run \(run): the record of claim version \(claim) cannot be read"
    }
  }

  /// What to do about it.
  var remedy: String {
    switch self {
    case .noRun(let paper, let tier): "Run `replicate \(paper) --tier \(tier)`."
    case .noFigure: "Try another tier."
    case .unreadable: "Judge it with the program that recorded it."
    }
  }
}

/// The object that `show --figures --json` prints.
private struct FiguresJSON: Encodable {
  var schema = "replicate.figures/1"
  var id: String
  var tier: Tier
  var run: Digest
  var figures: [DrawnFigure]
}

/// The object that `show --json` prints.
struct ShowJSON: Encodable {
  var schema = "replicate.show/1"
  var id: String
  var title: String
  var authors: [String]
  var year: Int
  var url: String
  var data: [String]
  var tier: Tier
  var departures: [String]
  var claims: [Claim]

  struct Claim: Encodable {
    var id: String
    var statement: String
    var place: String
    var declaration: ClaimDeclaration
    @Null var latest: Latest?
  }

  struct Latest: Encodable {
    var run: Digest
    var verdict: Verdict
    @Null var estimate: Double?
    var reason: String
    @Null var commit: String?
    /// Whether the declaration that was judged is the one that stands in the sources now.
    var isCurrent: Bool
    /// What the declaration that stands now demands differently, and why.
    @Null var goalposts: GoalpostMove?

    /// A word on a declaration that was another one.
    fileprivate var note: String {
      if goalposts != nil { return "  (goalposts moved since)" }
      return isCurrent ? "" : "  (reworded since)"
    }
  }

  init(
    _ paper: any Replication.Type, at tier: Tier, _ verdicts: [JudgementSummary],
    _ again: [JudgementSummary], _ posts: Goalposts
  ) {
    id = paper.paper.id
    title = paper.paper.title
    authors = paper.paper.authors
    year = paper.paper.year
    url = paper.paper.identifier.url
    data = paper.data.map(\.rawValue)
    self.tier = tier
    departures = paper.departures
    claims = paper.declarations(at: tier).map { declaration in
      let recorded = verdicts.first { $0.claim == declaration.claim }
      let version = try? declaration.record.digest
      // The last run as it was judged again by the claim that stands now, where it was.
      let last = again.last { $0.run == recorded?.run && $0.version == version } ?? recorded
      return Claim(
        id: declaration.claim, statement: declaration.statement, place: declaration.place,
        declaration: declaration,
        latest: last.map {
          Latest(
            run: $0.run, verdict: Verdict($0.verdict), estimate: $0.estimate, reason: $0.reason,
            commit: $0.commit, isCurrent: $0.version == version,
            goalposts: posts.move(to: declaration, from: $0.version))
        })
    }
  }
}
