import Replication
import TrainingCore

extension Wang2023ActiveMultitaskLasso {
  static var inverseBudget: Expectation<Self> {
    Expectation(
      "What the representation leaves of the risk falls as the inverse of the budget.",
      from: .abstract,
      that: the(\.subspaceRisk, of: .growingL1).slope(over: \.subspaceRisk, on: .logLog)
        .within(0.2, of: -1),
      because: """
        the bound's exponent; the floor of 20 takes a fifth of the least budget. With a floor of 100 \
        the least budget is spent without choice
        """,
      seeds: .mean(of: 40), unlike: .putting(.growingRaisedL1, for: .growingL1))
  }

  static var budgetRatio: Expectation<Self> {
    func level(_ arm: Arm) -> Measure<Self, Ratio> {
      the(\.subspaceRisk, of: arm).logarithm.average(over: \.subspaceRisk)
    }
    let excess =
      (level(.growingL1) - level(.growingL2))
      / the(\.subspaceRisk, of: .growingL2).slope(over: \.subspaceRisk, on: .logLog)
    return Expectation(
      "By ν² a larger budget is needed for the risk that 8000 examples by ν¹ have.",
      from: .abstract, that: excess.atLeast(0.182),
      (excess - the(\.logComplexity, of: .growingL1).value(at: 8000, over: \.logComplexity))
        .atMost(0),
      because: """
        the logarithms of 1.2 and of T‖ν²‖₂²/‖ν¹‖₁², as the bounds have constants; read off lines \
        through ln risk over ln N, whose means lie above N = 8000
        """,
      seeds: .mean(of: 40), unlike: .putting(.growingL1, for: .growingL2))
  }

  static var exponentAlone: Expectation<Self> {
    Expectation(
      "The exponent of ν¹ with the relevance ν² does not do: n_t ∝ |ν_t²| has a higher risk.",
      from: .derived("Σ ν_t²/n_t is least at n_t ∝ |ν_t|, and then over ν at ν¹"),
      that: (the(\.risk, of: .leastL2Size) - 1.15 * the(\.risk, of: .leastL1)).atLeast(0),
      because: "15 % of the mean risk counts; an earlier measurement had .0125 against .0078",
      seeds: .mean(of: 30), unlike: .putting(.leastL1, for: .leastL2Size))
  }

  static var lassoRecovers: Expectation<Self> {
    Expectation(
      "With ν¹ estimated by the Lasso the risk is near that with ν¹ known.", from: .abstract,
      that: (the(\.risk, of: .lasso) - 1.3 * the(\.risk, of: .knownL1)).atMost(0),
      because: "30 % of the mean risk for the estimation, with the same floor of 100 in both",
      seeds: .mean(of: 30), unlike: .putting(.earlyLasso, for: .lasso))
  }

  static var lassoSparse: Expectation<Self> {
    Expectation(
      "The Lasso chooses few sources.", from: .abstract,
      that: the(\.chosen, of: .lasso).value(at: 6000, over: \.chosen).atMost(6),
      because: "twice the three features; which sources they are is not stable",
      seeds: .every(30), unlike: .putting(.noPenalty, for: .lasso))
  }

  static var cost: Expectation<Self> {
    Expectation(
      "With a fee on each source used, the allocation by ν¹ is cheaper at equal risk.",
      from: .derived("ν¹ uses K sources and ν² all; 100 examples are the fee of a source"),
      that: the(\.costRatio, of: .cost).value(at: 100, over: \.costRatio).atLeast(0.095),
      because: "the logarithm of 1.1: a tenth counts",
      seeds: .mean(of: 30), unlike: .putting(.shuffledCost, for: .cost))
  }

  static func imageClaim(_ claim: Claim) -> Expectation<Self> {
    let l1 = the(\.l1Error, of: .images).average()
    let l2 = the(\.l2Error, of: .images).average()
    let passive = the(\.passiveError, of: .images).average()
    let reason = "a quarter of a point counts, of errors that are below those of guessing, 10 %"
    switch claim {
    case .images:
      return Expectation(
        "On corrupted digits the allocation by ν¹ has a lower test error than one without choice.",
        from: .abstract, that: (l1 - passive).atMost(-0.25), because: reason,
        seeds: .mean(of: 48), unlike: .putting(\.shuffledError, for: \.l1Error))
    case .imagesL2:
      return Expectation(
        "On corrupted digits the allocation by ν² has a lower test error than one without choice.",
        from: .abstract, that: (l2 - passive).atMost(-0.25), because: reason,
        seeds: .mean(of: 12), unlike: .putting(\.shuffledError, for: \.l2Error))
    default:
      return Expectation(
        "On corrupted digits the allocation by ν¹ has a lower test error than that by ν².",
        from: .abstract, that: (l1 - 0.9 * l2).atMost(0),
        because: "a tenth of the error counts; the paper reports up to about 30 %",
        seeds: .mean(of: 12), unlike: .putting(\.shuffledError, for: \.l1Error))
    }
  }
}
