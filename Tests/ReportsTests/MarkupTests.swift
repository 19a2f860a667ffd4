import Reports
import Testing

struct `Markup of a page` {
  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("\" onload='x' `", "&quot; onload=&#39;x&#39; &#96;"), ("a & b", "a &amp; b"),
    ("\u{1b}[31mred", "\u{fffd}[31mred"), ("\u{202e}abc\u{2066}", "\u{fffd}abc\u{fffd}"),
    ("line\u{2028}break", "line\u{fffd}break"), ("\u{0}\u{7f}\u{85}", "\u{fffd}\u{fffd}\u{fffd}"),
    ("\u{fffe}\u{ffff}", "\u{fffd}\u{fffd}"), ("κ ≥ 0.5 ‖w‖²\n\tnext", "κ ≥ 0.5 ‖w‖²\n\tnext"),
  ]) func `escapes every value`(value: String, expected: String) {
    let markup: Markup = "<td title=\"\(value)\">\(value)</td>"
    #expect(markup.text == "<td title=\"\(expected)\">\(expected)</td>")
  }

  @Test func `inside markup stays what it is`() {
    let inner: Markup = "<b>\("<")</b>"
    let outer: Markup = "<i>\(inner)</i>\(Optional<Markup>.none)\(3)"
    #expect(outer.text == "<i><b>&lt;</b></i>3")
  }

  @Test(arguments: [
    (0.0, "0"), (-0.001, "0"), (1.005, "1"), (12.3456, "12.35"), (-3.1, "-3.1"), (0.05, "0.05"),
    (.nan, "0"), (.infinity, "0"), (1e300, "0"), (680, "680"),
  ]) func `has positions to hundredths`(position: Double, expected: String) {
    #expect(coordinateText(position) == expected)
  }
}

struct `A file name` {
  @Test(arguments: ["evron2023-continual-separable", "a", "0-1"])
  func `is the text where that is harmless`(text: String) {
    #expect(fileName(text) == text)
  }

  @Test(arguments: [
    "", ".", "..", "../etc", "a/b", "a\\b", "A", "é", "a b", "con\u{0}", "%2e%2e", "a#b", "a?b",
    String(repeating: "a", count: 101),
  ]) func `is a digest where it is not`(text: String) {
    let name = fileName(text)
    #expect(name.count == 33 && name.first == "_")
    #expect(name.dropFirst().allSatisfy { $0.isHexDigit })
  }

  @Test func `of a figure is its title in lower case with hyphens`() {
    #expect(figureName("Forgetting of a hard pair, α = 2") == "forgetting-of-a-hard-pair-2")
    #expect(figureName("‖·‖").hasPrefix("_"))
  }
}

struct `The inert form of a text` {
  @Test(arguments: [
    ("a\u{7f}b", "a\u{fffd}b"), ("\u{0}", "\u{fffd}"), ("a\u{0}b", "a\u{fffd}b"),
    ("\u{1b}[31m\n\t", "\u{fffd}[31m\u{fffd}\u{fffd}"), ("\u{9b}2J\u{85}", "\u{fffd}2J\u{fffd}"),
    ("\u{202e}x\u{200b}\u{ad}", "\u{fffd}x\u{fffd}\u{fffd}"),
    ("a\u{2028}\u{fffe}", "a\u{fffd}\u{fffd}"), ("λ₀ ≥ 中 e\u{301}", "λ₀ ≥ 中 e\u{301}"), ("", ""),
  ]) func `has nothing that steers a terminal or a line`(text: String, expected: String) {
    #expect(text.inert.unicodeScalars.elementsEqual(expected.unicodeScalars))
  }
}
