import Replication
import TrainingCore

extension Liu2022SparsityConstrainedOT {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .cardinality: cardinality(at: tier)
    case .oneEntry: oneEntry(at: tier)
    case .allEntries: allEntries(at: tier)
    case .decreases: decreases(at: tier)
    case .sameValue: sameValue(at: tier)
    case .noGap: noGap(at: tier)
    case .smoother: tier == .smoke ? nil : smoother
    case .tradeOff: tradeOff(at: tier)
    case .balance: tier == .smoke ? nil : balance
    case .accuracy: tier == .smoke ? nil : accuracy
    }
  }

  /// Ten instances; two in smoke.
  private static func every(_ tier: Tier) -> SeedRule { .every(tier == .smoke ? 2 : 10) }

  private static func cardinality(at tier: Tier) -> Expectation<Self> {
    let statement = "Every column of the plan has at most k entries."
    let place = Place.abstract
    let reason = "by construction; entries above 1e-12 count"
    let control = Control<Self>.putting(\.entropicExcess, for: \.excess)
    if tier == .smoke {
      return Expectation(
        statement, from: place, that: the(\.excess, of: .points).atMost(0), because: reason,
        seeds: every(tier), unlike: control)
    }
    return Expectation(
      statement, from: place, that: the(\.excess, of: .points).atMost(0),
      the(\.excess, of: .uneven).atMost(0), because: reason, seeds: every(tier), unlike: control)
  }

  private static func oneEntry(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "With one entry a column the semi-dual's value is that of unregularised transport.",
      from: .derived("Ω*_b(s) = b max s − γb²/2 leaves the constant γ/2 Σ b²"),
      that: the(\.costShare, of: .points).value(at: 1, over: \.costShare).within(1e-6, of: 1),
      because: "an identity in double precision; the reference is a cheapest assignment",
      seeds: every(tier), unlike: .reversing(\.costShare))
  }

  private static func allEntries(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "With all entries allowed the plan is that of quadratic regularisation.",
      from: .abstract,
      that: the(\.quadraticDifference, of: .points).value(at: 20).within(4e-3, of: 0),
      because: "1e-5 in a plan whose entries are 1/400 on average, in units of which it is given",
      seeds: every(tier), unlike: .putting(\.entropicDifference, for: \.quadraticDifference))
  }

  private static func decreases(at tier: Tier) -> Expectation<Self> {
    let statement = "The optimal value does not grow with the number of entries allowed."
    let reason = "feasible sets are nested; 1e-6 for the optimiser"
    let control = Control<Self>.putting(\.movement, for: \.value)
    if tier == .smoke {
      return Expectation(
        statement, from: .abstract, that: the(\.value, of: .points).steps().atMost(1e-6),
        because: reason, seeds: every(tier), unlike: control)
    }
    return Expectation(
      statement, from: .abstract, that: the(\.value, of: .points).steps().atMost(1e-6),
      the(\.value, of: .uneven).steps().atMost(1e-6), because: reason, seeds: every(tier),
      unlike: control)
  }

  private static func sameValue(at tier: Tier) -> Expectation<Self> {
    func difference(_ arm: Arm) -> Condition<Self> {
      (the(\.dual, of: arm) - the(\.value, of: arm)).within(1e-4, of: 0)
    }
    let statement = "The dual and the semi-dual have the same optimal value."
    let reason = "strong duality of the inner problems; 1e-4 for kinks at which the optimiser ends"
    let control = Control<Self>.putting(\.dualWithoutTargets, for: \.dual)
    if tier == .smoke {
      return Expectation(
        statement, from: .abstract, that: difference(.points), because: reason,
        seeds: every(tier), unlike: control)
    }
    return Expectation(
      statement, from: .abstract, that: difference(.points), difference(.uneven),
      because: reason, seeds: every(tier), unlike: control)
  }

  private static func noGap(at tier: Tier) -> Expectation<Self> {
    func feasible(_ k: Int) -> Condition<Self> {
      the(\.marginalError, of: .points).value(at: k, over: \.marginalError).atMost(1e-6)
    }
    func gap(_ k: Int) -> Condition<Self> {
      the(\.gap, of: .points).value(at: k, over: \.gap).within(1e-6, of: 0)
    }
    return Expectation(
      "A plan that keeps the marginals is optimal: its primal value is the dual's.",
      from: .derived("primal(T) − dual(α) = −⟨α, a − T1⟩ at every α"),
      that: feasible(1), feasible(10), feasible(20), gap(1), gap(10), gap(20),
      the(\.residual, of: .points).within(1e-10, of: 0),
      because: """
        an identity; 1e-6 for a marginal error of as much. With 2, 3 or 5 entries the optimum may be a \
        kink at which no plan keeps the marginals
        """,
      seeds: every(tier),
      unlike: .reversing(\.gap).and(.putting(\.gapAnywhere, for: \.residual)))
  }

  private static var smoother: Expectation<Self> {
    let error = the(\.stepError, of: .points)
    func decades(_ few: Int, _ many: Int) -> Measure<Self, Ratio> {
      (error.value(at: few) / error.value(at: many)).logarithm
    }
    return Expectation(
      "The more entries are allowed, the closer gradient steps come: the dual is smoother.",
      from: .abstract, that: decades(2, 5).atLeast(0.1), decades(5, 20).atLeast(0.1),
      because:
        "a tenth counts; between 10 and 20 entries, of which no column uses more, nothing does",
      seeds: .mean(of: 20), unlike: .putting(\.saturatedStepError, for: \.stepError))
  }

  private static func tradeOff(at tier: Tier) -> Expectation<Self> {
    let used = the(\.used, of: .points)
    return Expectation(
      "Plans fill up as k grows, until they are as sparse as the quadratic regulariser leaves them.",
      from: .abstract, that: used.steps().atLeast(0), used.value(at: 20).atMost(6),
      because:
        "exact zeros; an earlier measurement never used more than 7 entries of 20 in a column",
      seeds: every(tier), unlike: .putting(\.entropicUsed, for: \.used))
  }

  private static var balance: Expectation<Self> {
    Expectation(
      "As a router, sparse transport gives no expert more than k tokens of an image.",
      from: .abstract, that: the(\.tokenExcess, of: .sparseRouter).atMost(0),
      because: "by construction, in each of 2000 test images", seeds: .every(8),
      unlike: .putting(.topOneRouter, for: .sparseRouter))
  }

  private static var accuracy: Expectation<Self> {
    Expectation(
      "Keeping to the capacity costs a mixture of experts no accuracy against top-1 routing.",
      from: .derived("the paper's router is at least as accurate as top-k routers on its data"),
      that: (the(\.accuracy, of: .topOneRouter) - the(\.accuracy, of: .sparseRouter)).atMost(1),
      because: "one point; accuracies scatter by about a point from seed to seed",
      seeds: .mean(of: 8),
      unlike: .none(
        """
        in an earlier measurement at this size routing at random with the same capacity, and one \
        dense expert, were as accurate: no router loses a point
        """)
    ).recorded(
      "at this size no way of routing loses a point, so that the verdict would say nothing")
  }
}
