import Replication
import TrainingCore

extension Roberts2021PrinciplesDLTheory {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .criticality: return criticalityPoints
    case .kernelDecay:
      return Expectation(
        "At criticality the kernel of tanh decays as 1/(2l).", from: .section("5.3.3"),
        that: the(\.scaledKernel, of: .tanhRecursion).value(at: 1000).within(5e-4, of: 1.0023),
        because: """
          K_{l+1} = K − 2K² + 17/3·K³ leaves 2lK_l = 1 + O(ln l/l), which an independent quadrature \
          puts at 1.0023 from K_0 = 1; the tolerance excludes a recursion that is off by one (1.0033)
          """,
        seeds: .once, unlike: .putting(.supercriticalTanhRecursion, for: .tanhRecursion))
    case .explodingVanishing: return explodingVanishing(at: tier)
    case .nonGaussianExact: return nonGaussianExact(at: tier)
    case .depthOverWidth:
      guard tier != .smoke else { return nil }
      return Expectation(
        "How far networks are from Gaussian depends on depth over width only.",
        from: .section("5.4"),
        that: (the(\.excess, of: .wideDeep).last() / the(\.excess, of: .narrowShallow).last())
          .within(0.15, of: 1.075),
        because: """
          exactly (1 + 5/n)^L − 1, .846 at (128, 16) over .787 at (32, 4); the ratio of two seeds' \
          values has a standard deviation of .11 at 4000 networks
          """,
        seeds: .mean(of: 10),
        unlike: .putting(.middleDeep, for: .wideDeep)
          .and(.putting(.middleShallow, for: .narrowShallow)))
    case .universality: return universality(at: tier)
    case .residualDepth:
      guard tier != .smoke else { return nil }
      return Expectation(
        "Residual connections lower the fluctuations at the same depth and width.",
        from: .section("B"),
        that: (the(\.excess, of: .residual).last() / (product(5, width: 64, depth: 16) - 1))
          .atMost(0.5),
        because: """
          of the plain network's exact Var(G)/E(G)² = (1 + 5/64)^16 − 1 = 2.332; half of it is the \
          least that counts, as the effect sets in only beyond γ² = .5
          """,
        seeds: .mean(of: 5), unlike: .putting(.weakResidual, for: .residual))
    default: return tier == .smoke ? nil : trainingClaim(claim)
    }
  }

  /// (1 + ν/n)^L, the exact E[G²]/E[G]² of linear (ν = 2) and ReLU (ν = 5) networks at criticality.
  static func product(_ ν: Double, width: Int, depth: Int) -> Double {
    (0..<depth).reduce(1) { product, _ in product * (1 + ν / Double(width)) }
  }

  private static var criticalityPoints: Expectation<Self> {
    let (swish, gelu) = (Arm.swish, Arm.gelu)
    return Expectation(
      "SWISH and GELU have critical points: a fixed kernel with both susceptibilities one.",
      from: .section("5.3.4"),
      that: the(\.kernelResidual, of: swish).within(1e-5, of: 0),
      the(\.parallelResidual, of: swish).within(1e-5, of: 0),
      the(\.perpendicularResidual, of: swish).within(1e-5, of: 0),
      the(\.kernelResidual, of: gelu).within(1e-5, of: 0),
      the(\.parallelResidual, of: gelu).within(1e-5, of: 0),
      the(\.perpendicularResidual, of: gelu).within(1e-5, of: 0),
      the(\.solvedBias, of: swish).within(1e-5, of: 0.55514317),
      the(\.solvedWeight, of: swish).within(1e-5, of: 1.98800468),
      the(\.solvedKernel, of: swish).within(1e-5, of: 14.32017276),
      the(\.solvedBias, of: gelu).within(1e-5, of: 0.17292239),
      the(\.solvedWeight, of: gelu).within(1e-5, of: 1.98305826),
      the(\.solvedKernel, of: gelu).within(1e-5, of: 3.56155279),
      because: """
        the points are an independent Newton solution of the three equations, of eight decimals, \
        and the quadrature is exact to far more
        """,
      seeds: .once, unlike: .putting(.sigmoid, for: .swish).and(.putting(.sigmoid, for: .gelu)))
  }

  private static func explodingVanishing(at tier: Tier) -> Expectation<Self> {
    func growth(_ arm: Arm) -> Measure<Self, Ratio> {
      let moment = the(\.secondMoment, of: arm)
      return (moment.last() / moment.first()).logarithm / 15
    }
    let tolerance = tier == .smoke ? 0.05 : 0.02
    return Expectation(
      "Off criticality the signal of a ReLU network grows or decays by C_W/2 a layer.",
      from: .section("5.2"),
      that: growth(.subcritical).within(tolerance, of: log(0.8)),
      growth(.supercritical).within(tolerance, of: log(1.2)),
      because: """
        E[G_{l+1}] = (C_W/2) E[G_l] exactly; the mean over forty networks of width 256 scatters by \
        .006 a seed in the rate over 15 layers, and smoke has width 128 and asks every seed; the arms \
        share their weights, so that both rates miss by one number
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      unlike: .putting(.critical, for: .subcritical).and(.putting(.critical, for: .supercritical)))
  }

  private static func nonGaussianExact(at tier: Tier) -> Expectation<Self> {
    func relative(_ arm: Arm, _ ν: Double) -> Measure<Self, Ratio> {
      the(\.moment, of: arm).value(at: 8) / product(ν, width: 64, depth: 8)
    }
    return Expectation(
      "The fluctuations of linear and ReLU networks multiply by 1 + 2/n and 1 + 5/n a layer.",
      from: .section("3.3"),
      that: relative(.linear, 2).within(tier == .smoke ? 0.12 : 0.08, of: 1),
      relative(.relu, 5).within(tier == .smoke ? 0.25 : 0.08, of: 1),
      because: """
        exact products; a seed of ReLU networks scatters by .05 at 1000 networks, .025 at 4000 (heavy \
        tails), a linear one by less than half of that; smoke allows five standard deviations
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 5),
      // In this order, so that ReLU of the same width stands for linear.
      unlike: .putting(.wideRelu, for: .relu).and(.putting(.relu, for: .linear)))
  }

  private static func universality(at tier: Tier) -> Expectation<Self> {
    let recursion = the(\.vertex, of: .tanhRecursion).value(at: 2000).within(1e-3, of: 0.665)
    let statement =
      "Fluctuations grow by ν a layer over the width, ν set by the activation's class."
    if tier == .smoke {
      return Expectation(
        statement, from: .section("5.4"), that: recursion,
        because: "2/3 less what is left at l = 2000, by an independent quadrature",
        seeds: .once, unlike: .putting(.leakyRecursion, for: .tanhRecursion))
    }
    func ν(_ arm: Arm) -> Measure<Self, Ratio> { the(\.exponent, of: arm).average() }
    return Expectation(
      statement, from: .section("5.4"), that: recursion,
      ν(.relu).within(0.48, of: 4.81), ν(.linear).within(0.197, of: 1.97),
      ν(.tanh).within(0.06, of: 0.595),
      because: """
        n ln(1 + ν/n) with ν = 5 and 2 at n = 64, and for tanh the recursion's value over these nine \
        layers (2/3 only as l grows), each within a tenth, five standard deviations of a seed; the \
        recursion by an independent quadrature at l = 2000
        """,
      seeds: .mean(of: 5),
      unlike: .putting(.leaky, for: .relu).and(.putting(.leaky, for: .linear))
        .and(.putting(.leaky, for: .tanh)))
  }
}
