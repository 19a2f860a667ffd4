package import Replication
import Tensors

/// A small complete paper: a treated coin shows heads more often than a fair one.
///
/// The outcome is a closed form plus seeded noise, so that every verdict has a known truth.
package enum CoinPaper: Replication {
  package static let paper = Paper(
    "fisher1935-coin", .arxiv("1935.00001"), year: 1935, title: "A Coin", authors: ["A. Nobody"])
  package static let departures: [String] = []

  /// Moves every band, for tests of what a band decides.
  @TaskLocal package static var shift = 0.0

  package enum Arm: String, Name { case treated, fair, null }
  package enum Claim: String, Name {
    case raisesShare, exactIdentity, growsWithWeight, vacuous, needsPremise, powerLaw, levels
  }

  package struct Setup: Codable, Hashable, Sendable {
    var effect = 0.2
    var weight = 1.0
    var noise = 0.02
  }

  package struct Outcome: Codable, Sendable {
    var share: Ratio
    var formula: Ratio
    var wrongFormula: Ratio
    var curve: Series<Steps, Ratio>
  }

  package static func setups(_ arm: Arm, at tier: Tier) -> [Setup] {
    switch arm {
    case .treated: [1, 2, 4].map { Setup(weight: $0) }
    case .fair: [1, 2, 4].map { Setup(effect: 0, weight: $0) }
    case .null: [1, 2, 4].map { Setup(effect: 0, weight: $0, noise: 0.01) }
    }
  }

  package static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let effect = the(\.share, of: .treated) - the(\.share, of: .fair)
    switch claim {
    case .raisesShare:
      return Expectation(
        "The treated coin shows heads more often.", from: .abstract,
        that: effect.value(at: 1.0, over: \.weight).atLeast(0.1 + shift),
        because: "half of the effect that the paper reports",
        seeds: tier == .smoke ? .every(3) : .mean(of: 8), unlike: .putting(.null, for: .treated))
    case .exactIdentity:
      return Expectation(
        "The share is the closed form.", from: .equation(1),
        that: (the(\.formula, of: .treated) - the(\.share, of: .treated)).within(0.2, of: shift),
        because: "ten standard deviations", seeds: .every(3),
        unlike: .putting(\.wrongFormula, for: \.formula))
    case .growsWithWeight:
      return Expectation(
        "The share grows with the weight.", from: .figure(1),
        that: the(\.formula, of: .treated).steps(over: \.weight).atLeast(0.1 + shift),
        because: "half of the least step of the closed form", seeds: .every(2),
        unlike: .reversing(\.weight))
    case .vacuous:
      return Expectation(
        "The share is below ten.", from: .figure(2), that: the(\.share, of: .treated).atMost(10),
        because: "a band that nothing can leave", seeds: .every(2),
        unlike: .putting(.fair, for: .treated))
    case .needsPremise:
      return Expectation(
        "Where the fair coin is biased, so is the treated one.", from: .figure(3),
        that: the(\.share, of: .treated).atLeast(0.1), because: "a premise that does not hold",
        provided: [the(\.share, of: .fair).atLeast(0.5 + shift)], seeds: .every(2),
        unlike: .putting(.fair, for: .treated))
    case .powerLaw:
      return Expectation(
        "The formula grows in proportion to the weight.", from: .theorem("1"),
        that: the(\.formula, of: .treated).slope(over: \.weight, on: .logLog).within(
          0.01, of: 1 + shift),
        the(\.formula, of: .treated).straightness(over: \.weight, on: .logLog).atLeast(0.99),
        because: "the closed form is linear", seeds: .once, unlike: .shuffling(\.weight))
    case .levels:
      return Expectation(
        "The curve reaches one half after five steps.", from: .figure(4),
        that: the(\.curve, of: .treated).crossing(0.5, over: \.curve).within(0.01, of: 5 + shift),
        because: "the curve is t/10", seeds: .once, unlike: .putting(.fair, for: .treated))
    }
  }

  package static func run(_ setup: Setup, in trial: Trial) throws -> Outcome {
    var noise = trial.stream(.noise)
    let share = setup.effect * setup.weight + setup.noise * noise.normal()
    var curve = Series<Steps, Ratio>()
    for step in 0...10 {
      curve.append(Ratio(setup.effect == 0 ? 0 : Double(step) / 10), at: Steps(step))
    }
    return Outcome(
      share: Ratio(share), formula: Ratio(setup.effect * setup.weight),
      wrongFormula: Ratio(setup.effect * setup.weight + 1), curve: curve)
  }
}
