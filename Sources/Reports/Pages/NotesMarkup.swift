import Foundation

/// The notes of a replication as markup: the few signs of Markdown that notes use.
///
/// Headings, paragraphs, lists, tables, code, emphasis; links stay the text they are. Everything
/// else is text.
package struct NotesMarkup {
  package let markup: Markup

  package init(_ text: String) {
    var blocks = Markup()
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let kind = Kind(line)
      switch kind {
      case .blank: index += 1
      case .heading(let depth):
        blocks += Self.heading(line.drop { $0 == "#" }, depth: depth)
        index += 1
      case .fence:
        let end = lines[(index + 1)...].firstIndex { Kind($0) == .fence } ?? lines.count
        blocks += "<pre tabindex=\"0\">\(lines[(index + 1)..<end].joined(separator: "\n"))</pre>\n"
        index = end + 1
      case .code, .row:
        let end = lines[index...].firstIndex { Kind($0) != kind } ?? lines.count
        blocks +=
          kind == .row
          ? Self.table(lines[index..<end])
          : "<pre tabindex=\"0\">\(lines[index..<end].map { $0.dropFirst(4) }.joined(separator: "\n"))</pre>\n"
        index = end
      case .item:
        let end = Self.endOfList(lines, from: index)
        blocks += Self.list(lines[index..<end])
        index = end
      case .text:
        let end = lines[index...].firstIndex { Kind($0) != .text } ?? lines.count
        blocks += "<p>\(Self.inline(lines[index..<end].joined(separator: "\n")))</p>\n"
        index = end
      }
    }
    markup = blocks
  }

  private enum Kind: Hashable {
    case blank, fence, code, row, item, text
    case heading(Int)

    init(_ line: Substring) {
      let start = line.drop { $0 == " " }
      let hashes = line.prefix { $0 == "#" }.count
      if start.isEmpty {
        self = .blank
      } else if (1...6).contains(hashes), line.dropFirst(hashes).first == " " {
        self = .heading(hashes)
      } else if start.hasPrefix("```") {
        self = .fence
      } else if line.hasPrefix("|") {
        self = .row
      } else if start.hasPrefix("- ") || start.hasPrefix("* ") {
        self = .item
      } else {
        self = line.hasPrefix("    ") ? .code : .text
      }
    }
  }

  private static func heading(_ text: Substring, depth: Int) -> Markup {
    let words = inline(text.trimmingCharacters(in: .whitespaces))
    return depth <= 2 ? "<h3>\(words)</h3>\n" : "<h4>\(words)</h4>\n"
  }

  /// A list goes on over indented lines and ends at a blank one that no item follows.
  private static func endOfList(_ lines: [Substring], from start: Int) -> Int {
    var index = start
    while index < lines.count {
      let line = lines[index]
      if Kind(line) == .blank {
        let next = index + 1 < lines.count ? Kind(lines[index + 1]) : .blank
        if next != .item { break }
      } else if Kind(line) != .item, !line.hasPrefix("  ") {
        break
      }
      index += 1
    }
    return index
  }

  private static func list(_ lines: ArraySlice<Substring>) -> Markup {
    var items: [String] = []
    for line in lines where Kind(line) != .blank {
      let text = line.drop { $0 == " " }
      if Kind(line) == .item {
        items.append(String(text.dropFirst(2)))
      } else if !items.isEmpty {
        items[items.count - 1] += "\n" + text
      }
    }
    return "<ul>\(items.markup { "<li>\(inline($0))</li>" })</ul>\n"
  }

  private static func table(_ lines: ArraySlice<Substring>) -> Markup {
    let rows = lines.map { line in
      line.trimmingCharacters(in: CharacterSet(charactersIn: "| ")).components(separatedBy: "|")
        .map { $0.trimmingCharacters(in: .whitespaces) }
    }
    let isRuled =
      rows.dropFirst().first?.allSatisfy { $0.allSatisfy { "-: ".contains($0) } } ?? false
    let body = rows.dropFirst(isRuled ? 2 : 0).markup { row in
      "<tr>\(row.markup { "<td>\(inline($0))</td>" })</tr>"
    }
    let head: Markup? =
      isRuled
      ? rows.first.map { row in
        "<thead><tr>\(row.markup { "<th scope=\"col\">\(inline($0))</th>" })</tr></thead>"
      } : nil
    return
      "<div class=\"scroll\" role=\"group\" aria-label=\"A table of the notes\" tabindex=\"0\"><table>\(head)<tbody>\(body)</tbody></table></div>\n"
  }

  /// Code, strong and emphasis inside a line; a sign without its partner is text.
  static func inline(_ text: String) -> Markup {
    var markup = Markup()
    var rest = text[...]
    while let start = rest.firstIndex(where: { $0 == "`" || $0 == "*" }) {
      markup += "\(rest[..<start])"
      rest = rest[start...]
      let sign = rest.hasPrefix("**") ? "**" : String(rest.prefix(1))
      let inner = rest.dropFirst(sign.count)
      guard let end = inner.range(of: sign), end.lowerBound > inner.startIndex,
        sign == "`" || inner.first != " "
      else {
        markup += "\(sign)"
        rest = inner
        continue
      }
      let content = String(inner[..<end.lowerBound])
      switch sign {
      case "`": markup += "<code>\(content)</code>"
      case "**": markup += "<strong>\(inline(content))</strong>"
      default: markup += "<em>\(content)</em>"
      }
      rest = inner[end.upperBound...]
    }
    return markup + "\(rest)"
  }
}
