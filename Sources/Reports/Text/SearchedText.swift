/// A text that can be searched in.
struct SearchedText: Hashable, Sendable {
  private let text: String

  init(_ parts: [String]) { text = parts.joined(separator: " ").lowercased() }

  /// Whether each word of a search occurs, in any case.
  func has(all search: String) -> Bool {
    search.lowercased().split(whereSeparator: \.isWhitespace).allSatisfy { text.contains($0) }
  }
}

/// What a search found, above the rows; nothing where there was no search.
func searchNote(
  _ search: String?, found: Int, of all: Int, _ noun: String, in frame: PageFrame
) -> Markup {
  guard let search else { return "" }
  return """
    <p class="key">\(found) of \(counted(all, noun)) \(found == 1 ? "has" : "have") the words \
    “\(shortened(search, to: 200))”. <a href="\(frame.link(frame.location))">Show all</a></p>
    """
}
