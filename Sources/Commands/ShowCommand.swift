import ArgumentParser
import Datasets
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
  @Flag(help: "Print the points of the paper's figures, as comma-separated values.")
  var figures = false
  @Option(help: "Draw one figure, by the words of its title or its number.") var figure: String?
  @Option(help: "Write the figure as SVG.", completion: .file(extensions: ["svg"])) var svg: String?
  @Option(
    help: "Write the figure as PNG, in light colours.", completion: .file(extensions: ["png"]))
  var png: String?
  @Option(help: "How many pixels a unit of the drawing has in PNG; it is 680 units wide.")
  var scale = 2.0
  @OptionGroup var output: OutputOptions
  @OptionGroup var place: PlaceOptions

  var json: Bool { output.json }

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
    let id = paper.paper.id
    let verdicts = try registry.latestVerdicts(of: id).filter { $0.tier == tier.rawValue }
    let again = try registry.rejudgements(of: id)
    let history = try registry.history(of: id)
      .filter { $0.tier == tier.rawValue && $0.judgedAt == nil }
    let shown = try ShowJSON(
      paper, at: tier, verdicts, again, history, try Goalposts(of: id, in: registry))
    if output.json {
      try output.show(shown)
    } else if output.csv {
      output.show(CSV.lines(header: ShowJSON.header, shown.claims.map { $0.fields(of: shown) }))
    } else {
      output.show(lines(shown, of: paper, on: .standardOutput))
    }
  }

  /// Heading, claims and departures; a claim is a line where nobody watches.
  private func lines(
    _ shown: ShowJSON, of paper: any Replication.Type, on terminal: Terminal
  ) -> [String] {
    let citation = paper.paper
    let heading =
      "\(citation.title). \(citation.authors.joined(separator: ", ")), \(citation.year)."
    var lines = [terminal.styled(citation.id, .bold)]
    lines += heading.wrapped(to: terminal.width - 2).map { "  \($0)" }
    lines.append("  \(citation.identifier.url)")
    if !paper.data.isEmpty {
      lines.append("  data: \(paper.data.map(\.rawValue).joined(separator: ", "))")
    }
    lines.append("")
    lines += claimLines(shown, on: terminal)
    let unjudged = paper.claimKeys.filter { key in !shown.claims.contains { $0.id == key } }
    if !unjudged.isEmpty {
      lines += ["", "not judged at \(tier.rawValue): \(unjudged.joined(separator: ", "))"]
    }
    lines += ["", "departures from the paper:" + (paper.departures.isEmpty ? " none" : "")]
    for departure in paper.departures {
      let parts = departure.wrapped(to: terminal.width - 4)
      lines += parts.enumerated().map { ($0 == 0 ? "  - " : "    ") + $1 }
    }
    return lines
  }

  private func claimLines(_ shown: ShowJSON, on terminal: Terminal) -> [String] {
    // A terminal has the sentence below its claim, a line of its own has it at the end.
    let isWatched = terminal.isInteractive
    var table = TextTable(
      [
        .init(title: ""), .init(title: "claim", fit: .wrapped),
        .init(title: "measured", fit: .wrapped), .init(title: "accepted", fit: .wrapped),
        .init(title: "seeds"), .init(title: "trend"),
      ]
        + (isWatched
          ? [] : [.init(title: "note"), .init(title: "place"), .init(title: "statement")]))
    for claim in shown.claims {
      let mark = VerdictMark(claim.latest?.verdict)
      let texts =
        [
          claim.id, claim.latest?.measured ?? "never run", claim.accepted,
          claim.latest.map { "\($0.n)" } ?? "",
          Sparkline(claim.trend, hasUnicode: terminal.hasUnicode).text,
        ] + (isWatched ? [] : [claim.latest?.note ?? "", claim.place, claim.statement])
      table.append([.init(text: mark.text, style: mark.style)] + texts.map { .init(text: $0) })
    }
    guard isWatched else { return table.lines(on: terminal) }
    let groups = zip(shown.claims, table.groups(on: terminal)).flatMap { claim, group in
      let note = claim.latest.map { $0.note.isEmpty ? "" : " \($0.note)" } ?? ""
      let below = "\(claim.place)\(note): \(claim.statement)".inert
      return group
        + below.wrapped(to: terminal.width - 6).map { "      " + terminal.styled($0, .dim) }
    }
    return [table.header(on: terminal)] + groups
  }
}
