import Replication

extension Radhakrishnan2022WideDeepOptimality {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .alphaFormula: return alphaFormula
    case .equalsHilbert:
      return Expectation(
        "With the optimal activation the deep network predicts as the Hilbert estimate.",
        from: .abstract,
        that: the(\.hilbertAgreement, of: .optimal).atLeast(tier == .smoke ? 0.98 : 0.99),
        because: """
          the agreement is expected near .997 with a spread of .002; activations of other exponents \
          agree in .974 to .979; at smoke, where each seed is judged, the control agrees in .84 to .88
          """,
        seeds: tier == .smoke ? .every(5) : .mean(of: 5),
        unlike: .putting(tier == .smoke ? .square : .erf, for: .optimal))
    case .nearBayes: return nearBayes(at: tier)
    case .consistency:
      guard tier != .smoke else { return nil }
      let excess = the(\.excess, of: .trend)
      return Expectation(
        "With the optimal activation the risk approaches that of the Bayes rule.", from: .abstract,
        that: (excess.value(at: 250) - excess.value(at: 4000)).atLeast(0.004),
        because: """
          the Hilbert estimate's excess is expected to fall by .010 from 250 to 4000 points, with a \
          spread of .002, since it falls as 1/ln n; .004 of it counts
          """,
        seeds: .mean(of: 5), unlike: .putting(\.nearestExcess, for: \.excess))
    case .oneNearest:
      return Expectation(
        "Where ψ has neither a constant nor a linear term the deep network is the nearest neighbour.",
        from: .abstract, that: the(\.nearestAgreement, of: .pairSquare).atLeast(0.995),
        because: """
          at a depth of 24 the second nearest of 250 points counts in few places only: .998 is the \
          least that is expected
          """,
        seeds: .every(3), unlike: .putting(.pairOptimal, for: .pairSquare))
    case .majority:
      return Expectation(
        "Where ψ has a constant term the deep network votes with the majority.", from: .abstract,
        that: the(\.majorityAgreement, of: .constant).exactly(1),
        because: "at a depth of 60 all similarities are one number to rounding",
        seeds: .every(3), unlike: .putting(.unbiased, for: .constant))
    case .reluMajority: return reluMajority(at: tier)
    case .regression:
      let ratio = the(\.errorRatio, of: .regression)
      return Expectation(
        "In regression the same kernels predict nothing at great depth, and well at small depth.",
        from: .derived("off the diagonal K_L falls as ψ'(0)^L, so that yᵀK⁻¹K(X, x) falls to zero"),
        that: ratio.value(at: 100, over: \.errorRatio).within(0.05, of: 1),
        ratio.value(at: 2, over: \.errorRatio).atMost(0.3),
        because: """
          1 is to predict zero, which at a depth of 100 is so to rounding; three tenths leave no doubt \
          that the shallow kernel fits
          """,
        seeds: .every(tier == .smoke ? 2 : 5), unlike: .reversing(\.errorRatio))
    }
  }

  private static var alphaFormula: Expectation<Self> {
    let slope = the(\.logKernel, of: .optimalSlope).slope(over: \.logKernel, on: .logAxis)
    let sphere = the(\.sphere, of: .optimalSlope).first(over: \.sphere)
    let exponent = the(\.exponent, of: .optimalSlope).first(over: \.exponent)
    return Expectation(
      """
      The deep kernel of an optimal activation grows as ‖x − x'‖^−α towards the diagonal, \
      α = −2 log ψ'(0)/log ψ'(1) being the sphere's dimension.
      """,
      from: .derived(
        "z ≈ 1 − t²/2 moves away from 1 by ψ'(1) a layer, and what is far from 1 falls by ψ'(0)"),
      that: (slope + sphere).within(0.05, of: 0), (exponent - sphere).within(1e-12, of: 0),
      the(\.dualError, of: .optimalSlope).within(1e-10, of: 0),
      because: """
        between distances of 10⁻⁴ and 10⁻² a factor that is periodic in log t remains; the exponent is \
        arithmetic, and ψ the dual of the activation up to a quadrature's rounding
        """,
      seeds: .once, unlike: .putting(.squareSlope, for: .optimalSlope))
  }

  private static func nearBayes(at tier: Tier) -> Expectation<Self> {
    let n = most(at: tier)
    let gain = (the(\.accuracy, of: .optimal) - the(\.nearestAccuracy, of: .optimal))
      .value(at: n, over: \.accuracy)
    let words = "With the optimal activation the deep network beats the nearest neighbour."
    if tier == .smoke {
      return Expectation(
        words, from: .abstract, that: gain.atLeast(0.01),
        because: "at 250 points .047 with a spread of .010 is expected; every seed must show .01",
        seeds: .every(5), unlike: .putting(.square, for: .optimal))
    }
    func gained(_ dimension: Int) -> Measure<Self, Ratio> {
      gain.value(at: dimension, over: \.dimension)
    }
    return Expectation(
      words, from: .abstract, that: gained(2).atLeast(0.03), gained(3).atLeast(0.005),
      gained(5).atLeast(0.015), gained(9).atLeast(0.015),
      because: """
        about two thirds of what the Hilbert estimate gains in each number of dimensions (.050, .008, \
        .024 and .023), with spreads of .009, .004, .009 and .006 over seeds
        """,
      seeds: .mean(of: 10), unlike: .putting(.square, for: .optimal))
  }

  private static func reluMajority(at tier: Tier) -> Expectation<Self>? {
    guard tier != .smoke else { return nil }
    let agreement = the(\.depthAgreement, of: .relu)
    return Expectation(
      "ReLU's tangent kernel tends to the majority vote, and slowly.", from: .abstract,
      that: (agreement.value(at: 1000) - agreement.value(at: 100)).atLeast(0.03),
      (agreement.value(at: 10_000) - agreement.value(at: 1000)).atLeast(0.03),
      agreement.value(at: 10_000).atLeast(0.9),
      because: """
        increases of .13 and .16 with spreads of .1 over seeds are expected, a quarter of which counts; \
        .9 is near the vote
        """,
      seeds: .mean(of: 12), unlike: .putting(.singularDepths, for: .relu))
  }
}
