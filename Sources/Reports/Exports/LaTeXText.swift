import Foundation

/// Text as LaTeX sets it, with no package beyond `amssymb`.
enum LaTeXText {
  /// The text on one line, with nothing in it that LaTeX would act on.
  ///
  /// What lies outside of ASCII becomes commands; a character that has none is named by its number,
  /// so that a table compiles whatever a statement holds.
  static func escaped(_ text: String) -> String {
    var pieces: [Piece] = []
    for scalar in text.singleLine.unicodeScalars {
      // A letter and its accent are two scalars where no letter with the accent exists.
      if let accent = LaTeXSymbols.accents[scalar], let base = pieces.popLast() {
        pieces.append(Piece(.math, "\(accent.math){\(base.text)}"))
      } else {
        pieces.append(Piece(scalar))
      }
    }
    var result = ""
    var rest = pieces[...]
    while let kind = rest.first?.kind {
      let group = rest.prefix { $0.kind == kind }
      rest = rest.dropFirst(group.count)
      let words = group.map(\.text)
      switch kind {
      // Two hyphens would become a dash.
      case .plain: result += words.joined().replacing("--", with: "-{}-{}")
      case .math: result += "\\ensuremath{\(words.joined(separator: " "))}"
      case .above: result += "\\ensuremath{^{\(words.joined())}}"
      case .below: result += "\\ensuremath{_{\(words.joined())}}"
      }
    }
    return result
  }

  /// One character of a text.
  private struct Piece {
    enum Kind { case plain, math, above, below }
    let kind: Kind
    let text: String

    init(_ kind: Kind, _ text: String) { (self.kind, self.text) = (kind, text) }

    init(_ scalar: Unicode.Scalar) {
      if let text = LaTeXSymbols.specials[scalar] {
        self.init(.plain, text)
      } else if scalar.isASCII {
        self.init(.plain, String(scalar))
      } else if let command = LaTeXSymbols.symbols[scalar] {
        self.init(.math, command)
      } else if let script = LaTeXSymbols.superscripts[scalar] {
        self.init(.above, script)
      } else if let script = LaTeXSymbols.subscripts[scalar] {
        self.init(.below, script)
      } else {
        self.init(.plain, Self.accented(scalar) ?? Self.number(scalar))
      }
    }

    /// A letter with an accent that is one scalar, as the accent's command.
    private static func accented(_ scalar: Unicode.Scalar) -> String? {
      let parts = Array(String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars)
      guard parts.count == 2, parts[0].isASCII, let accent = LaTeXSymbols.accents[parts[1]]
      else { return nil }
      return "\(accent.text){\(parts[0])}"
    }

    private static func number(_ scalar: Unicode.Scalar) -> String {
      "{\\ttfamily U+\(String(scalar.value, radix: 16, uppercase: true))}"
    }
  }
}
