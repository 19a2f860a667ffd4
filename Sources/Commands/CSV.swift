import Digests
import Registry
import Replication
import Runner

/// Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
enum CSV {
  /// A header and a line for each judgement.
  static func lines(_ judgements: [HistoryJSON.Entry]) -> [String] {
    let header = [
      "run", "claim", "version", "tier", "started_at", "commit", "clean", "verdict", "estimate",
      "low", "high", "unit", "n", "reason", "edition", "judged_at",
      "goalposts",
    ]
    let rows = judgements.map { entry in
      [
        entry.run.description, text(entry.claim), entry.version.description, entry.tier,
        entry.startedAt, entry.commit ?? "", entry.clean.map { $0 ? "true" : "false" } ?? "",
        entry.verdict.rawValue, number(entry.estimate), number(entry.interval?[0]),
        number(entry.interval?[1]), text(entry.unit), "\(entry.n)", text(entry.reason),
        "\(entry.edition)", entry.judgedAt ?? "",
        text(entry.goalposts?.lines.joined(separator: "; ") ?? ""),
      ].map(quoted).joined(separator: ",")
    }
    return [header.joined(separator: ",")] + rows
  }

  /// A header and a line for each point of some figures.
  static func lines(_ figures: [DrawnFigure]) -> [String] {
    let header = [
      "figure", "place", "line", "horizontal", "x", "vertical", "unit", "mean", "low", "high",
      "seeds",
    ]
    var rows: [[String]] = [header]
    for figure in figures {
      for line in figure.lines {
        for point in line.points {
          rows.append([
            text(figure.title), text(figure.place), text(line.name), text(figure.horizontal),
            point.x, text(figure.vertical), text(figure.unit), number(point.y),
            number(point.interval?.lower), number(point.interval?.upper), "\(point.seeds)",
          ])
        }
      }
    }
    return rows.map { $0.map(quoted).joined(separator: ",") }
  }

  /// A number with all its digits; nothing where there is none.
  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "" }

  /// Text that no spreadsheet takes for a formula.
  private static func text(_ text: String) -> String {
    guard let first = text.first, "=+-@\t\r\0".contains(first) else { return text }
    return "'" + text
  }

  private static func quoted(_ field: String) -> String {
    field.contains { $0 == "," || $0 == "\"" || $0.isNewline }
      ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
