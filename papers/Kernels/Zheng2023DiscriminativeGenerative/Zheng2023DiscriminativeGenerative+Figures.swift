import Replication

extension Zheng2023DiscriminativeGenerative {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let needed = Figure<Self>(
      "Samples that two Gaussian classes need", like: .abstract, over: \.dimension, "dimension",
      "samples", on: .logLog,
      lines: [
        "logistic regression": the(\.needed, of: .logistic),
        "naive Bayes": the(\.needed, of: .bayesWide),
        "full covariances": the(\.needed, of: .quadratic),
      ])
    guard tier != .smoke else { return [needed] }
    return [
      needed,
      Figure(
        "Features of digits", like: .abstract, over: \.error, "training samples", "test error",
        on: .logAxis,
        lines: [
          "logistic regression": the(\.error, of: .digitsLogistic),
          "C chosen": the(\.error, of: .digitsTuned),
          "naive Bayes": the(\.error, of: .digitsBayes),
        ]),
      Figure(
        "Features of photographs", like: .abstract, over: \.error, "training samples",
        "test error", on: .logAxis,
        lines: [
          "logistic regression": the(\.error, of: .photosLogistic),
          "naive Bayes": the(\.error, of: .photosBayes),
        ]),
    ]
  }
}
