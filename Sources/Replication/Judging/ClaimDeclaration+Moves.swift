import Evidence

extension ClaimDeclaration {
  /// What this version demands differently from an earlier one, in words.
  ///
  /// - Parameter earlier: A version of the same claim at the same tier.
  /// - Returns: Each change; none where only the wording of the claim or of its reasons differs.
  public func moves(from earlier: ClaimDeclaration) -> [String] {
    var moves: [String] = []
    func compare(_ name: String, _ old: String, _ new: String) {
      if old != new { moves.append("\(name): \(old) → \(new)") }
    }
    func compare(_ name: String, _ old: [Part], _ new: [Part]) {
      if old.count != new.count { compare("\(name)s", "\(old.count)", "\(new.count)") }
      for (old, new) in zip(old, new) {
        // Where the measure is the same, its band is what one wants to see.
        if old.measure == new.measure {
          compare("\(name) \(new.measure)", old.demand, new.demand)
        } else {
          compare(name, "\(old.measure) \(old.demand)", "\(new.measure) \(new.demand)")
        }
      }
    }
    compare("condition", earlier.conditions, conditions)
    compare("premise", earlier.premises, premises)
    compare("seeds", earlier.seeds.description, seeds.description)
    compare("control", earlier.control, control)
    compare("standing", earlier.standing.kind, standing.kind)
    return moves
  }
}

extension ClaimDeclaration.Part {
  /// What is asked of the measure, in words.
  public var demand: String {
    bandText(band, unit: unit)
      + (quantum.map { " (in multiples of \(numberText($0)))" } ?? "")
      + (range.map { " (of values in \(intervalText($0)))" } ?? "")
      + (reported.map {
        " (around a number with its own spread of \(numberText($0.spread)) over \($0.seeds) runs)"
      } ?? "")
  }
}

extension String {
  /// The kind of a standing, without the reason that follows it.
  fileprivate var kind: String { split(separator: ":").first.map(String.init) ?? self }
}
