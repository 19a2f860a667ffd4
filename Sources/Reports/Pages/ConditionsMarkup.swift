import Evidence
package import Replication

/// The conditions of a judgement with the values of their seeds.
package struct ConditionsMarkup {
  let result: ClaimResult

  /// The most cells of a condition, and the most values in them, that a page shows.
  static let most = 40

  package init(_ result: ClaimResult) { self.result = result }

  package var markup: Markup {
    let control: Markup? = result.control.map { control in
      """
      <p>Under its control (\(control.substitution)): \(VerdictSign(control.verdict).word)\
      \(control.estimate.map { ", \(plainNumber($0, significant: 4))" } ?? "").</p>
      """
    }
    return """
      <h3>What was measured</h3>\(result.conditions.markup(condition))\
      \(result.premises.markup(condition))\(control)
      """
  }

  private func condition(_ condition: ConditionResult) -> Markup {
    let cells = condition.cells.sorted { $0.judgement.verdict > $1.judgement.verdict }
    let shown = cells.prefix(Self.most)
    let rows = shown.markup { cell -> Markup in
      let estimate = cell.judgement.estimate.map {
        resultText($0, cell.judgement.interval, unit: condition.unit)
      }
      return """
        <tr><th scope="row">\(cell.label.isEmpty ? "all" : cell.label)</th><td>\
        \(VerdictSign(cell.judgement.verdict).chip)</td><td class="num">\(estimate ?? "no number")</td>\
        <td>\(dots(of: cell, in: condition.band))</td></tr>
        """
    }
    let rest: Markup =
      shown.count < cells.count
      ? "<p class=\"key\">The gravest \(shown.count) of \(cells.count) cells.</p>" : ""
    return """
      <p class="cond"><code>\(condition.measure)</code> \(acceptedText(condition.band, unit: condition.unit))\
      </p>\(table(
        "Cells of: \(condition.measure)", ["Cell", "Verdict", "Measured", "Each seed"], rows,
        name: "claims"))\(rest)
      \(values(of: condition))
      """
  }

  /// The value of each seed as a dot over the accepted range.
  private func dots(of cell: CellResult, in band: Band) -> Markup {
    let numbers = cell.readings.compactMap { $0.reading?.number }.filter(\.isFinite)
    if numbers.isEmpty { return "" }
    let strip = IntervalStrip(showing: numbers + [band.lower, band.upper].filter(\.isFinite))
    let (start, end) = (strip.x(band.lower), strip.x(band.upper))
    let dots = numbers.enumerated().markup { index, number in
      // Seeds are set off in height so that equal values are seen apart.
      "<circle class=\"seed\" cx=\"\(at: strip.x(number))\" cy=\"\(at: 6 + Double(index % 5) * 3)\" r=\"2\"/>"
    }
    return """
      <svg class="strip" viewBox="0 0 \(at: strip.width) 24" role="img" aria-label="\
      \(counted(numbers.count, "seed")) from \(plainNumber(numbers.min() ?? 0, significant: 4)) to \
      \(plainNumber(numbers.max() ?? 0, significant: 4))"><rect class="acc" x="\(at: start)" y="0" \
      width="\(at: max(1, end - start))" height="24"/>\(dots)</svg>
      """
  }

  /// The values of the seeds as numbers, for the cell that decides.
  private func values(of condition: ConditionResult) -> Markup {
    guard
      let cell = condition.cells.first(where: { $0.judgement == condition.judgement })
        ?? condition.cells.first
    else { return "" }
    let rows = cell.readings.markup { reading in
      """
      <tr><th scope="row">\(reading.seed)</th><td class="num">\
      \(reading.reading?.description ?? "missing")</td></tr>
      """
    }
    let name = cell.label.isEmpty ? "" : " at \(cell.label)"
    return """
      <details><summary>Value of each seed\(name)</summary>\(table(
        "Value of each seed", ["Seed", "Value"], rows))</details>
      """
  }
}
