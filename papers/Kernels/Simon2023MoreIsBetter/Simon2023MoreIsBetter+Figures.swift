import Replication

extension Simon2023MoreIsBetter {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let risks: [Figure<Self>] = [
      Figure(
        "More features", like: .section("4"), over: \.riskOverFeatures, "features", "test error",
        on: .logAxis,
        lines: [
          "best ridge": the(\.riskOverFeatures, of: .framework),
          "ridge .001": the(\.fixedRiskOverFeatures, of: .framework),
        ]),
      Figure(
        "More samples", like: .section("4"), over: \.riskOverSamples, "samples", "test error",
        on: .logAxis,
        lines: [
          "best ridge": the(\.riskOverSamples, of: .framework),
          "ridge .001": the(\.fixedRiskOverSamples, of: .framework),
        ]),
    ]
    guard tier != .smoke else { return risks }
    return risks + [
      Figure(
        "Random features, simulated and in theory", like: .section("4"), over: \.features,
        "features", "test error", on: .logLog, panels: \.testError,
        lines: [
          "simulated": the(\.testError, of: .growingFeatures),
          "eigenframework": the(\.testTheory, of: .growingFeatures),
        ]),
      Figure(
        "Test error by features and ridge", like: .section("4"), over: \.features, "features",
        by: \.testError, "ridge", shading: the(\.testError, of: .growingFeatures), "test error",
        on: .logValue),
      Figure(
        "Random ReLU features on CIFAR-10", like: .section("4"), over: \.photoFeatureError,
        "features",
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
