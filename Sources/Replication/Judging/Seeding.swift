import Evidence

/// How many seeds a run gives the claims.
public enum Seeding: Hashable, Sendable {
  /// What each claim declares.
  case declared
  /// One number for all, in place of the declared ones; fewer than declared cannot pass.
  case count(Int)
  /// As many as it takes to decide each claim about a mean, and at most eight times the declared
  /// number; the intervals allow looking again after each batch. Other rules keep their number.
  case untilDecided
}

extension Seeding {
  /// How many seeds there are before the first look, and how many are added between two: numbers of
  /// the method, not of the machine, so that a run stops at the same seed everywhere.
  static let (first, batch) = (4, 2)

  /// The rule for a claim when nothing has been run yet.
  func rule(for declared: SeedRule) -> SeedRule {
    switch (self, declared) {
    case (.declared, _), (.untilDecided, .once), (.untilDecided, .every), (.untilDecided, .median),
      (.untilDecided, .share), (.untilDecided, .sequence):
      declared
    case (.count(let seeds), _): declared.over(seeds: seeds)
    case (.untilDecided, .mean(of: let seeds)):
      .sequence(of: min(Self.first, 8 * seeds), atMost: 8 * seeds)
    }
  }
}

extension Replication {
  /// The rule by which a claim is judged on what has been run: under `untilDecided` with as many
  /// seeds as decide it, or with the next batch that is needed.
  ///
  /// It depends on the results only, so that a resumed run stops where an undisturbed one does.
  static func rule(
    for expectation: Expectation<Self>, _ seeding: Seeding, by edition: Edition = .current,
    grids: Grids<Self>, book: OutcomeBook<Self>
  ) throws -> SeedRule {
    var rule = seeding.rule(for: expectation.seeds)
    // The interval that takes the paper's own scatter into account may be looked at once only.
    if case .sequence = rule,
      (expectation.conditions + expectation.premises).contains(where: {
        $0.traits.reported != nil
      })
    {
      rule = expectation.seeds
    }
    while case .sequence(of: let seeds, atMost: let cap) = rule, seeds < cap {
      let judge = Judge(
        expectation: expectation, rule: rule, edition: edition, grids: grids, book: book)
      guard try judge.hasRun, judge.isUndecided else { return rule }
      rule = .sequence(of: min(seeds + Seeding.batch, cap), atMost: cap)
    }
    return rule
  }
}

extension Judge {
  /// Whether every trial that the rule needs has been run, with whatever result.
  fileprivate var hasRun: Bool {
    get throws {
      try expectation.arms.allSatisfy { arm in
        try grids.cells(of: arm).allSatisfy { cell in
          try (0..<rule.seeds).allSatisfy { try book.holds(cell.setup, seed: $0) }
        }
      }
    }
  }

  /// Whether more seeds may still decide the claim.
  fileprivate var isUndecided: Bool {
    func worst(of conditions: [Condition<P>]) -> Verdict {
      Verdict.worst(of: conditions.map { judged($0, under: nil).judgement.verdict })
    }
    let conditions = worst(of: expectation.conditions) == .inconclusive
    if expectation.premises.isEmpty { return conditions }
    return switch worst(of: expectation.premises) {
    case .pass: conditions
    case .inconclusive: true
    case .fail, .error: false
    }
  }
}
