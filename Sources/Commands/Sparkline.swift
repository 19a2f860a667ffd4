import Evidence

/// Numbers over time in a row of characters, the oldest first.
///
/// The heights run from the least of the numbers shown to the greatest; what is missing or not
/// finite is a `!`.
struct Sparkline {
  /// The characters, one for each number.
  let text: String

  /// The most numbers that are shown; the youngest are.
  static let most = 16

  private static let blocks = Array("▁▂▃▄▅▆▇█")
  private static let plain = Array("_.-:=+*#")

  /// A row of some numbers; empty without any.
  init(_ numbers: [Double?], hasUnicode: Bool) {
    let steps = hasUnicode ? Self.blocks : Self.plain
    let shown = numbers.suffix(Self.most)
    let finite = shown.compactMap { $0 }.filter(\.isFinite)
    let (least, greatest) = (finite.min() ?? 0, finite.max() ?? 0)
    text = String(
      shown.map { number -> Character in
        guard let number, number.isFinite else { return "!" }
        if least == greatest { return steps[steps.count / 2 - 1] }
        // Halves, since the greatest number less the least may be none.
        let share = (number / 2 - least / 2) / (greatest / 2 - least / 2)
        return steps[min(steps.count - 1, Int(share * Double(steps.count)))]
      })
  }
}
