import Replication

extension Simon2023MoreIsBetter {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let risks: [Figure<Self>] = [
      Figure(
        "More features", like: .figure(1), over: \.riskOverFeatures, "features", "test error",
        on: .logAxis,
        lines: [
          "best ridge": the(\.riskOverFeatures, of: .framework),
          "ridge .001": the(\.fixedRiskOverFeatures, of: .framework),
        ]),
      Figure(
        "More samples", like: .figure(1), over: \.riskOverSamples, "samples", "test error",
        on: .logAxis,
        lines: [
          "best ridge": the(\.riskOverSamples, of: .framework),
          "ridge .001": the(\.fixedRiskOverSamples, of: .framework),
        ]),
    ]
    guard tier != .smoke else { return risks }
    return risks + [
      Figure(
        "Random features, simulated and in theory", like: .figure(1), over: \.testError, "ridge",
        "test error", on: .logAxis,
        lines: [
          "simulated": the(\.testError, of: .growingFeatures),
          "eigenframework": the(\.testTheory, of: .growingFeatures),
        ]),
      Figure(
        "Random ReLU features on CIFAR-10", like: .figure(1), over: \.photoFeatureError, "features",
        "test error", on: .logAxis,
        lines: [
          "simulated": the(\.photoFeatureError, of: .photographs),
          "eigenframework": the(\.photoFeatureTheory, of: .photographs),
        ]),
      Figure(
        "The exponents on MNIST", like: .section("5"), over: \.imageError, "samples",
        "1/Tr K⁻¹ and test error", on: .logLog,
        lines: [
          "1/Tr K⁻¹": the(\.inverseTrace, of: .digits),
          "test error without ridge": the(\.imageError, of: .digits),
          "the same, labels permuted": the(\.permutedImageError, of: .digits),
        ]),
    ]
  }
}
