import Digests
package import Registry
package import Replication

/// Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
package enum CSV {
  /// Lines as a file.
  package static func file(_ lines: [String]) -> [UInt8] {
    Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// A header and a line for each judgement, with what its claim demands differently from before.
  package static func lines(
    _ judgements: [(judgement: JudgementSummary, goalposts: [String])]
  ) -> [String] {
    let header = [
      "run", "claim", "version", "tier", "started_at", "commit", "clean", "verdict", "estimate",
      "low", "high", "unit", "n", "reason", "edition", "judged_at",
      "goalposts",
    ]
    let rows = judgements.map { entry, goalposts in
      [
        entry.run.description, text(entry.claim), entry.version.description, text(entry.tier),
        entry.startedAt.description, text(entry.commit ?? ""),
        entry.isClean.map { $0 ? "true" : "false" } ?? "", entry.verdict.rawValue,
        number(entry.estimate), number(entry.interval?.low), number(entry.interval?.high),
        text(entry.unit), "\(entry.n)", text(entry.reason), "\(entry.edition)",
        entry.judgedAt?.description ?? "", text(goalposts.joined(separator: "; ")),
      ].map(quoted).joined(separator: ",")
    }
    return [header.joined(separator: ",")] + rows
  }

  /// A header and a line for each point of some figures.
  package static func lines(_ figures: [DrawnFigure]) -> [String] {
    let header = [
      "figure", "place", "line", "horizontal", "x", "vertical", "unit", "mean", "low", "high",
      "seeds", "panel",
    ]
    var rows: [[String]] = [header]
    for figure in figures {
      for line in figure.lines {
        for point in line.points {
          rows.append([
            text(figure.title), text(figure.place), text(line.name), text(figure.horizontal),
            Double(point.x) == nil ? text(point.x) : point.x, text(figure.vertical),
            text(figure.unit), number(point.y),
            number(point.interval?.lower), number(point.interval?.upper), "\(point.seeds)",
            text(line.panel),
          ])
        }
      }
    }
    return rows.map { $0.map(quoted).joined(separator: ",") }
  }

  /// A header and a line for each trial of a run.
  package static func lines(_ trials: [TrialLine]) -> [String] {
    var rows: [[String]] = [
      [
        "identity", "seed", "setup", "status", "outcome_digest", "seconds", "executed_in",
        "message",
      ]
    ]
    for trial in trials {
      rows.append([
        trial.identity.description, "\(trial.seed)", text(trial.setup), trial.status.rawValue,
        trial.outcomeDigest?.description ?? "", "\(trial.seconds)", trial.executedIn.description,
        text(trial.message ?? ""),
      ])
    }
    return rows.map { $0.map(quoted).joined(separator: ",") }
  }

  /// A number with all its digits; nothing where there is none.
  static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// Text that no spreadsheet takes for a formula, and that steers no terminal.
  static func text(_ text: String) -> String {
    let text = text.inert
    switch text.utf8.first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"):
      return "'" + text
    default: return text
    }
  }

  /// A field in quotes where it needs them; line breaks of any script count as such.
  static func quoted(_ field: String) -> String {
    let isPlain = field.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: ","), UInt8(ascii: "\""), 0x0a...0x0d, 0x80...: false
      default: true
      }
    }
    if isPlain { return field }
    return field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
