import Replication

extension Tyurin2024LogisticToPerceptron {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let worstCase = Figure<Self>(
      "Iterations on the worst-case set", like: .theorem("5.1"), over: \.count, "samples",
      "iterations", on: .logLog,
      lines: [
        "gradient descent, γ = 10⁴": the(\.iterations, of: .worstLargeStep),
        "batch perceptron": the(\.iterations, of: .worstBatch),
        "normalized batch perceptron": the(\.iterations, of: .worstNormalizedBatch),
      ])
    guard tier != .smoke else { return [worstCase] }
    return [
      worstCase,
      Figure(
        "The loss on MNIST 0/1 while it is not solved", like: .figure(1), over: \.losses,
        "iteration", "logistic loss", on: .logLog,
        lines: ["gradient descent": the(\.losses, of: .zeroOneSteps)]),
    ]
  }
}
