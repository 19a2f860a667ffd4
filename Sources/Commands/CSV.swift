import Digests
import Registry

/// Comma-separated values as RFC 4180 has them, safe to open in a spreadsheet.
enum CSV {
  /// A header and a line for each judgement.
  static func lines(_ judgements: [JudgementSummary]) -> [String] {
    let header = [
      "run", "claim", "version", "tier", "started_at", "commit", "clean", "verdict", "estimate",
      "low", "high", "unit", "n", "reason",
    ]
    let rows = judgements.map { entry in
      [
        entry.run.description, text(entry.claim), entry.version.description, entry.tier,
        entry.startedAt.description, entry.commit ?? "",
        entry.isClean.map { $0 ? "true" : "false" } ?? "", entry.verdict.rawValue,
        number(entry.estimate), number(entry.interval?.low), number(entry.interval?.high),
        text(entry.unit), "\(entry.n)", text(entry.reason),
      ].map(quoted).joined(separator: ",")
    }
    return [header.joined(separator: ",")] + rows
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
