import ArgumentParser
import Datasets
import Diagnostics
import Digests
import Evidence
import Registry
import Replication
import Reports
import Runner

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a paper: citation, claims, departures, latest verdicts.")

  @Argument(help: "The paper.") var paper: String
  @Option(help: "The tier whose claims are shown.") var tier = Tier.standard
  @Flag(help: "Print JSON.") var json = false
  @Flag(help: "Print the points of the paper's figures, as comma-separated values.")
  var figures = false
  @Option(help: "Draw one figure, by the words of its title or its number.") var figure: String?
  @Option(help: "Write the figure as SVG.", completion: .file(extensions: ["svg"])) var svg: String?
  @Option(
    help: "Write the figure as PNG, in light colours.", completion: .file(extensions: ["png"]))
  var png: String?
  @Option(help: "How many pixels a unit of the drawing has in PNG; it is 680 units wide.")
  var scale = 2.0
  @OptionGroup var place: PlaceOptions

  func validate() throws {
    if png != nil, figure == nil { throw ValidationError("Name the figure with --figure.") }
    if !(0.1...20).contains(scale) { throw ValidationError("--scale is from 0.1 to 20.") }
    if svg != nil, figure == nil { throw ValidationError("Name the figure with --figure.") }
    if figure != nil, figures { throw ValidationError("Choose --figure or --figures, not both.") }
  }

  func run() throws {
    let paper = try Selection.paper(paper)
    let registry = try place.openForReading()
    if let figure { return try draw(figure, of: paper, from: registry) }
    if figures { return try showFigures(of: paper, from: registry) }
    let verdicts = try registry.latestVerdicts(of: paper.paper.id)
      .filter { $0.tier == tier.rawValue }
    let again = try registry.rejudgements(of: paper.paper.id)
    let shown = try ShowJSON(
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
  ) throws {
    id = paper.paper.id
    title = paper.paper.title
    authors = paper.paper.authors
    year = paper.paper.year
    url = paper.paper.identifier.url
    data = paper.data.map(\.rawValue)
    self.tier = tier
    departures = paper.departures
    claims = try paper.declarations(at: tier).map { declaration in
      let recorded = verdicts.first { $0.claim == declaration.claim }
      let version = try declaration.record.digest
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
