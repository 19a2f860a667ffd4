import Foundation
import Registry
import Reports
import SyntheticRegistry
import Testing

struct `Hostile text in every column` {
  /// Texts that come back from a registry as they were recorded.
  static let recorded = [
    "<script>alert(1)</script>", "\"onmouseover=\"alert(1)", "' onfocus='alert(1)' autofocus='",
    "javascript:alert(1)", "</title></script><img src=x onerror=alert(1)>", "]]><x>", "<!--",
    "a\u{2028}b\u{2029}c", "\u{202e}drowssap\u{2066}\u{200b}", "\u{1b}]0;x\u{7}\u{1b}[31m\u{9b}2J",
    "=HYPERLINK(\"http://x\")", "+1", "-cmd|' /C calc'!A0", "@SUM(1)", "\tx",
    "../../../../etc/passwd",
    "..%2f..%2f", "\\\\host\\share", "{{{x}}}", "&lt;b&gt;&#0;", "\u{fffe}x\u{ffff}",
    "${x}`id`$(id)",
  ]

  /// Those, and one of which a registry keeps what stands before the zero, but for documents.
  static let texts = recorded + ["\u{fffe}\u{0}x"]

  static let reserved: Set<Unicode.Scalar> = [
    "\u{2028}", "\u{202e}", "\u{1b}", "\u{7}", "\u{0}", "\u{9b}",
  ]

  @Test(arguments: texts) func `is inert on every page`(text: String) throws {
    let place = try Workplace()
    var synthetic = SyntheticRegistry()
    synthetic.runs = 24
    synthetic.papers = 2
    synthetic.commits = 2
    synthetic.text = text
    try place.build(Workplace.registry(synthetic))
    // What was recorded is there, but for what steers; tabs are white space.
    let words = text.drop { $0 == "\t" }
    var shown: Set<String> = []
    for (path, data) in try place.files() where !path.hasPrefix(".") {
      #expect(path.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } && !path.contains(".."))
      if path.hasSuffix(".html") || path.hasSuffix(".xml") {
        let page = Parsed(data)
        if page.text.contains(String(words).inert) { shown.insert(path) }
        #expect(page.problem == nil, "\(path)")
        #expect(page.elements["script"] ?? 0 <= 1 && page.elements["img"] == nil, "\(path)")
        #expect(page.textOfScripts.isEmpty, "\(path)")
        #expect(
          page.attributes.allSatisfy { !$0.name.hasPrefix("on") && $0.name != "autofocus" },
          "\(path)")
        #expect(page.links.allSatisfy { !$0.contains(":") && !$0.hasPrefix("//") }, "\(path)")
        let steering = page.text.unicodeScalars.contains { Self.reserved.contains($0) }
        #expect(!steering, "\(path)")
      }
      if path.hasSuffix(".csv") {
        let cells = String(decoding: data, as: UTF8.self).split { $0 == "," || $0.isNewline }
        let formulas = cells.filter { cell in
          let cell = cell.drop { $0 == "\"" }
          return cell.first.map { "=+@\t\r".contains($0) } ?? false
            || (cell.first == "-" && Double(cell) == nil)
        }
        #expect(formulas.isEmpty, "\(path): \(formulas.prefix(3))")
      }
    }
    if text.contains("\0") {
      #expect(shown.count > 20)
    } else {
      #expect(shown.count { $0.contains("/claims/") } == 12)
      #expect(shown.count { $0.hasPrefix("runs/") && $0.hasSuffix(".html") } == 24)
    }
  }

  @Test func `in the notes of a paper stays text`() {
    let notes =
      Self.texts.joined(separator: "\n\n")
      + "\n\n| a | <b> |\n|---|---|\n| `<i>` | **<u>** |\n\n- *<s>* and `<q`\n\n# <h>\n\n```\n<pre>\n```\n"
    let markup = NotesMarkup(notes).markup
    let page = Parsed(Data((("<r>" as Markup) + markup + "</r>").bytes))
    #expect(page.problem == nil)
    #expect(
      Set(page.elements.keys).isSubset(of: [
        "r", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "strong", "em",
        "h3", "h4", "pre", "div",
      ]))
    #expect(page.elements["table"] == 1 && page.elements["strong"] == 1)
  }

  @Test func `is one word of a shell's command line`() {
    #expect(shellWord("--tier") == "--tier")
    #expect(shellWord("$(id) 'x'") == #"'$(id) '\''x'\'''"#)
    #expect(shellWord("") == "''")
  }
}
