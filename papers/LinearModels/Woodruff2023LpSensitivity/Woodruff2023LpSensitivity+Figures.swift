import Replication

extension Woodruff2023LpSensitivity {
  static func figures(at tier: Tier) -> [Figure<Self>] {
    guard tier != .smoke else { return [] }
    let none = Place.derived("the paper has no experiments")
    return [
      Figure(
        "Distortion at p = 1 on Gaussian rows, drawn by sensitivity", like: none,
        over: \.distortion, "rows drawn", "distortion", on: .logLog,
        lines: ["d": the(\.distortion, of: .growingSensitivity)]),
      Figure(
        "Distortion at p = 4 where two rows matter", like: none, over: \.distortion, "rows drawn",
        "distortion", on: .logLog,
        lines: [
          "sensitivity": the(\.distortion, of: .spikySensitivity),
          "with leverage": the(\.distortion, of: .spikyMixture),
          "uniform": the(\.distortion, of: .spikyUniform),
        ]),
      Figure(
        "Total sensitivity on Gaussian rows with two spikes", like: none, over: \.total, "p",
        "total sensitivity",
        lines: [
          "measured": the(\.total, of: .spikyTotals), "least": the(\.floor, of: .spikyTotals),
          "greatest": the(\.ceiling, of: .spikyTotals),
        ]),
    ]
  }
}
