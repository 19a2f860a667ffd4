import Evidence
import Registry

/// Claims as tables in LaTeX, one a paper, with the command that prints a number by its claim.
package struct LaTeXTable {
  let selection: ExportSelection

  /// Tables of some claims.
  package init(_ selection: ExportSelection) { self.selection = selection }

  /// The tables.
  package var text: String {
    "% Needs \\usepackage{array,booktabs,amssymb}.\n"
      + selection.papers.map(table).joined(separator: "\n")
  }

  /// A command `\replicateValue{paper/claim}` that prints a measured number, and stops where there
  /// is none.
  package var macros: String {
    let head = """
      % \\replicateValue{paper/claim} prints what was measured; needs \\usepackage{amssymb}.
      \\newcommand{\\replicateValue}[1]{\\ifcsname replicate@#1\\endcsname
        \\csname replicate@#1\\endcsname\\else
        \\errmessage{replicate: nothing was measured for #1}\\fi}

      """
    let lines = selection.claims.compactMap { claim -> String? in
      // A number that is missing or in error has no value to print.
      guard claim.judgement?.estimate?.isFinite == true, claim.verdict != .error,
        claim.path.utf8.allSatisfy(Self.isPlain)
      else { return nil }
      let value = LaTeXText.escaped(claim.measured)
      return "\\expandafter\\def\\csname replicate@\(claim.path)\\endcsname{\(value)}\n"
    }
    return head + lines.joined()
  }

  private func table(_ paper: ExportSelection) -> String {
    let id = paper.claims.first?.paper ?? ""
    let title = paper.claims.first?.title ?? ""
    let caption = LaTeXText.escaped("\(title): \(paper.caption.joined(separator: "; ")).")
    let label = String(decoding: id.utf8.filter(Self.isPlain), as: UTF8.self)
    // The shares of the width leave room for the number of seeds.
    let widths = [".29", ".13", ".13", ".17", nil, ".11"]
    let columns = widths.map { width in
      width.map { ">{\\raggedright}p{\($0)\\linewidth}" } ?? "r"
    }.joined()
    return """
      \\begin{table}
      \\caption{\(caption)}
      \\label{tab:\(label)}
      \\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}
      \\begin{tabular}{\(columns)}
      \\toprule
      Claim & Place & Accepted & Measured & $n$ & Verdict \\tabularnewline
      \\midrule
      \(paper.claims.map(row).joined(separator: "\n"))
      \\bottomrule
      \\end{tabular}
      \\end{table}

      """
  }

  private func row(_ claim: ExportedClaim) -> String {
    let cells = [
      claim.statement, claim.place, claim.accepted, claim.measured, claim.seedsText,
      claim.verdictWords,
    ]
    let row = cells.map(LaTeXText.escaped).joined(separator: " & ") + " \\tabularnewline"
    // After the end of a row, or a rule, these would be an argument.
    return row.hasPrefix("[") || row.hasPrefix("*") || row.hasPrefix("(") ? "{}\(row)" : row
  }

  /// Whether a byte is itself in a name of LaTeX.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
      UInt8(ascii: "/"):
      true
    default: false
    }
  }
}
