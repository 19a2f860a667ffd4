import Datasets
import Digests
import Evidence
import Registry
import Replication
import Reports
import Runner

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
    /// What each run of the tier measured, oldest first; null where there was no number.
    var trend: [Double?]

    /// What is accepted, in words.
    var accepted: String {
      let band = latest?.accepted ?? declaration.conditions.map(\.demand).joined(separator: "; ")
      // What is measured is then the share, not the numbers of the band.
      if case .share = declaration.seeds { return "\(declaration.seeds) in \(band)" }
      return band
    }
  }

  struct Latest: Encodable {
    var run: Digest
    var verdict: Verdict
    @Null var estimate: Double?
    @Null var interval: [Double]?
    @Null var band: [Double?]?
    var unit: String
    var n: Int
    var reason: String
    @Null var commit: String?
    @Null var clean: Bool?
    /// Whether the declaration that was judged is the one that stands in the sources now.
    var isCurrent: Bool
    /// What the declaration that stands now demands differently, and why.
    @Null var goalposts: GoalpostMove?

    init(_ judgement: JudgementSummary, isCurrent: Bool, goalposts: GoalpostMove?) {
      run = judgement.run
      verdict = Verdict(judgement.verdict)
      estimate = judgement.estimate
      interval = judgement.interval.map { [$0.low, $0.high] }
      // An open end is null, as in a declaration.
      band = judgement.band.map { [$0.low, $0.high].map { $0.isFinite ? $0 : nil } }
      unit = judgement.unit
      n = judgement.n
      reason = judgement.reason
      commit = judgement.commit
      clean = judgement.isClean
      self.isCurrent = isCurrent
      self.goalposts = goalposts
    }

    /// A word on a declaration that was another one.
    var note: String {
      if goalposts != nil { return "(goalposts moved since)" }
      return isCurrent ? "" : "(reworded since)"
    }

    /// What was measured, in words.
    var measured: String { numbersText(estimate, interval, unit: unit) }

    /// What was accepted, in words; nil where the record has no band.
    var accepted: String? {
      guard let band, let lower = band.first, let upper = band.last else { return nil }
      let ends = (lower ?? -.infinity, upper ?? .infinity)
      guard ends.0 <= ends.1, ends.0.isFinite || ends.1.isFinite else { return nil }
      return bandText(Band(lower: ends.0, upper: ends.1), unit: unit)
    }
  }

  init(
    _ paper: any Replication.Type, at tier: Tier, _ verdicts: [JudgementSummary],
    _ again: [JudgementSummary], _ history: [JudgementSummary], _ posts: Goalposts
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
            $0, isCurrent: $0.version == version,
            goalposts: posts.move(to: declaration, from: $0.version))
        },
        trend: history.filter { $0.claim == declaration.claim }.map(\.estimate))
    }
  }
}

extension ShowJSON {
  /// The columns of `show --csv`.
  static let header = [
    "paper", "claim", "tier", "verdict", "estimate", "low", "high", "band_low", "band_high",
    "unit", "n", "runs", "run", "commit", "clean", "is_current", "place", "statement", "reason",
    "goalposts",
  ]
}

extension ShowJSON.Claim {
  /// The claim as a row under the header.
  func fields(of paper: ShowJSON) -> [CSVField] {
    let ends = latest?.band
    return [
      .text(paper.id), .text(id), .text(paper.tier.rawValue), .text(latest?.verdict.rawValue),
      .number(latest?.estimate), .number(latest?.interval?.first),
      .number(latest?.interval?.last), .number(ends.map { $0.first.flatMap { $0 } ?? -.infinity }),
      .number(ends.map { $0.last.flatMap { $0 } ?? .infinity }), .text(latest?.unit),
      .count(latest?.n), .count(trend.count), .text(latest?.run.description),
      .text(latest?.commit), .truth(latest?.clean), .truth(latest?.isCurrent), .text(place),
      .text(statement), .text(latest?.reason),
      .text(latest?.goalposts?.lines.joined(separator: "; ")),
    ]
  }
}

/// An estimate with its interval in words; `no number` where there is none.
func numbersText(_ estimate: Double?, _ interval: [Double]?, unit: String) -> String {
  guard let estimate else { return "no number" }
  let ends = interval.flatMap { ends in
    ends.count == 2 && ends[0] <= ends[1] ? Interval(lower: ends[0], upper: ends[1]) : nil
  }
  return measuredText(estimate, interval: ends, unit: unit)
}
