import Replication

extension Woodruff2023LpSensitivity {
  /// The number of rows at which the distortion first falls to one half.
  private static func needed(_ arm: Arm) -> Measure<Self, Ratio> {
    the(\.distortion, of: arm).crossing(0.5, over: \.distortion)
  }

  static var mixtureNoWorse: Expectation<Self> {
    func distortion(_ arm: Arm) -> Measure<Self, Ratio> {
      the(\.distortion, of: arm).value(at: 200, over: \.distortion)
    }
    return Expectation(
      "At p = 4, mixing in leverage scores does not distort more than sensitivities alone.",
      from: .abstract,
      that: (distortion(.spikyMixture) / distortion(.spikySensitivity)).logarithm.atMost(0.14),
      because: """
        the logarithm of 1.15; the mixture has at least half of the sensitivities' probabilities, so \
        that √2 is about the most it can lose; the logarithm scatters by .16
        """,
      seeds: .mean(of: 200), unlike: .putting(.spikyHalfUniform, for: .spikyMixture))
  }

  static var sharpBelowTwo: Expectation<Self> {
    Expectation(
      "At p = 1 the rows that sensitivities need grow no faster than 𝔖² on Gaussian rows, as d.",
      from: .derived(
        "the first version's abstract; the second notes that an earlier bound implies it"),
      that: needed(.growingSensitivity).slope(over: \.dimension, on: .logLog)
        .between(0.8, and: 1.25),
      because: """
        𝔖² is πd/2 there, and the older bound 𝔖·d would be a slope of 1.5; the rest is for \
        logarithms and for the rows that are drawn already, about a twelfth of n at d = 32
        """,
      seeds: .mean(of: 12), unlike: .putting(.growingTallUniform, for: .growingSensitivity))
  }

  static var rootLeverage: Expectation<Self> {
    Expectation(
      "At p = 1 the rows that root leverage scores need grow as d.", from: .abstract,
      that: needed(.growingRootLeverage).slope(over: \.dimension, on: .logLog)
        .between(0.8, and: 1.25),
      because: "for logarithms; a slope scatters by .18 from seed to seed",
      seeds: .mean(of: 12), unlike: .putting(.growingTallUniform, for: .growingRootLeverage))
  }

  static var sharpAboveTwo: Expectation<Self> {
    let fitted = needed(.steepFitted) / the(\.bound, of: .steepFitted).value(at: 4, over: \.bound)
    let found =
      needed(.steepSensitivity)
      / the(\.bound, of: .steepSensitivity).value(at: 4, over: \.bound)
    return Expectation(
      "At p = 4 the rows that sensitivities need stay within a constant times 𝔖^{2−2/p}.",
      from: .abstract, that: (found / fitted).atMost(2),
      because: """
        the constant is fitted at d = 4, and 2 is for logarithms; on Gaussian rows the bound grows \
        as d³, far faster than what is needed
        """,
      seeds: .every(9), unlike: .putting(.steepSpikyUniform, for: .steepSensitivity))
  }

  static var epsMinusTwo: Expectation<Self> {
    Expectation(
      "The distortion falls as the root of the number of rows.",
      from: .derived("the paper's bounds, which ask for rows in proportion to 1/ε²"),
      that: the(\.corrected, of: .manyRows).slope(over: \.corrected, on: .logLog)
        .within(0.12, of: -0.5),
      because: """
        ε is divided by √(1 − m/n), the share of the variance that rows drawn already take away; a \
        slope scatters by .08 from seed to seed
        """,
      seeds: .mean(of: 9), unlike: .putting(.manyRowsUnscaled, for: .manyRows))
  }
}
