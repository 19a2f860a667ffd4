import Replication

/// How many claims hold, as a badge.
package struct Badge {
  /// The text on the left.
  let label: String
  /// The text on the right: `12/14 claims`.
  let message: String
  /// The gravest finding; nil where no verdict counts.
  let worst: Finding.Level?

  /// A badge of some claims, named for their paper where there is only one.
  package init(_ selection: ExportSelection) {
    let papers = Set(selection.claims.map(\.paper))
    label = papers.count == 1 ? papers.first.map(\.singleLine) ?? "" : "replicated"
    let findings = selection.claims.map(\.finding.level)
    let score = selection.score
    let undecided = findings.count { $0 == .undecided }
    message =
      if !selection.claims.contains(where: { $0.judgement != nil }) {
        "not run"
      } else if score.counted == 0 {
        "recorded only"
      } else if undecided == score.counted {
        "\(undecided) inconclusive"
      } else {
        "\(score.passing)/\(score.counted) claims"
      }
    worst = findings.filter { $0 != .aside }.min { $0.rawValue < $1.rawValue }
  }

  /// What the endpoint of Shields reads.
  package var json: String {
    get throws {
      try Canonical.text(
        Endpoint(label: label, message: message, color: color, isError: worst == .error)) + "\n"
    }
  }

  private struct Endpoint: Encodable {
    var schemaVersion = 1
    var label: String
    var message: String
    var color: String
    var isError: Bool
  }

  private var color: String {
    switch worst {
    case .error?: "red"
    case .failure?: "orange"
    case .undecided?: "yellow"
    case .pass?: "brightgreen"
    case .aside?, nil: "lightgrey"
    }
  }
}

extension Badge {
  /// The badge as a drawing, for where no service may be asked.
  package var svg: String {
    // The text is fitted to its place, so that an estimate of its width is enough.
    let left = 7 * min(60, label.count) + 12
    let right = 7 * min(60, message.count) + 12
    let drawing: Markup = """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(left + right)" height="20" role="img" \
      aria-label="\(label): \(message)"><title>\(label): \(message)</title>\
      <path fill="#444" d="M3 0h\(left - 3)v20H3a3 3 0 0 1-3-3V3a3 3 0 0 1 3-3z"/>\
      <path fill="\(fill)" d="M\(left) 0h\(right - 3)a3 3 0 0 1 3 3v14a3 3 0 0 1-3 3H\(left)z"/>\
      <g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">\
      <text x="6" y="14" textLength="\(left - 12)" lengthAdjust="spacingAndGlyphs">\(label)</text>\
      <text x="\(left + 6)" y="14" textLength="\(right - 12)" \
      lengthAdjust="spacingAndGlyphs">\(message)</text></g></svg>

      """
    return drawing.text
  }

  /// A colour on which white text can be read.
  private var fill: Markup {
    switch worst {
    case .error?: "#a3123f"
    case .failure?: "#b3361b"
    case .undecided?: "#7a5b00"
    case .pass?: "#1c7431"
    case .aside?, nil: "#5c5c5c"
    }
  }
}
