extension Term {
  /// The expression as one stable line: what a reader sees, and what a claim's version covers.
  var text: String {
    switch self {
    case .quantity(let term):
      let arms = term.arms.map(\.rawValue).joined(separator: " | ")
      return "\(term.name) of \(arms)" + (term.against.map { " against \($0)" } ?? "")
    case .constant(let value): return "\(value)"
    case .unary(let operation, let term): return "\(operation.rawValue)(\(term.text))"
    case .binary(let operation, let a, let b):
      return "\(a.grouped) \(operation.rawValue) \(b.grouped)"
    case .reduced(let reduction, let term, let axis):
      return "\(reduction.words)(\(term.text)\(axis.map { ", over \($0.name)" } ?? ""))"
    case .best(let term, let by, let axis):
      return "best(\(term.text), over \(axis.name), by \(by.text))"
    case .correlation(let a, let b, let ranked):
      return "\(ranked ? "rank " : "")correlation(\(a.text), \(b.text))"
    case .computed(let term):
      return "\(term.words) of \(term.arms.map(\.rawValue).joined(separator: " | "))"
    }
  }

  private var grouped: String {
    if case .binary = self { "(\(text))" } else { text }
  }

  /// The arms that the term reads.
  var arms: Set<P.Arm> { Set(leaves.flatMap(\.arms)) }

  /// The names of the quantities that the term reads.
  var quantityNames: Set<String> {
    Set(leaves.flatMap { [$0.name] + ($0.against.map { [$0] } ?? []) }.filter { !$0.isEmpty })
  }

  /// The axes that the term reduces.
  var axisNames: Set<String> {
    switch self {
    case .quantity, .constant, .computed: []
    case .unary(_, let term): term.axisNames
    case .binary(_, let a, let b), .correlation(let a, let b, _): a.axisNames.union(b.axisNames)
    case .reduced(_, let term, let axis): term.axisNames.union(axis.map { [$0.id] } ?? [])
    case .best(let term, let by, let axis):
      term.axisNames.union(by.axisNames).union([axis.id])
    }
  }

  /// Whether a whole-sample statistic stands inside another measure, where it has no meaning.
  var nestsComputed: Bool {
    if case .computed = self { return false }
    return leaves.contains { $0.name.isEmpty }
  }

  private var leaves: [(arms: [P.Arm], name: String, against: String?)] {
    switch self {
    case .quantity(let term): [(term.arms, term.name, term.against)]
    case .computed(let term): [(term.arms, "", nil)]
    case .constant: []
    case .unary(_, let term), .reduced(_, let term, axis: _): term.leaves
    case .binary(_, let a, let b), .correlation(let a, let b, _): a.leaves + b.leaves
    case .best(let term, let by, axis: _): term.leaves + by.leaves
    }
  }
}

extension Axis {
  /// The axis as a reader knows it.
  var name: String { id.hasPrefix("@") ? String(id.dropFirst()) : id }
}

extension Reduction {
  /// The reduction in words.
  var words: String {
    switch self {
    case .value(let position): "value at \(position)"
    case .average: "average"
    case .averageAt(let positions): "average at \(positions)"
    case .least: "least"
    case .greatest: "greatest"
    case .positionOfLeast: "position of least"
    case .positionOfGreatest: "position of greatest"
    case .steps: "steps"
    case .slope(let scale): "slope \(scale.rawValue)"
    case .straightness(let scale): "straightness \(scale.rawValue)"
    case .rank: "rank correlation"
    case .crossing(let level): "crossing of \(level)"
    case .share(let lower, let upper):
      upper == .infinity ? "share at least \(lower)" : "share at most \(upper)"
    case .first: "first"
    case .last: "last"
    }
  }
}
