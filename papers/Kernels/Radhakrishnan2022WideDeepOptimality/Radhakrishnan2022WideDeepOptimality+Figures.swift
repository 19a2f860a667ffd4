import Replication

extension Radhakrishnan2022WideDeepOptimality {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let kernel = Figure<Self>(
      "The deep kernel near the diagonal", like: .abstract, over: \.logKernel, "distance",
      "ln of the kernel, scaled", on: .logAxis,
      lines: ["optimal activation": the(\.logKernel, of: .optimalSlope)])
    guard tier != .smoke else { return [kernel] }
    return [
      kernel,
      Figure(
        "Accuracy", like: .abstract, over: \.accuracy, "training points",
        "share of right decisions", on: .logAxis,
        lines: [
          "optimal activation": the(\.accuracy, of: .optimal),
          "Hilbert estimate": the(\.hilbertAccuracy, of: .optimal),
          "nearest neighbour": the(\.nearestAccuracy, of: .optimal),
          "majority": the(\.majorityAccuracy, of: .optimal),
          "Bayes rule": the(\.bayesAccuracy, of: .optimal),
        ]),
      Figure(
        "The risk above that of the Bayes rule", like: .abstract, over: \.excess, "training points",
        "excess risk", on: .logAxis,
        lines: [
          "optimal activation": the(\.excess, of: .trend),
          "nearest neighbour": the(\.nearestExcess, of: .trend),
        ]),
      Figure(
        "Agreement with the majority vote", like: .abstract, over: \.depthAgreement, "depth",
        "share of test points", on: .logAxis,
        lines: [
          "ReLU": the(\.depthAgreement, of: .relu),
          "optimal activation": the(\.depthAgreement, of: .singularDepths),
        ]),
    ]
  }
}
