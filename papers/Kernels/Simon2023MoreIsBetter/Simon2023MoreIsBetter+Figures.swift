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
    let simulated = the(\.testError, of: .growingFeatures)
    let theory = the(\.testTheory, of: .growingFeatures)
    return risks + [
      Figure(
        "Random features, simulated and in theory", like: .section("4"), over: \.features,
        "features", "test error", on: .logAxis,
        lines: [
          "simulated, ridge .001": simulated.value(at: 0.001, over: \.testError),
          "eigenframework, ridge .001": theory.value(at: 0.001, over: \.testTheory),
          "simulated, ridge .1": simulated.value(at: 0.1, over: \.testError),
          "eigenframework, ridge .1": theory.value(at: 0.1, over: \.testTheory),
          "simulated, ridge 10": simulated.value(at: 10, over: \.testError),
          "eigenframework, ridge 10": theory.value(at: 10, over: \.testTheory),
        ]),
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
