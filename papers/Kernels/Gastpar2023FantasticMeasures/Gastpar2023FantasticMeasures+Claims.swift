import Replication

extension Gastpar2023FantasticMeasures {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .worldsIdenticalA:
      Expectation(
        "Sample and hypothesis have the same law whether the loss is zero or near a half.",
        from: .derived("Theorems 1 and 2, for all functions on a finite domain"),
        that: the(\.totalVariation, of: .equalWorlds).atMost(1e-12),
        because: "an identity, enumerated; all probabilities are multiples of 1/256",
        seeds: .once, unlike: .putting(.biasedHypothesis, for: .equalWorlds))
    case .lossGapA: lossGapA(at: tier)
    case .noEstimatorA:
      Expectation(
        "In some world every estimate from sample and hypothesis is off by .2 or more half of the time.",
        from: .abstract,
        that: (the(\.failures, of: .estimators) - the(\.unavoidable, of: .estimators)).atLeast(0),
        because: """
          sample and hypothesis are drawn once for both worlds, so that it holds draw by draw: where \
          the losses are .4 or more apart one of the two errors is at least .2
          """,
        seeds: .every(tier == .smoke ? 2 : 10), unlike: .putting(.oracle, for: .estimators))
    case .worldsIdenticalB:
      Expectation(
        "Where the algorithm is known and M invertible, sample and hypothesis have the same law too.",
        from: .derived("Theorems 4 and 5, at q = 2, d = 4 and n = 2"),
        that: the(\.totalVariation, of: .equalLinearWorlds).atMost(1e-12),
        because: "an identity, enumerated; all probabilities are ratios of small whole numbers",
        seeds: .once, unlike: .putting(.biasedFunctional, for: .equalLinearWorlds))
    case .invertibleProbability: invertibleProbability(at: tier)
    case .algorithmDependentFails: algorithmDependentFails(at: tier)
    case .tradeoff: tradeoff(at: tier)
    case .marginBoundNotTight: marginBoundNotTight(at: tier)
    case .sameNetRealAndRandom: sameNetRealAndRandom(at: tier)
    }
  }

  private static func lossGapA(at tier: Tier) -> Expectation<Self> {
    let gap = the(\.loss, of: .memorizers) - the(\.expectedLoss, of: .memorizers)
    return Expectation(
      "The loss of a random empirical risk minimizer is ½(1 − 1/d)ⁿ, that of the preferred truth 0.",
      from: .derived("Theorems 1 and 2: a point is outside the sample with chance (1 − 1/d)ⁿ"),
      that: gap.within(tier == .smoke ? 0.004 : 0.001, of: 0),
      the(\.otherLoss, of: .memorizers).exactly(0),
      the(\.loss, of: .memorizers).atLeast(0.4),
      because: """
        a draw's loss has a standard deviation of at most √(d/4)/d, .071 at d = 50 and .035 at 200: \
        five standard errors of 2000 draws in smoke and four and a half of 10⁵ draws elsewhere; the \
        two losses count as far apart from .4 on
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.manySamples, for: .memorizers))
  }

  private static func invertibleProbability(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "A random n × n matrix over F_q is invertible with probability Π(1 − q^{−i}).",
      from: .derived("Theorems 4 and 5, where the preferred subspace has dimension n"),
      that: (the(\.invertible, of: .ranks) - the(\.expectedInvertible, of: .ranks))
        .within(tier == .smoke ? 0.015 : 0.005, of: 0),
      because: """
        the standard error of 20 000 draws is at most .0035, of ten such blocks .0011; four of either
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(\.nearlyInvertible, for: \.invertible))
  }

  private static func algorithmDependentFails(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "An estimate that knows the algorithm is often off by (1 − 1/q)/2 or more in some world, too.",
      from: .abstract,
      that: (the(\.failures, of: .algorithmKnown) - the(\.unavoidable, of: .algorithmKnown))
        .atLeast(tier == .smoke ? -0.03 : -0.01),
      because: """
        half the chance that M is invertible, .144 at q = 2 and .45 at q = 11, less the Monte-Carlo \
        error: four standard errors of at most .007 for 5000 draws in smoke, nine of .0011 elsewhere
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.freshSamples, for: .algorithmKnown))
  }

  private static func tradeoff(at tier: Tier) -> Expectation<Self> {
    let tolerance = tier == .smoke ? 0.032 : 0.01
    return Expectation(
      "The larger the preferred subspace, the less surely it is learned and the more often it misleads.",
      from: .derived(
        "Theorems 3 to 5: P(rank M = m) = Π (1 − q^{−i}) over i from n − m + 1 to n, and labels of a "
          + "random functional agree with one of U with chance Σ P(rank M = r) q^{r−n}"),
      that: (the(\.perfect, of: .subspaces) - the(\.expectedPerfect, of: .subspaces))
        .within(tolerance, of: 0),
      (the(\.misled, of: .subspaces) - the(\.expectedMisled, of: .subspaces))
        .within(tolerance, of: 0),
      because: """
        the standard error of a chance is at most .008 for 4000 draws in smoke, and .0011 for ten \
        blocks of 20 000
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.noPreference, for: .subspaces))
  }

  private static func marginBoundNotTight(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "Every bound from a network and its sample is far from the loss in one of two worlds.",
      from: .abstract,
      that: the(\.quarterGap, of: .randomLabels).atLeast(0.44),
      the(\.empiricalGap, of: .randomLabels).atLeast(0.44),
      the(\.parameterGap, of: .randomLabels).atLeast(0.44),
      the(\.marginGap, of: .randomLabels).atLeast(0.44),
      the(\.normGap, of: .randomLabels).atLeast(0.44),
      the(\.loss, of: .randomLabels).within(tier == .smoke ? 0.02 : 0.01, of: 0.9),
      because: """
        the losses are 0 and that of a guess among ten labels; whatever lies between is .45 from one \
        of them, and .01 is left to the finite number of fresh images, whose standard error is .004 \
        for the 5000 in smoke and .002 for the 20 000 elsewhere
        """,
      provided: [the(\.trainingError, of: .randomLabels).exactly(0)],
      seeds: .every(tier == .smoke ? 2 : 3),
      unlike: .putting(\.heldOutGap, for: \.quarterGap)
        .and(.putting(\.heldOutGap, for: \.empiricalGap))
        .and(.putting(\.heldOutGap, for: \.parameterGap))
        .and(.putting(\.heldOutGap, for: \.marginGap))
        .and(.putting(\.heldOutGap, for: \.normGap)))
  }

  private static func sameNetRealAndRandom(at tier: Tier) -> Expectation<Self> {
    let least = tier == .smoke ? 0.6 : 0.7
    return Expectation(
      "True and random labels give losses far apart, and one and the same parameter-count bound.",
      from: .derived("Theorem 1, for the networks that the measures were proposed for"),
      that: (the(\.loss, of: .randomLabels) - the(\.loss, of: .trueLabels)).atLeast(least),
      (the(\.parameterBound, of: .randomLabels) - the(\.parameterBound, of: .trueLabels))
        .exactly(0),
      because: """
        random labels give a loss of .9, and 1000 true ones of at most .2; the 200 of smoke at most .3
        """,
      provided: [
        the(\.trainingError, of: .randomLabels).exactly(0),
        the(\.trainingError, of: .trueLabels).exactly(0),
      ],
      seeds: tier == .smoke ? .every(2) : .mean(of: 3),
      unlike: .putting(.randomLabels, for: .trueLabels))
  }
}
