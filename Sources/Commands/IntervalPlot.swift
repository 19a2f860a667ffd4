import Evidence

/// A measured interval drawn over the accepted one, on one line.
///
///     ·····|────├──●──┤────
///
/// Dots lie outside the band, whose finite ends are bars; the measured interval has its estimate as a
/// disc.
struct IntervalPlot {
  /// The accepted numbers.
  var accepted: Interval
  /// The measured number.
  var estimate: Double
  /// Its interval, where it has one.
  var interval: Interval?

  /// The line, of at most `width` characters; nil where nothing finite can be drawn to scale.
  func line(width: Int) -> String? {
    let ends = [interval?.lower, interval?.upper, estimate, accepted.lower, accepted.upper]
      .compactMap { $0 }.filter(\.isFinite)
    guard width >= 10, let least = ends.min(), let greatest = ends.max(), estimate.isFinite
    else { return nil }
    // Something on either side, so that what lies beyond an end is seen to.
    let room = greatest > least ? (greatest - least) / 8 : max(1, abs(least))
    let (start, length) = (least - room, greatest - least + 2 * room)
    guard length.isFinite, length > 0 else { return nil }
    func column(_ value: Double) -> Int {
      let share = (value - start) / length
      // An interval may be open to one side.
      return Int((min(1, max(0, share)) * Double(width - 1)).rounded())
    }
    var cells = (0..<width).map { column -> Character in
      let value = start + length * Double(column) / Double(width - 1)
      return accepted.lower <= value && value <= accepted.upper ? "─" : "·"
    }
    for end in [accepted.lower, accepted.upper] where end.isFinite { cells[column(end)] = "|" }
    if let interval {
      cells[column(interval.lower)] = "├"
      cells[column(interval.upper)] = "┤"
    }
    cells[column(estimate)] = "●"
    return String(cells)
  }
}
