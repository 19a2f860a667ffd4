import Replication

extension Gastpar2023FantasticMeasures {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    [
      Figure(
        "What a preferred subspace is good for, and how it misleads", like: .theorem("5"),
        over: \.perfect, "samples less the subspace's dimension", "probability",
        lines: [
          "it is surely learned": the(\.perfect, of: .subspaces),
          "it is surely learned, in theory": the(\.expectedPerfect, of: .subspaces),
          "it explains other labels": the(\.misled, of: .subspaces),
          "it explains other labels, in theory": the(\.expectedMisled, of: .subspaces),
        ])
    ]
  }
}
