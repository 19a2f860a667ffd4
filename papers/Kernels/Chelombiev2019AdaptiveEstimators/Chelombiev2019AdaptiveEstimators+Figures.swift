import Replication

extension Chelombiev2019AdaptiveEstimators {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let plane = Figure<Self>(
      "What the last hidden layer knows along training", like: .abstract, over: \.lastInput,
      "epoch", "mutual information",
      lines: [
        "with the input": the(\.lastInput, of: .activations),
        "with the label": the(\.lastLabel, of: .activations),
      ])
    guard tier != .smoke else { return [plane] }
    return [
      plane,
      Figure(
        "Compression by layer", like: .abstract, over: \.compression, "layer",
        "share of the greatest information that is lost",
        lines: [
          "no penalty": the(\.compression, of: .activations),
          "ReLU, penalty .015": the(\.compression, of: .penalized),
        ]),
    ]
  }
}
