import Replication

extension He2024LayerwiseBounds {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let distances = [
      Figure<Self>(
        "The divergence of training and fresh representations", like: .section("III"),
        over: \.divergence, "layer", "KL divergence",
        lines: [
          "drawn": the(\.divergence, of: .deep),
          "in closed form": the(\.closedDivergence, of: .deep),
        ]),
      Figure(
        "The generalization funnel", like: .section("III"), over: \.distance, "layer",
        "Wasserstein-2 distance", as: .bars,
        lines: [
          "contracting, then expanding": the(\.distance, of: .funnel),
          "orthogonal layers": the(\.distance, of: .flat),
        ]),
      Figure(
        "What Dropout keeps", like: .section("IV"), over: \.coefficient, "units of a layer",
        "coefficient", lines: ["total variation": the(\.coefficient, of: .dropout)]),
      Figure(
        "What depth and narrow layers keep", like: .section("IV"), over: \.product, "layers",
        "product of coefficients",
        lines: [
          "seven units": the(\.product, of: .sixWide),
          "four units": the(\.product, of: .sixNarrow),
        ]),
    ]
    guard tier != .smoke else { return distances }
    return distances + [
      Figure(
        "Generalization of the Gibbs algorithm", like: .section("IV"), over: \.gibbsError,
        "samples",
        "generalization error", on: .logLog,
        lines: [
          "α = 4": the(\.gibbsError, of: .fixedTemperature),
          "α = n/2": the(\.gibbsError, of: .growingTemperature),
        ])
    ]
  }
}
