import Replication

extension Wang2023ActiveMultitaskLasso {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    guard tier != .smoke else { return [] }
    let bounds = Place.derived("the rates of the paper's bounds, in its linear model")
    let risk = the(\.risk, of: .leastL1)
    return [
      Figure(
        "The risk by ν¹ over that of other allocations", like: .abstract,
        spreadOf: "ln (risk by ν¹ / risk of the other)",
        [
          "by ν²": (risk / the(\.risk, of: .leastL2)).logarithm,
          "without choice": (risk / the(\.risk, of: .passive)).logarithm,
        ]),
      Figure(
        "What the representation leaves of the risk", like: bounds, over: \.subspaceRisk,
        "examples of all sources", "subspace part of the risk", on: .logLog,
        lines: [
          "by ν¹": the(\.subspaceRisk, of: .growingL1),
          "by ν²": the(\.subspaceRisk, of: .growingL2),
        ]),
      Figure(
        "Budget by ν² over that by ν¹, five features", like: bounds, over: \.complexity, "sources",
        "T‖ν²‖₂² / ‖ν¹‖₁²", on: .logAxis,
        lines: ["random tasks": the(\.complexity, of: .fiveFeatures)]),
      Figure(
        "Test errors on corrupted digits",
        like: .derived("the paper's experiments on corrupted digits"), over: \.l1Error,
        "target task", "test error",
        lines: [
          "without choice": the(\.passiveError, of: .images),
          "by ν¹, Lasso": the(\.l1Error, of: .images),
          "by ν²": the(\.l2Error, of: .images),
        ]),
    ]
  }
}
