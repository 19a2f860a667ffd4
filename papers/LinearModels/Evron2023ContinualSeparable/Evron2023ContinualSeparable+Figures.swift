import Replication

extension Evron2023ContinualSeparable {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let common: [Figure<Self>] = [
      Figure(
        "Forgetting of a hard pair of tasks", like: .abstract, over: \.forgetting, "step",
        "worst forgetting", on: .logLog,
        lines: [
          "measured": the(\.forgetting, of: .hardPair), "bound": the(\.bound, of: .hardPair),
        ]),
      Figure(
        "Vanishing regularization turns to the max-margin scheme", like: .section("3"),
        over: \.angle, "log₁₀(1/λ)", "1 − least cosine", on: .logValue,
        lines: [
          "exponential loss": the(\.angle, of: .weak),
          "squared loss": the(\.angle, of: .squaredLoss),
        ]),
    ]
    guard tier != .smoke else { return common }
    return common + [
      Figure(
        "Forgetting of pairs of MNIST digits in cyclic order", like: .abstract, over: \.forgetting,
        "step", "forgetting", on: .logLog,
        lines: [
          "worst task": the(\.forgetting, of: .digits),
          "mean of the tasks seen": the(\.meanForgetting, of: .digits),
          "tasks that contradict each other": the(\.forgetting, of: .contradictoryDigits),
        ])
    ]
  }
}
