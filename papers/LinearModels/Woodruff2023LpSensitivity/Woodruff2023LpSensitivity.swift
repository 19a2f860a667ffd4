import Replication
import TrainingCore

/// A few rows, drawn by their ℓ_p sensitivities and reweighted, keep ‖Ax‖_p for all x.
enum Woodruff2023LpSensitivity: Replication {
  static let paper = Paper(
    "woodruff2023-lp-sensitivity", .arxiv("2306.00732"), year: 2023,
    title: "Sharper Bounds for ℓ_p Sensitivity Sampling",
    authors: ["David P. Woodruff", "Taisuke Yasuda"])
  static let data: [DatasetName] = [.mnist]
  static let departures = [
    "The paper is theory; every experiment here is ours.",
    """
    Its bounds hide constants and powers of logarithms: slopes, orders and bounds up to a constant \
    fitted once are judged, no constant is.
    """,
    """
    A distortion is the worst that a local search finds, so that it is bounded from below; all arms \
    have the same starts and steps.
    """,
    "Mixed scores are σ/𝔖 + τ/d.",
  ]

  enum Arm: String, Name {
    case spikyTotals, heavyTotals, imageTotals, gaussianTotals, copiedTotals
    case spikyUniform, spikySensitivity, gaussianUniform, gaussianSensitivity
    case spikyMixture, spikyHalfUniform
    case growingSensitivity, growingRootLeverage, growingTallUniform
    case steepSensitivity, steepFitted, steepSpikyUniform
    case manyRows, manyRowsUnscaled
    case tooFewRows, enoughRows
  }
  enum Claim: String, Name {
    case totalRange = "total-sensitivity-range"
    case copiesExtremal = "identity-copies-extremal"
    case gaussianTotal = "gaussian-total-sensitivity"
    case beatsUniform = "sensitivity-beats-uniform-p4"
    case mixtureNoWorse = "mixture-p4-no-worse"
    case sharpBelowTwo = "sharp-power-p-below-2"
    case sharpAboveTwo = "sharp-power-p-above-2"
    case rootLeverage = "root-leverage-d"
    case epsMinusTwo = "eps-minus-two"
    case rankLowerBound = "rank-lower-bound"
  }

  /// What the scores are that rows are drawn by; nil in a setup that only sums sensitivities.
  enum Scheme: String, Codable { case uniform, sensitivity, rootLeverage, mixture, halfUniform }

  /// What the numbers of drawn rows are given in.
  enum Size: String, Codable { case rows, dimensions, percent }

  struct Setup: Codable, Hashable {
    var matrix: Matrix
    /// n.
    var rows: Int
    /// d.
    var dimension: Int
    /// The powers p whose total sensitivities are recorded.
    var powers: [Double] = []
    /// The power p of the distortion.
    var power = 0.0
    var scheme: Scheme?
    /// The expected numbers of drawn rows.
    var sizes: [Int] = []
    var size = Size.rows
    /// Whether that many rows are drawn exactly, without replacement.
    var isExact = false
    /// Whether a kept row is scaled by q^{−1/p}.
    var isRescaled = true
  }

  /// Curves; those that do not apply to a setup stay empty, which is an error to whatever reads them.
  struct Outcome: Codable {
    /// 𝔖, from the best x found for each row: not above the truth.
    var total = Series<Power, Ratio>()
    /// 𝔖, from a dual point for each row: not below the truth.
    var upperTotal = Series<Power, Ratio>()
    /// Σ τ_i^{p/2}.
    var rootTotal = Series<Power, Ratio>()
    /// The least that 𝔖 can be.
    var floor = Series<Power, Ratio>()
    /// The greatest that 𝔖 can be.
    var ceiling = Series<Power, Ratio>()
    /// d, what 𝔖 is on stacked unit matrices.
    var copied = Series<Power, Ratio>()
    /// What 𝔖 tends to on Gaussian rows as n grows.
    var gaussianLimit = Series<Power, Ratio>()
    /// 𝔖^{2/p} below p = 2 and 𝔖^{2−2/p} above.
    var bound = Series<Power, Ratio>()
    /// max |ratio − 1| of ‖SAx‖_p^p to ‖Ax‖_p^p.
    var distortion = Series<Rows, Ratio>()
    /// The distortion over √(1 − m/n).
    var corrected = Series<Rows, Ratio>()
    /// One less the least ratio.
    var lost = Series<Rows, Ratio>()
    /// How many rows were kept.
    var kept = Series<Rows, Count>()
  }

  /// A power p.
  struct Power: Quantity {
    static let unit = "p"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  /// A number of rows.
  struct Rows: Quantity {
    static let unit = "rows"
    let reading: Reading
    init(reading: Reading) { self.reading = reading }
  }

  static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var outcome = Outcome()
    for power in setup.powers { try sum(setup, power: power, in: trial, into: &outcome) }
    if let scheme = setup.scheme { try sample(setup, by: scheme, in: trial, into: &outcome) }
    return outcome
  }

  /// Records the total sensitivity and what it is compared with.
  private static func sum(
    _ setup: Setup, power p: Double, in trial: Trial, into outcome: inout Outcome
  ) throws {
    let found = try trial.product(of: SensitivityStage(setup, power: p, tolerance: 1e-10))
    let d = Double(setup.dimension)
    let total = found.lower.sum().item
    outcome.total.append(Ratio(total), at: Power(p))
    outcome.upperTotal.append(Ratio(found.upper.sum().item), at: Power(p))
    outcome.rootTotal.append(Ratio(pow(found.leverage, p / 2).sum().item), at: Power(p))
    outcome.floor.append(Ratio(pow(d, min(p / 2, 1))), at: Power(p))
    outcome.ceiling.append(Ratio(pow(d, max(p / 2, 1))), at: Power(p))
    outcome.copied.append(Ratio(d), at: Power(p))
    outcome.gaussianLimit.append(Ratio(gaussianTotal(dimension: d, power: p)), at: Power(p))
    outcome.bound.append(Ratio(pow(total, p < 2 ? 2 / p : 2 - 2 / p)), at: Power(p))
  }

  /// E‖g‖^p / E|g₁|^p for a standard normal g in R^d.
  ///
  /// Among many Gaussian rows ‖Ax‖_p^p is n ‖x‖^p E|g₁|^p, so that σ_i = ‖a_i‖^p / (n E|g₁|^p).
  static func gaussianTotal(dimension d: Double, power p: Double) -> Double {
    exp(logGamma((d + p) / 2) - logGamma(d / 2) + logGamma(0.5) - logGamma((1 + p) / 2))
  }
}
