import Replication

extension Liu2022SparsityConstrainedOT {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    let place = Place.derived("the trade-off between convergence and sparsity that the paper draws")
    let entries = setups(.points, at: tier).flatMap(\.entries)
    let plans = Figure<Self>(
      "Transport plans", like: .abstract, imagesOf: "share of a target's mass", from: 0...0.5,
      columns: entries.map { "k = \($0)" } + ["entropic"],
      rows: ["n = m = 20": the(\.plans, of: .points)])
    guard tier != .smoke else { return [plans] }
    return [
      plans,
      Figure(
        "Marginal error after 200 gradient steps", like: place, over: \.stepError,
        "entries allowed in a column, k", "marginal error", on: .logLog,
        lines: ["n = m = 20": the(\.stepError, of: .points)]),
      Figure(
        "Entries used in a column", like: place, over: \.used, "entries allowed in a column, k",
        "mean number of entries", on: .logLog,
        lines: [
          "sparse transport": the(\.used, of: .points),
          "entropic": the(\.entropicUsed, of: .points),
        ]),
      Figure(
        "Optimal value", like: place, over: \.value, "entries allowed in a column, k", "value",
        on: .logAxis,
        lines: ["semi-dual": the(\.value, of: .points), "dual": the(\.dual, of: .points)]),
    ]
  }
}
