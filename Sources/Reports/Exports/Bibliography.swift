package import Replication

/// The citations of papers in BibTeX.
package struct Bibliography {
  let papers: [Paper]

  /// A bibliography of some papers.
  package init(_ papers: [Paper]) { self.papers = papers }

  /// The entries.
  package var text: String { papers.map(Self.entry).joined(separator: "\n") }

  private static func entry(_ paper: Paper) -> String {
    let key = String(
      decoding: paper.id.utf8.filter { byte in
        byte > 0x20 && byte < 0x7f && !"\"#%'(),={}\\~^&$".utf8.contains(byte)
      }, as: UTF8.self)
    // A name with a comma or an "and" would be taken apart.
    let authors = paper.authors.map { name in
      name.contains(",") || name.contains(" and ")
        ? "{\(LaTeXText.escaped(name))}" : LaTeXText.escaped(name)
    }
    var fields = [
      ("author", authors.joined(separator: " and ")),
      // In braces, so that styles leave the capitals alone.
      ("title", "{\(LaTeXText.escaped(paper.title))}"), ("year", "\(paper.year)"),
    ]
    switch paper.identifier {
    case .arxiv(let number):
      fields += [("eprint", address(number)), ("archiveprefix", "arXiv")]
    case .doi(let name): fields.append(("doi", address(name)))
    }
    fields.append(("url", address(paper.identifier.url)))
    return "@misc{\(key),\n"
      + fields.map { "  \($0) = {\($1)},\n" }.joined() + "}\n"
  }

  /// An address for `\url`, with what braces and comments mean to BibTeX written as bytes.
  private static func address(_ url: String) -> String {
    url.utf8.map { byte in
      byte > 0x20 && byte < 0x7f && !"{}%\\\"<>^`".utf8.contains(byte)
        ? String(UnicodeScalar(byte))
        : "\\%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
    }.joined()
  }
}
