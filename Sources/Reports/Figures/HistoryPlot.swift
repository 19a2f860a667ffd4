import Evidence
import Registry

/// The intervals of a claim over its runs, one below the other, with what was accepted then.
struct HistoryPlot {
  private let rows: [JudgementSummary]
  private let known: ClaimReport.AtTier

  /// - Parameters:
  ///   - rows: The judgements, youngest first.
  ///   - known: The claim.
  init(_ rows: [JudgementSummary], _ known: ClaimReport.AtTier) {
    self.rows = rows
    self.known = known
  }

  var svg: Markup {
    let judged = rows.map(known.interval)
    let estimates = judged.flatMap { [$0.estimate, $0.accepted?.lower, $0.accepted?.upper] }
      .compactMap { $0 }.filter(\.isFinite)
    guard !estimates.isEmpty else { return "" }
    // Intervals may run out of the drawing; estimates and bands may not.
    let reach = 6 * ((estimates.max() ?? 1) - (estimates.min() ?? 0))
    let ends = judged.flatMap { [$0.interval?.lower, $0.interval?.upper] }.compactMap { $0 }
      .filter {
        $0.isFinite && $0 >= (estimates.min() ?? 0) - reach && $0 <= (estimates.max() ?? 0) + reach
      }
    let (left, row) = (150.0, 20.0)
    let strip = IntervalStrip(showing: estimates + ends, width: FigureDrawing.width - left - 12)
    let height = Double(rows.count) * row
    let labels = rows.enumerated().markup { index, entry in
      let commit = entry.commit.map { String($0.prefix(8)) } ?? "no commit"
      return """
        <text class="tk" x="0" y="\(at: Double(index) * row + 14)">\(entry.startedAt.day) \(commit)</text>
        """
    }
    let marks = judged.enumerated().markup { index, interval in
      strip.marks(of: interval, y: (Double(index) + 0.5) * row, half: row / 2)
    }
    let moves = rows.indices.dropLast().filter { rows[$0].version != rows[$0 + 1].version }
    let lines = moves.markup { index in
      "<path class=\"goal\" d=\"M0 \(at: Double(index + 1) * row)H\(at: FigureDrawing.width)\"/>"
    }
    let ticks = linearTicks(from: strip.lower, to: strip.upper, atMost: 6).markup { tick in
      let x = left + strip.x(tick)
      return """
        <path class="grid" d="M\(at: x) 0V\(at: height)"/><text class="tk" x="\(at: x)" \
        y="\(at: height + 16)" text-anchor="middle">\(tickText(tick))</text>
        """
    }
    return """
      <div class="scroll" role="group" aria-label="History as a drawing" tabindex="0"><svg \
      class="figure history" viewBox="0 0 \(at: FigureDrawing.width) \(at: height + 24)" role="img" \
      aria-label="\(words(judged))">\(ticks)\(labels)<g transform="translate(\(at: left) 0)">\(marks)</g>\(lines)</svg></div><p class="key">Youngest first. The \
      shaded range is what was accepted then; a dashed line: the claim was declared otherwise before.</p>
      """
  }

  private func words(_ judged: [JudgedInterval]) -> String {
    zip(rows, judged).prefix(12).map { entry, interval in
      "\(entry.startedAt.day): \(VerdictSign(interval.verdict).word), \(interval.measuredText)"
    }.joined(separator: "; ")
  }
}
