import Replication
import TrainingCore

extension Chelombiev2019AdaptiveEstimators {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .datasetExact:
      return Expectation(
        "The labels are those of the published data.",
        from: .derived("the rule on the icosahedron was checked against the published file"),
        that: the(\.allOnes, of: .codes).exactly(2118),
        the(\.ones, of: .codes).value(at: 5, over: \.ones).exactly(60),
        the(\.ones, of: .codes).value(at: 6, over: \.ones).exactly(532),
        the(\.ones, of: .codes).value(at: 7, over: \.ones).exactly(732),
        the(\.hash, of: .codes).exactly(2_146_283_576),
        because: """
          counts, and the hash of a table computed independently whose SHA-256 is \
          371b2b46a5052b4f69f7991ca141fb5afa1ac364ef7beb81ec900eecac2f86d9; two swapped vertices \
          leave the counts alone
          """,
        seeds: .once, unlike: .putting(.swappedCodes, for: .codes))
    case .entropyBounds:
      return Expectation(
        "No layer knows more than there is: 12 bits of the input, and of the label its entropy.",
        from: .derived("0 ≤ I(T; Y) ≤ H(Y) ≤ 1 bit and I(X; T) ≤ H(X)"),
        that: the(\.leastLabel, of: .activations).atLeast(-1e-9),
        the(\.leastLabelSlack, of: .activations).atLeast(-1e-9),
        the(\.labelEntropy, of: .activations).atMost(1),
        the(\.greatestInput, of: .activations).atMost(12 + 1e-9),
        the(\.greatestInput, of: .tanh).value(at: 1, over: \.greatestInput).within(1e-6, of: 12),
        because:
          "exact up to rounding, and attained by the first layer where no two codes share bins",
        seeds: .every(tier == .smoke ? 2 : 3),
        unlike: .putting(\.greatestInputInNats, for: \.greatestInput))
    case .dataProcessing:
      return Expectation(
        "At initialisation the bins of a tanh network's first layer tell all codes apart.",
        from: .derived("30 bins for each of ten units, where 4096 joint symbols are all distinct"),
        that: the(\.initialInput, of: .tanh).value(at: 1, over: \.initialInput)
          .within(1e-6, of: 12),
        because: "log₂ 4096; the sign alone of ten units can tell 2¹⁰ codes apart at most",
        seeds: .every(tier == .smoke ? 2 : 3),
        unlike: .putting(\.initialSigns, for: \.initialInput))
    default:
      return tier == .smoke ? nil : trainedClaim(claim, at: tier)
    }
  }

  /// How many seeds means are taken over.
  private static func seeds(at tier: Tier) -> Int { tier == .full ? 50 : 10 }

  /// The claims that need trained networks.
  private static func trainedClaim(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .kernelBounds: kernelBounds
    case .kernelCompression:
      tier == .full
        ? Expectation(
          "The kernel density estimate shows compression without saturation, too.",
          from: .abstract,
          that: the(\.kernelCompression, of: .relu).greatest(over: \.kernelCompression)
            .atLeast(0.1),
          because:
            "as for the binned estimate: a tenth of what the most compressed hidden layer knew",
          seeds: .mean(of: 250), unlike: .putting(.frozenRelu, for: .relu)) : nil
    case .penalizedKernelCompression:
      Expectation(
        "The kernel density estimate shows that penalized ReLU networks compress, too.",
        from: .abstract,
        that: the(\.kernelCompression, of: .penalized).greatest(over: \.kernelCompression)
          .atLeast(0.1),
        because:
          "as for the binned estimate: a tenth of what the most compressed hidden layer knew",
        seeds: .mean(of: seeds(at: tier)), unlike: .putting(.frozenRelu, for: .penalized))
    case .nonsaturatingCompression:
      Expectation(
        "Networks whose activation does not saturate compress as well.", from: .abstract,
        that: the(\.hiddenCompression, of: .nonSaturating).greatest(over: \.hiddenCompression)
          .average(over: \.activation).atLeast(0.1),
        because: """
          the most compressed hidden layer loses a tenth of what it knew; pairs of ReLU and ELU \
          scatter by .09, of which 35 have a standard error of .015
          """,
        seeds: .mean(of: tier == .full ? 50 : 35), unlike: .putting(.frozen, for: .nonSaturating))
    case .activationVariation:
      Expectation(
        "How much is compressed differs between activations: tanh more than softplus.",
        from: .abstract,
        that: (compression(of: .activations).value(at: Nonlinearity.tanh, over: \.activation)
          - compression(of: .activations).value(at: Nonlinearity.softplus, over: \.activation))
          .atLeast(0.02),
        because: "half of the spread over seeds of the difference, .04",
        seeds: .mean(of: seeds(at: tier)), unlike: .shuffling(\.activation))
    case .initVariation: initVariation(at: tier)
    case .l2IncreasesCompression:
      Expectation(
        "A penalty on the squared weights increases compression.", from: .abstract,
        that: (compression(of: .penalized) - compression(of: .relu)).atLeast(0.05),
        because: """
          two thirds of the mean compression of .07 that one network without a penalty had; pairs \
          scatter by .075
          """,
        seeds: .mean(of: seeds(at: tier)), unlike: .putting(.slightlyPenalized, for: .penalized))
    case .l2PreventsOverfitting:
      Expectation(
        "A penalty on the squared weights narrows the gap of training and test accuracy.",
        from: .abstract, that: (gap(of: .relu) - gap(of: .penalized)).atLeast(0.5),
        because: "half of the spread over seeds of the difference, 1.1 percentage points",
        seeds: .mean(of: seeds(at: tier)), unlike: .putting(.slightlyPenalized, for: .penalized))
    default: lastLayerCorrelation(at: tier)
    }
  }

  /// The mean compression of all six layers.
  private static func compression(of arm: Arm) -> Measure<Self, Ratio> {
    the(\.compression, of: arm).average(over: \.compression)
  }

  /// Training less test accuracy at the end.
  private static func gap(of arm: Arm) -> Measure<Self, Percent> {
    the(\.trainAccuracy, of: arm).last(over: \.trainAccuracy)
      - the(\.testAccuracy, of: arm).last(over: \.testAccuracy)
  }

  private static var kernelBounds: Expectation<Self> {
    let difference = the(\.kernelUpper, of: .penalized) - the(\.kernelLower, of: .penalized)
    return Expectation(
      "The kernel density estimates lie between 0 and 12 bits, the lower below the upper bound.",
      from: .derived("bounds of a mixture's entropy from the pairwise distances of its centers"),
      that: the(\.kernelLower, of: .penalized).atLeast(-1e-9),
      the(\.kernelUpper, of: .penalized).atMost(12 + 1e-9), difference.atLeast(-1e-9),
      difference.greatest(over: \.kernelUpper).atLeast(0.1),
      because: """
        exact up to rounding; a tenth of a bit between the bounds somewhere tells them from one \
        estimate taken twice
        """,
      seeds: .every(3), unlike: .putting(\.kernelLower, for: \.kernelUpper))
  }

  private static func initVariation(at tier: Tier) -> Expectation<Self> {
    Expectation(
      "How much a layer compresses varies much between initialisations.", from: .abstract,
      that: Measure<Self, Ratio>.computed(
        "the lower end of the 90 % interval of the standard deviation over seeds of C, in the layer "
          + "of largest mean C", of: .relu, from: leastSpread
      ).atLeast(0.05),
      because: """
        a twentieth of what a layer knew; with ten seeds the lower end is .73 of the standard \
        deviation
        """,
      seeds: .every(seeds(at: tier)), unlike: .putting(.frozenRelu, for: .relu))
  }

  private static func lastLayerCorrelation(at tier: Tier) -> Expectation<Self> {
    let claim = Expectation<Self>(
      "Compression of the last hidden layer correlates with test accuracy, more than any other's.",
      from: .abstract,
      that: Measure<Self, Ratio>.computed(
        "the lower end of the 90 % interval of r in the last hidden layer, over networks",
        of: .activations, .accuracies, from: leastCorrelation
      ).atLeast(0.05),
      Measure<Self, Ratio>.computed(
        "r in the last hidden layer less the greatest in another", of: .activations, .accuracies,
        from: correlationLead
      ).atLeast(0),
      because: "at r = .25 about 110 networks put the interval above .09",
      seeds: .every(seeds(at: tier)), unlike: .putting(.otherAccuracies, for: .accuracies))
    return tier == .full
      ? claim : claim.recorded("40 networks are too few to place r; full has 250")
  }
}
