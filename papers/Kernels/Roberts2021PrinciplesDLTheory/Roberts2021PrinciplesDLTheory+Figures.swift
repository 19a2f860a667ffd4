import Replication

extension Roberts2021PrinciplesDLTheory {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let fluctuations = Figure<Self>(
      "Fluctuations of ReLU and linear networks of width 64", like: .section("5.4"),
      over: \.excess, "hidden layers", "Var(G)/E(G)²",
      lines: ["ReLU": the(\.excess, of: .relu), "linear": the(\.excess, of: .linear)])
    guard tier != .smoke else { return [fluctuations] }
    return [
      fluctuations,
      Figure(
        "The mean tangent kernel", like: .section("9"), over: \.tangentKernel,
        "layers of weights", "Θ", on: .logLog,
        lines: [
          "critical": the(\.tangentKernel, of: .tangentKernel),
          "C_W = 2.4": the(\.tangentKernel, of: .supercriticalTangentKernel),
        ]),
      Figure(
        "How far training moves the tangent kernel", like: .section("11"), over: \.kernelChange,
        "width", "relative change", on: .logLog,
        lines: [
          "tanh": the(\.kernelChange, of: .trained),
          "output scaled down with width": the(\.kernelChange, of: .featureLearning),
        ]),
      Figure(
        "Training loss of 32 layers on 1000 digits", like: .section("5.1"), over: \.trainLoss,
        "step", "cross-entropy",
        lines: [
          "C_W = 2": the(\.trainLoss, of: .deepCritical),
          "C_W = 1.2": the(\.trainLoss, of: .deepSubcritical),
        ]),
      Figure(
        "Test loss after equal steps at width 64", like: .section("A"), over: \.depth,
        "hidden layers", "cross-entropy", on: .logAxis,
        lines: ["ReLU": the(\.testLoss, of: .depths).last(over: \.testLoss)]),
    ]
  }
}
