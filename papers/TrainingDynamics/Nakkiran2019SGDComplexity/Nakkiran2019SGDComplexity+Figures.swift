import Replication

extension Nakkiran2019SGDComplexity {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    [
      Figure(
        "What the linear classifier explains of the network", like: .figure(1),
        over: \.performance, "step", "mutual information with the labels", on: .logAxis,
        lines: [
          "I(F;Y), the network": the(\.performance, of: .net),
          "μ, explained by the linear classifier": the(\.explained, of: .net),
          "I(F;Y|L), not explained": the(\.unexplained, of: .net),
          "I(L;Y|F), forgotten of the linear classifier": the(\.forgotten, of: .net),
        ])
    ]
  }
}
