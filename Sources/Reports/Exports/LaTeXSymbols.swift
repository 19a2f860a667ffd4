/// The characters that statements and citations use, as LaTeX writes them.
enum LaTeXSymbols {
  /// Characters of text.
  static let specials: [Unicode.Scalar: String] = [
    "\\": "\\textbackslash{}", "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#",
    "_": "\\_", "%": "\\%", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "<": "\\textless{}", ">": "\\textgreater{}", "|": "\\textbar{}", "\"": "{\\ttfamily\\char34}",
    "`": "\\textasciigrave{}",
    "–": "\\textendash{}", "—": "\\textemdash{}", "…": "\\ldots{}", "‘": "\\textquoteleft{}",
    "’": "\\textquoteright{}", "“": "\\textquotedblleft{}", "”": "\\textquotedblright{}",
    "\u{a0}": "~", "§": "\\S{}", "ß": "\\ss{}", "ø": "\\o{}", "Ø": "\\O{}", "æ": "\\ae{}",
    "Æ": "\\AE{}", "œ": "\\oe{}", "Œ": "\\OE{}", "ł": "\\l{}", "Ł": "\\L{}", "ı": "\\i{}",
  ]

  /// Signs of mathematics.
  static let symbols: [Unicode.Scalar: String] = [
    "−": "-", "±": "\\pm", "×": "\\times", "·": "\\cdot", "÷": "\\div", "≤": "\\leq",
    "≥": "\\geq", "≠": "\\neq", "≈": "\\approx", "≡": "\\equiv", "≪": "\\ll", "≫": "\\gg",
    "∝": "\\propto", "∞": "\\infty", "√": "\\surd", "∑": "\\sum", "∏": "\\prod",
    "∫": "\\int", "∂": "\\partial", "∇": "\\nabla", "∈": "\\in", "∉": "\\notin",
    "⊂": "\\subset", "⊆": "\\subseteq", "∪": "\\cup", "∩": "\\cap", "∅": "\\emptyset",
    "∀": "\\forall", "∃": "\\exists", "→": "\\to", "←": "\\leftarrow", "↦": "\\mapsto",
    "⇒": "\\Rightarrow", "‖": "\\Vert", "∥": "\\parallel", "⊥": "\\perp", "⊤": "\\top",
    "⟨": "\\langle", "⟩": "\\rangle", "⌈": "\\lceil", "⌉": "\\rceil", "⌊": "\\lfloor",
    "⌋": "\\rfloor", "∼": "\\sim", "∘": "\\circ", "⊗": "\\otimes", "⊕": "\\oplus", "ℓ": "\\ell",
    "ℝ": "\\mathbb{R}", "ℕ": "\\mathbb{N}", "ℤ": "\\mathbb{Z}", "𝔼": "\\mathbb{E}",
    "𝔖": "\\mathfrak{S}", "½": "\\frac12", "¼": "\\frac14", "¾": "\\frac34", "°": "^\\circ",
    "µ": "\\mu",
    "α": "\\alpha", "β": "\\beta", "γ": "\\gamma", "δ": "\\delta", "ε": "\\varepsilon",
    "ϵ": "\\epsilon", "ζ": "\\zeta", "η": "\\eta", "θ": "\\theta", "ι": "\\iota", "κ": "\\kappa",
    "λ": "\\lambda", "μ": "\\mu", "ν": "\\nu", "ξ": "\\xi", "π": "\\pi", "ρ": "\\rho",
    "σ": "\\sigma", "τ": "\\tau", "υ": "\\upsilon", "φ": "\\varphi", "ϕ": "\\phi", "χ": "\\chi",
    "ψ": "\\psi", "ω": "\\omega", "Γ": "\\Gamma", "Δ": "\\Delta", "Θ": "\\Theta",
    "Λ": "\\Lambda", "Ξ": "\\Xi", "Π": "\\Pi", "Σ": "\\Sigma", "Φ": "\\Phi", "Ψ": "\\Psi",
    "Ω": "\\Omega",
  ]

  /// Raised characters.
  static let superscripts: [Unicode.Scalar: String] = [
    "⁰": "0", "¹": "1", "²": "2", "³": "3", "⁴": "4", "⁵": "5", "⁶": "6", "⁷": "7", "⁸": "8",
    "⁹": "9", "⁺": "+", "⁻": "-", "ⁿ": "n", "ᵀ": "T", "ᵈ": "d", "ᵏ": "k", "ᵖ": "p", "ⁱ": "i",
  ]

  /// Lowered characters.
  static let subscripts: [Unicode.Scalar: String] = [
    "₀": "0", "₁": "1", "₂": "2", "₃": "3", "₄": "4", "₅": "5", "₆": "6", "₇": "7", "₈": "8",
    "₉": "9", "₊": "+", "₋": "-", "ₙ": "n", "ₖ": "k", "ᵢ": "i", "ⱼ": "j", "ₚ": "p",
  ]

  /// Accents that follow their letter.
  static let accents: [Unicode.Scalar: (text: String, math: String)] = [
    "\u{300}": ("\\`", "\\grave"), "\u{301}": ("\\'", "\\acute"), "\u{302}": ("\\^", "\\hat"),
    "\u{303}": ("\\~", "\\tilde"), "\u{304}": ("\\=", "\\bar"), "\u{306}": ("\\u", "\\breve"),
    "\u{307}": ("\\.", "\\dot"), "\u{308}": ("\\\"", "\\ddot"), "\u{30a}": ("\\r", "\\mathring"),
    "\u{30b}": ("\\H", "\\ddot"), "\u{30c}": ("\\v", "\\check"), "\u{327}": ("\\c", "\\bar"),
    "\u{328}": ("\\k", "\\bar"),
  ]
}
