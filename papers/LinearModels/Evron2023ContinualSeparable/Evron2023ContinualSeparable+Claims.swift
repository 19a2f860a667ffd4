import Replication

extension Evron2023ContinualSeparable {
  enum Claim: String, Name {
    case weakIsMaxMargin = "weak-reg-equals-smm"
    case logarithmicLength = "log-norm-growth"
    case fejer = "fejer-monotone"
    case squareSummable = "square-summable-steps"
    case cyclicBound = "cyclic-linear-bound"
    case randomBound = "random-linear-bound"
    case twoTasks = "two-task-1-over-k"
    case forgettingVanishes = "forgetting-vanishes"
    case forgettingVanishesDigits = "forgetting-vanishes-mnist"
    case notMaxMargin = "limit-not-max-margin"
    case notMaxMarginDigits = "limit-not-max-margin-mnist"
    case weightingIrrelevant = "weighting-irrelevant"
  }

  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .weakIsMaxMargin: weakIsMaxMargin(at: tier)
    case .logarithmicLength: logarithmicLength(at: tier)
    case .fejer: fejer(at: tier)
    case .squareSummable: squareSummable(at: tier)
    case .cyclicBound: cyclicBound(at: tier)
    case .randomBound: randomBound(at: tier)
    case .twoTasks: twoTasks
    case .forgettingVanishes: forgettingVanishes(at: tier)
    case .forgettingVanishesDigits: forgettingVanishesDigits(at: tier)
    case .notMaxMargin: notMaxMargin(at: tier)
    case .notMaxMarginDigits: notMaxMarginDigits(at: tier)
    case .weightingIrrelevant: weightingIrrelevant(at: tier)
    }
  }

  private static func everyDataSet(at tier: Tier) -> SeedRule { .every(tier == .smoke ? 2 : 20) }

  private static let solverAccuracy = "an identity of projections, up to the solver's 1e-13"

  private static func fejer(at tier: Tier) -> Expectation<Self> {
    func conditions(_ arm: Arm) -> [Condition<Self>] {
      [
        the(\.recession, of: arm).last(over: \.recession).atMost(1e-9),
        the(\.longest, of: arm).last(over: \.longest).atMost(2 + 1e-9),
      ]
    }
    let (cyclic, random, digits) = (
      conditions(.cyclic), conditions(.random), conditions(.digits)
    )
    let statement = "No step moves the weights away from w*, and they stay within twice its length."
    let place = Place.derived(
      "projections on convex sets that hold w* bring no point further from it")
    let control = Control<Self>.putting(.gradientSteps, for: .cyclic)
    if tier == .smoke {
      return Expectation(
        statement, from: place, that: cyclic[0], cyclic[1], random[0], random[1],
        because: solverAccuracy, seeds: .every(2), unlike: control)
    }
    return Expectation(
      statement, from: place,
      that: cyclic[0], cyclic[1], random[0], random[1], digits[0], digits[1],
      because: solverAccuracy, seeds: .every(20), unlike: control)
  }

  private static func squareSummable(at tier: Tier) -> Expectation<Self> {
    func total(_ arm: Arm) -> Condition<Self> {
      the(\.travelled, of: arm).last(over: \.travelled).atMost(1 + 1e-9)
    }
    let statement = "The squared lengths of all steps add up to ‖w*‖² at most."
    let place = Place.derived("‖w_k − w*‖² ≤ ‖w_{k−1} − w*‖² − ‖w_k − w_{k−1}‖², summed over k")
    let why = "exactly 1 where one projection solves all; up to the solver's 1e-13"
    let control = Control<Self>.putting(.contradictory, for: .cyclic)
    if tier == .smoke {
      return Expectation(
        statement, from: place, that: total(.cyclic), total(.random), because: why,
        seeds: .every(2), unlike: control)
    }
    return Expectation(
      statement, from: place, that: total(.cyclic), total(.random), total(.digits), because: why,
      seeds: .every(20), unlike: control)
  }

  private static func cyclicBound(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "In cyclic order forgetting falls below an exponential bound, and comes near R²‖w*‖²/k.",
      from: .derived(
        """
        with ε the worst violation w + εw* solves all tasks, so that a cycle takes the share \
        1/(TR²‖w*‖²) of d² at least: F_m(k) ≤ R²‖w*‖² exp(−k/(T²R²‖w*‖²)); the paper's theorem is of \
        this form
        """),
      that: the(\.excess, of: .longCyclic).last(over: \.excess).atMost(1e-9),
      the(\.excess, of: .hardPair).last().atMost(1e-9),
      the(\.closedFormGap, of: .hardPair).last().atMost(1e-9),
      the(\.inverseShare, of: .hardPair).last().within(0.01, of: 0.3678794411714423),
      because: """
        a theorem and a closed form, 4(1 − m²)²(1 − 2m²)^{2(k−1)}; the numbers of cycles are those \
        after which the bound says something. The hard pair's greatest k F(k) / (R²‖w*‖²) tends to \
        1/e as its margin m goes to 0, and at m = 0.1 the closed form's is 1 % above
        """,
      seeds: everyDataSet(at: tier), unlike: .putting(.contradictory, for: .longCyclic))
  }

  private static func randomBound(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "In random order the mean distance from solving all tasks falls below an exponential bound.",
      from: .derived(
        """
        as in cyclic order, for one uniform task: E d²(w_k, C*) ≤ ‖w*‖² exp(−k/(TR²‖w*‖²)); the \
        paper's theorem is of this form
        """),
      that: the(\.excess, of: .manyOrders).last().atMost(0),
      because: "a theorem about the mean, from which three standard errors over orders are taken",
      seeds: everyDataSet(at: tier), unlike: .putting(.contradictoryOrders, for: .manyOrders))
  }

  private static var twoTasks: Expectation<Self> {
    Expectation(
      "Of two tasks that alternate, forgetting is R²‖w*‖²/k at most.",
      from: .derived("steps of alternating projections shrink, and their squares add up to ‖w*‖²"),
      that: Measure<Self, Ratio>.computed(
        "the greatest k F(k) / (R²‖w*‖²) over data sets", of: .twoTasks,
        from: { sample in try greatestShare(sample, of: .twoTasks) }
      ).atMost(1 + 1e-9),
      because: "a theorem, up to rounding; ten tasks in random order exceed it on some data set",
      seeds: .every(20), unlike: .putting(.tenTasksRandom, for: .twoTasks))
  }

  private static func greatestShare(_ sample: Sample<Self>, of arm: Arm) throws -> Double {
    var greatest = Greatest()
    for seed in sample.seeds {
      for (_, outcome) in try sample.outcomes(of: arm, seed: seed) {
        greatest.take(outcome.inverseShare.y.last?.value ?? .nan)
      }
    }
    return greatest.value
  }

  private static func forgettingVanishes(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "Where tasks recur, the worst forgetting goes to zero.", from: .abstract,
      that: the(\.forgetting, of: .cyclic).last(over: \.forgetting).atMost(1e-6),
      the(\.forgetting, of: .random).last(over: \.forgetting).atMost(1e-4),
      because: """
        against a margin of 1, and two decades above the slowest of 88 data sets in an independent run
        """,
      seeds: everyDataSet(at: tier), unlike: .putting(.shownOnce, for: .cyclic))
  }

  private static func forgettingVanishesDigits(at tier: Tier) -> Expectation<Self>? {
    guard tier != .smoke else { return nil }
    let forgetting = the(\.forgetting, of: .digits)
    return Expectation(
      "Pairs of MNIST digits are forgotten less by a factor of 100 after sixty cycles.",
      from: .abstract, that: (forgetting.value(at: 300) / forgetting.value(at: 5)).atMost(0.01),
      because: """
        their ‖w*‖² is in the thousands, so that they are far slower than random tasks; against what \
        the first cycle leaves, the hundredth part is the least fall that counts
        """,
      seeds: .every(20), unlike: .putting(.contradictoryDigits, for: .digits))
  }
}
