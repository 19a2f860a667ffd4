import Replication

extension Ge2023UnsupervisedPretraining {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let arm = tier == .smoke ? Arm.moreLabels : .labels
    let risks = Figure<Self>(
      "Excess risk in a factor model after 5000 unlabelled samples", like: .section("4"),
      over: \.pretrained, "labels", "excess risk", on: .logLog,
      lines: [
        "pretrained": the(\.pretrained, of: arm), "least squares": the(\.supervised, of: arm),
        "ridge": the(\.ridge, of: arm), "true model": the(\.oracle, of: arm),
        "random factors": the(\.random, of: arm),
      ])
    guard tier != .smoke else { return [risks] }
    func pretraining(_ arm: Arm) -> Measure<Self, Loss> {
      (the(\.pretrained, of: arm) - the(\.oracle, of: arm)).last(over: \.pretrained)
    }
    return [
      risks,
      Figure(
        "What pretraining adds to the risk", like: .section("4"), over: \.unlabelled,
        "unlabelled samples", "excess risk over the true model's", on: .logLog,
        lines: [
          "factor model": pretraining(.unlabelled),
          "coordinates permuted": pretraining(.permutedUnlabelled),
        ]),
      Figure(
        "Test error in a mixture of five classes", like: .theorem("5.3"), over: \.pretrainedError,
        "labels", "test error", on: .logAxis,
        lines: [
          "five clusters": the(\.pretrainedError, of: .mixture),
          "two clusters": the(\.pretrainedError, of: .wrongMixture),
          "ridge": the(\.ridgeError, of: .mixture), "Bayes": the(\.bayesError, of: .mixture),
        ]),
    ]
  }
}
