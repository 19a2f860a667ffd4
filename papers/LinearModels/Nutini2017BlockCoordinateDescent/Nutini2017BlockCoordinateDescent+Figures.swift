import Replication

extension Nutini2017BlockCoordinateDescent {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let lattice = Figure<Self>(
      "Blocks of a lattice, solved exactly", like: .figure(6), over: \.gap, "iteration",
      "gap to the optimum", on: .logAxis,
      lines: [
        "largest gradients": the(\.gap, of: .largest), "two colours": the(\.gap, of: .redBlack),
        "tree partition": the(\.gap, of: .treePartition),
        "random trees": the(\.gap, of: .randomTree), "greedy trees": the(\.gap, of: .greedyTree),
      ])
    guard tier != .smoke else { return [lattice] }
    return [
      Figure(
        "Rules for fixed blocks, updated by their constants", like: .figure(4), over: \.gap,
        "iteration", "gap to the optimum", on: .logAxis,
        lines: [
          "random": the(\.gap, of: .fixedRandom), "cyclic": the(\.gap, of: .fixedCyclic),
          "Lipschitz": the(\.gap, of: .fixedLipschitz), "GS": the(\.gap, of: .fixedGS),
          "GSL": the(\.gap, of: .fixedGSL), "GSD": the(\.gap, of: .fixedGSD),
          "GSQ": the(\.gap, of: .fixedGSQ),
        ]),
      Figure(
        "Rules for variable blocks, updated by their matrices", like: .figure(5), over: \.gap,
        "iteration", "gap to the optimum", on: .logAxis,
        lines: [
          "GS": the(\.gap, of: .matrixGS), "GSL": the(\.gap, of: .matrixGSL),
          "GSD": the(\.gap, of: .matrixGSD), "GSQ": the(\.gap, of: .matrixGSQ),
          "better of GSQ and GSD": the(\.gap, of: .matrixBetter),
          "GSD, by constants": the(\.gap, of: .variableGSD),
        ]),
      lattice,
      Figure(
        "A sparse solution on x ≥ 0", like: .abstract, over: \.gap, "iteration",
        "gap to the optimum", on: .logAxis,
        lines: [
          "projected Newton, 50": the(\.gap, of: .newton50),
          "projected Newton, 150": the(\.gap, of: .newton150),
          "projected gradient, 150": the(\.gap, of: .gradient150),
          "projected gradient, random 50": the(\.gap, of: .gradientRandom),
        ]),
    ]
  }
}
