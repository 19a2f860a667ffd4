import Evidence

/// How pages show a verdict: a sign, a word and a class, so that colour is never the only sign.
struct VerdictSign {
  /// One character.
  let sign: String
  /// The word; `undecided` for an inconclusive one.
  let word: String
  /// The class that sets the colour.
  let name: StaticName

  /// A class name of our own.
  typealias StaticName = Markup

  /// The sign of a verdict; nil means: never judged.
  init(_ verdict: Verdict?) {
    switch verdict {
    case .pass?: (sign, word, name) = ("✓", "pass", "vp")
    case .fail?: (sign, word, name) = ("✗", "fail", "vf")
    case .inconclusive?: (sign, word, name) = ("?", "undecided", "vi")
    case .error?: (sign, word, name) = ("!", "error", "ve")
    case nil: (sign, word, name) = ("–", "not run", "vn")
    }
  }

  /// The sign with its word.
  var chip: Markup {
    "<span class=\"chip \(name)\"><span aria-hidden=\"true\">\(sign)</span> \(word)</span>"
  }
}
