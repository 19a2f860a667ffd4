import Replication

extension He2024LayerwiseBounds {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .klClosedForm: klClosedForm(at: tier)
    case .klShrinks:
      Expectation(
        "The divergence between training and fresh representations never grows with depth.",
        from: .abstract,
        that: the(\.chain, of: .deep).steps(over: \.chain).atMost(1e-11),
        the(\.chain, of: .manySamples).steps(over: \.chain).atMost(1e-11),
        because: """
          data processing, which holds for every W by itself; an invertible layer and one that widens \
          keep the divergence up to the rounding of an orthonormal basis, some 10⁻¹³ of up to 5 nats
          """,
        seeds: .every(tier == .smoke ? 2 : 10), unlike: .putting(\.chainWithInput, for: \.chain))
    case .klBoundValid:
      Expectation(
        "At every layer that the classifier reads from, the KL bound holds.",
        from: .section("III"),
        that: the(\.bound, of: .direct).atLeast(1), the(\.bound, of: .layered).atLeast(1),
        because: """
          a theorem; a mean over 4000 data sets has a standard error of about .002, a hundredth of \
          the generalization error
          """,
        seeds: .every(tier == .smoke ? 2 : 10), unlike: .putting(\.falseBound, for: \.bound))
    case .wassersteinFunnel: wassersteinFunnel(at: tier)
    case .w1BoundValid:
      Expectation(
        "The least of the layers' Wasserstein bounds holds.", from: .section("III"),
        that: the(\.bound, of: .funnelBound).least(over: \.bound).atLeast(1),
        because: """
          a theorem, with each later product's spectral norm as its Lipschitz constant; a mean over \
          4000 data sets
          """,
        seeds: .every(tier == .smoke ? 2 : 10), unlike: .putting(\.falseBound, for: \.bound))
    case .sdpiDropout, .sdpiDropConnect, .sdpiGaussian, .sdpiContracts, .deepNarrowContracts:
      channelClaim(claim, at: tier)
    case .gibbsIdentity, .gibbsRate, .deeperNarrower: gibbsClaim(claim, at: tier)
    }
  }

  private static func klClosedForm(at tier: Tier) -> Expectation<Self> {
    let many = the(\.divergence, of: .manySamples) / the(\.closedDivergence, of: .manySamples)
    return Expectation(
      "A linear layer of rank r has the divergence (r/2) log(n/(n − 1)), whatever its weights.",
      from: .derived(
        "Section III; given W both laws are normal, with covariances in ratio 1 − 1/n"),
      that: (the(\.divergence, of: .deep) / the(\.closedDivergence, of: .deep))
        .within(tier == .smoke ? 0.013 : 0.01, of: 1),
      many.within(tier == .smoke ? 0.013 : 0.003, of: 1),
      because: """
        the ratio's standard deviation is √(2/r)/√10⁵, .0032 at rank 2: four of them in smoke, ten \
        standard errors elsewhere; at n = 100, where equal covariances are off by .005 only, six of \
        the .0005 of ten seeds with 4·10⁵ draws
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(\.equalCovariances, for: \.divergence))
  }

  private static func wassersteinFunnel(at tier: Tier) -> Expectation<Self> {
    let distance = the(\.distance, of: .funnel)
    return Expectation(
      "Layers that contract and then expand have a funnel, where the two laws are nearest.",
      from: .abstract,
      that: distance.positionOfLeast(over: \.distance).exactly(2),
      (distance / the(\.closedDistance, of: .funnel)).within(0.01, of: 1),
      (distance.value(at: 0, over: \.distance) - distance.value(at: 2, over: \.distance))
        .atLeast(0.5),
      (distance.value(at: 4, over: \.distance) - distance.value(at: 2, over: \.distance))
        .atLeast(0.3),
      because: """
        ‖B_l‖_F √((1 + n(1 − √(1 − 1/n))²)/n) is 1.433, .716, .355, .709, 1.003; half of the fall and \
        of the rise counts. At rank 5 the root of a mean of 20 000 squares has a standard error of \
        .0022, of 10⁵ .001
        """,
      seeds: .every(tier == .smoke ? 2 : 3), unlike: .putting(.flat, for: .funnel))
  }

  /// The claims about noise between layers.
  private static func channelClaim(_ claim: Claim, at tier: Tier) -> Expectation<Self> {
    switch claim {
    case .sdpiDropout:
      Expectation(
        "Dropout on k units has the coefficient 1 − δ^k.", from: .section("IV"),
        that: (the(\.coefficient, of: .dropout) - the(\.closedCoefficient, of: .dropout))
          .within(1e-12, of: 0),
        because: "enumerated over all pairs of inputs in {−1, 0, 1}^k",
        seeds: .once, unlike: .putting(.keepAll, for: .dropout))
    case .sdpiDropConnect:
      Expectation(
        "DropConnect on k' × k weights has the coefficient 1 − δ^{kk'}.", from: .section("IV"),
        that: (the(\.coefficient, of: .dropConnect) - the(\.closedCoefficient, of: .dropConnect))
          .within(1e-12, of: 0),
        because: "enumerated for k' = 2 and k up to 3, with weights whose partial sums all differ",
        seeds: .once, unlike: .putting(.keepAllWeights, for: .dropConnect))
    case .sdpiGaussian:
      Expectation(
        "Gaussian noise τ on activations in [−1, 1]^k has the coefficient 1 − 2Q(√k/τ).",
        from: .section("IV"),
        that: (the(\.coefficient, of: .gaussianNoise) - the(\.closedCoefficient, of: .gaussianNoise))
          .within(1e-6, of: 0),
        because: "quadrature with a hundred places for each half of a smooth integrand",
        seeds: .once, unlike: .putting(\.nearCoefficient, for: \.coefficient))
    case .deepNarrowContracts:
      Expectation(
        "With as many weights, six layers of four units contract information more than two of seven.",
        from: .section("IV"),
        that: (the(\.product, of: .twoWide).last(over: \.product)
          - the(\.product, of: .sixNarrow).last(over: \.product)).atLeast(0.04),
        because: """
          Dropout at δ = .3 gives Π(1 − δ^k) = .9996 and .952 for 98 and 96 weights; most of the \
          difference counts, and depth alone makes .001 of it: six layers of seven keep .9987
          """,
        seeds: .once, unlike: .putting(.sixWide, for: .sixNarrow))
    default:
      Expectation(
        "Information that passes noisy layers shrinks by the product of their coefficients at least.",
        from: .section("IV"),
        that: the(\.contraction, of: .noisyLayers).atMost(1 + 1e-12),
        the(\.contraction, of: .tightLayer).within(1e-12, of: 1),
        because: """
          a theorem, enumerated; two inputs that differ in every unit attain it, since Dropout tells \
          them apart unless it zeroes all
          """,
        seeds: .every(tier == .smoke ? 2 : 20), unlike: .putting(.identityLayers, for: .noisyLayers)
      )
    }
  }

  /// The claims about the Gibbs algorithm.
  private static func gibbsClaim(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    if claim == .gibbsIdentity {
      return Expectation(
        "The Gibbs algorithm's generalization error is (I + Lautum)/α.", from: .section("IV"),
        that: (the(\.gibbsError, of: .gibbs) - the(\.gibbsInformation, of: .gibbs))
          .within(1e-12, of: 0),
        because: "an identity, enumerated in random worlds",
        seeds: .every(tier == .smoke ? 2 : 20), unlike: .putting(.mixedMinimizer, for: .gibbs))
    }
    guard tier != .smoke else { return nil }
    if claim == .gibbsRate {
      return Expectation(
        "The Gibbs algorithm's generalization error falls as 1/n.", from: .section("IV"),
        that: the(\.gibbsError, of: .fixedTemperature).slope(over: \.gibbsError, on: .logLog)
          .within(0.25, of: -1),
        because: """
          the law is for large n; from 2 to 8 the posterior still changes, and .25 tells it from the \
          slope 0 of a temperature that falls as 1/n and from the −½ of a worst-case bound
          """,
        seeds: .mean(of: 10), unlike: .putting(.growingTemperature, for: .fixedTemperature))
    }
    return Expectation(
      "With as many weights, a deeper and narrower network has a lower bound and generalizes better.",
      from: .abstract,
      that: (the(\.narrowBound, of: .architectures) - 0.95 * the(\.wideBound, of: .architectures))
        .atMost(0),
      (the(\.wideError, of: .architectures) - the(\.narrowError, of: .architectures))
        .atLeast(0.005),
      because: """
        two enumerated networks of sixteen weights: the root of their factors' ratio is .87, of which \
        .95 is enough; the paper says "in those examples", and of a generalization error about .1 a \
        twentieth counts
        """,
      seeds: .mean(of: 10), unlike: .putting(.withoutDropout, for: .architectures))
  }
}
