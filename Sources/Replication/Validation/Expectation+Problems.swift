import Evidence

extension Expectation {
  /// Everything wrong with the expectation at a tier.
  func problems(at tier: Tier) -> [String] {
    wordProblems + measureProblems(at: tier) + seedProblems(at: tier) + powerProblems
      + controlProblems(at: tier)
  }

  private var wordProblems: [String] {
    var problems: [String] = []
    if statement.isEmpty || !statement.hasSuffix(".") {
      problems.append("the statement is not a sentence that ends in a full stop")
    }
    if reason.isEmpty { problems.append("`because:` does not say where the band comes from") }
    switch standing {
    case .recorded(""), .expectedToFail(""):
      problems.append("the mark on the expectation gives no reason")
    default: break
    }
    if amendment == "" { problems.append("`amended` does not say what changed and why") }
    return problems
  }

  private func measureProblems(at tier: Tier) -> [String] {
    var problems: [String] = []
    if conditions.isEmpty { problems.append("demands nothing; `that:` needs a condition") }
    for term in (conditions + premises).map(\.term) {
      for name in term.quantityNames where !isStored(name) {
        problems.append("\(term.text): a measure reads stored properties of the outcome only")
      }
      if term.nestsComputed {
        problems.append("\(term.text): a whole-sample statistic cannot be part of another measure")
      }
    }
    for arm in arms.sorted(by: { $0.rawValue < $1.rawValue }) where P.setups(arm, at: tier).isEmpty
    {
      problems.append("reads arm \(arm.rawValue), which has no setup at this tier")
    }
    let fields = Set(
      arms.flatMap { P.setups($0, at: tier) }.flatMap {
        (try? Grids<P>.fields($0).keys.map { $0 }) ?? []
      })
    for term in (conditions + premises).map(\.term) {
      for axis in term.axisNames
      where !axis.hasPrefix("@") && !fields.contains(axis) {
        problems.append("\(term.text): no setup has the field \(axis)")
      }
    }
    return problems
  }

  private func seedProblems(at tier: Tier) -> [String] {
    var problems = seeds.problem.map { ["the seeds rule \(seeds): \($0)"] } ?? []
    if tier == .smoke, seeds.isStatistical {
      problems.append(
        "smoke judges exact claims and effects that every seed must show: use .every or .once")
    }
    if seeds.isStatistical {
      for condition in conditions where condition.isSignOnly {
        problems.append(
          "\(condition.term.text): a sign alone is no band; state the smallest effect that counts")
      }
    }
    return problems
  }

  private func controlProblems(at tier: Tier) -> [String] {
    if let absence = control.absence {
      var problems: [String] = []
      if absence.isEmpty { problems.append("has no control and does not say why") }
      if !control.substitutions.isEmpty { problems.append("has a control and denies it") }
      return problems
    }
    if control.substitutions.isEmpty { return ["has no control and does not say why"] }
    let relabels = Set(control.relabelled.map(\.axis.id))
    let changes = conditions.contains { condition in
      control.applied(to: condition.term).text != condition.term.text
        || !relabels.isEmpty && !condition.term.axisNames.isDisjoint(with: relabels)
    }
    return changes ? [] : ["its control (\(control.words)) changes nothing that the claim measures"]
  }
}

extension Condition {
  /// Whether the band says no more than which of two quantities is larger.
  fileprivate var isSignOnly: Bool {
    guard case .binary(.minus, .quantity, .quantity) = term else { return false }
    return band == .atLeast(0) || band == .atMost(0)
  }
}
