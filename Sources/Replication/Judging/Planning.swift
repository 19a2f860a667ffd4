import Evidence

extension Replication {
  /// The trials that the claims of a tier need, each once, in the order in which to run them.
  ///
  /// - Parameters:
  ///   - tier: The tier to run.
  ///   - selected: The keys of the claims to judge; nil means all that the tier declares.
  ///   - seeding: How many seeds to run.
  ///   - results: What has been run already: under `untilDecided` it says whether more is needed.
  /// - Returns: All setups of every arm that a claim, a premise or a control reads, at the seeds of
  ///   that claim, sorted by seed and then by the order of the arms.
  /// - Throws: Where a setup cannot be written as JSON; `problems()` finds that.
  public static func trials(
    at tier: Tier, claims selected: Set<String>? = nil, seeding: Seeding = .declared,
    given results: [TrialKey: TrialResult] = [:]
  ) throws -> [TrialKey] {
    var needed: [Arm: Int] = [:]
    let grids = try Grids<Self>(at: tier)
    let book = OutcomeBook<Self>(results: results)
    for claim in Claim.allCases where selected?.contains(claim.rawValue) ?? true {
      guard let expectation = expectation(claim, at: tier) else { continue }
      let count = try rule(for: expectation, seeding, grids: grids, book: book).seeds
      for arm in expectation.arms { needed[arm] = max(needed[arm] ?? 0, count) }
    }
    var trials: [TrialKey] = []
    var known: Set<TrialKey> = []
    for seed in 0..<(needed.values.max() ?? 0) {
      for arm in Arm.allCases where seed < needed[arm] ?? 0 {
        for setup in setups(arm, at: tier) {
          let key = TrialKey(setup: try Canonical.text(setup), seed: seed)
          if known.insert(key).inserted { trials.append(key) }
        }
      }
    }
    return trials
  }

  /// The arms that hold a setup at a tier, for naming a trial to people.
  public static func arms(holding setup: String, at tier: Tier) throws -> [String] {
    try Arm.allCases.filter { arm in
      try setups(arm, at: tier).contains { try Canonical.text($0) == setup }
    }.map(\.rawValue)
  }

  /// The keys of the arms, in order.
  public static var armKeys: [String] { Arm.allCases.map(\.rawValue) }

  /// The keys of the claims, in order.
  public static var claimKeys: [String] { Claim.allCases.map(\.rawValue) }
}

extension Expectation {
  /// Every arm that judging the expectation reads, its control included.
  var arms: Set<P.Arm> {
    let own = (conditions + premises).map(\.term.arms)
    let controlled = conditions.map { control.applied(to: $0.term).arms }
    return (own + controlled).reduce(into: []) { $0.formUnion($1) }
  }
}
