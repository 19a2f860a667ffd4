/// Text as GitHub's and GitLab's Markdown show it literally.
enum MarkdownText {
  /// The text on one line, with nothing in it that Markdown or HTML would act on.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in text.singleLine {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case "\\", "`", "*", "_", "|", "~", "$", "#": result += "\\\(character)"
      // A bracket by itself is one; before an address it would end a link's words.
      case "(" where result.hasSuffix("]"): result += "\\("
      // An address would become a link.
      case "/" where result.hasSuffix(":"): result += "&#47;"
      case "@": result += "&#64;"
      default: result.append(character)
      }
    }
    return result
  }

  /// A name in the type of code, where it is one; else as text.
  static func code(_ text: String) -> String {
    let isPlain =
      !text.isEmpty
      && text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
          UInt8(ascii: "_"), UInt8(ascii: "/"):
          true
        default: false
        }
      }
    return isPlain ? "`\(text)`" : escaped(text)
  }

  /// A row of a table.
  static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }
}

extension String {
  /// The text on one line: breaks are spaces, and what steers a terminal is made visible.
  var singleLine: String {
    let line = map { $0.isNewline || $0 == "\t" ? " " : String($0) }.joined()
    return line.inert
  }
}
