import Replication

extension Tanay2016BoundaryTilting {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    // Smoke trains on a thousand images that the seed chooses.
    let isSmoke = tier == .smoke
    let digits = isSmoke ? Arm.subsets : .full
    let seeds = isSmoke ? SeedRule.every(2) : .once
    switch claim {
    case .secant:
      return Expectation(
        "The strength of adversarial examples is one over the cosine of the deviation angle.",
        from: .section("4"),
        that: the(\.secantDeviation, of: digits).within(1e-6, of: 0),
        the(\.mirrorScore, of: digits).within(1e-6, of: -1),
        because: "an identity for a boundary through the midpoint of the means, up to rounding",
        seeds: seeds, unlike: .putting(\.shiftedDeviation, for: \.secantDeviation))
    case .centroid:
      let angle = the(\.angle, of: digits)
      if isSmoke {
        return Expectation(
          "With much regularisation the classifier is the nearest centroid's.", from: .section("4"),
          that: angle.value(at: 100).atMost(2),
          because: "twice what is asked of the whole set, for the noise of a thousand images",
          seeds: seeds, unlike: .putting(.whitened, for: .subsets))
      }
      return Expectation(
        "With much regularisation the classifier is the nearest centroid's.", from: .section("4"),
        that: angle.value(at: 1000).atMost(0.2), angle.value(at: 100).atMost(1),
        because: "the angle goes as 1/λ, and .08° and .76° are expected",
        seeds: seeds, unlike: .putting(.whitened, for: .full))
    case .monotone:
      return Expectation(
        "The less regularisation, the greater the deviation angle.", from: .section("4"),
        that: the(\.angle, of: .subsets).steps().atMost(isSmoke ? -2 : -0.5),
        because: """
          the least step between decades is expected to be .68°, from 10³ to 10²; at smoke λ falls by a \
          hundred and more at a step, and 2° of it count
          """,
        seeds: isSmoke ? .every(2) : .every(5), unlike: .putting(.toy, for: .subsets))
    case .monotoneFull:
      guard !isSmoke else { return nil }
      return Expectation(
        "On all images too the angle grows as λ falls, until the classes are separated.",
        from: .section("4"), that: the(\.angle, of: .full).steps().atMost(-0.5),
        the(\.lastAngle, of: .full).steps().atMost(0),
        because: """
          the least step between decades is expected to be .68°; below 10⁻⁴ the angle saturates, as \
          the training set is separable, and is asked not to fall
          """,
        seeds: .once, unlike: .putting(.toy, for: .full))
    case .overfit, .costFree: return isSmoke ? nil : errorClaim(claim)
    case .flatTilt:
      return Expectation(
        "Tilting along a direction without variance changes the strength and no decision.",
        from: .section("4"), that: the(\.flatFlips, of: digits).exactly(0),
        the(\.flatStrength, of: digits).within(1e-6, of: 1 / 0.17364817766693033),
        because: "no decision can change, and the strength at 80° is 1/cos 80° up to rounding",
        seeds: seeds, unlike: .putting(\.variedFlips, for: \.flatFlips))
    case .costlyTilt:
      guard !isSmoke else { return nil }
      return Expectation(
        "Tilting costs the more, the more the data vary along the direction.", from: .section("4"),
        that: the(\.flips, of: .full).steps().atLeast(2),
        the(\.tiltedRise, of: .full).value(at: 700).atLeast(2),
        because: """
          means over twenty tilts; 4.4, 14.1, 21.6, 34.8 and 113 changed decisions are expected, a \
          fourth of the least step counts, and the error to rise by 4.3 points at rank 700
          """,
        seeds: .once,
        unlike: .putting(\.nullFlips, for: \.flips).and(.putting(\.nullRise, for: \.tiltedRise)))
    case .norm: return isSmoke ? nil : normClaim
    case .toy:
      return Expectation(
        "On isotropic classes a linear classifier has no adversarial examples at any penalty.",
        from: .section("3"), that: the(\.angle, of: .toy).atMost(12),
        the(\.lastAngle, of: .toy).atMost(12),
        because: """
          what deviates is the estimate of the means, √(50/5000) of a standard deviation: 7.3° with a \
          spread of .4° are expected, a strength below 1.02
          """,
        seeds: .every(5), unlike: .putting(.narrowToy, for: .toy))
    }
  }

  private static func errorClaim(_ claim: Claim) -> Expectation<Self> {
    let test = the(\.testError, of: .subsets)
    if claim == .overfit {
      let train = the(\.trainError, of: .subsets)
      return Expectation(
        "The strongest adversarial examples go with overfitting.", from: .section("4"),
        that: (test.value(at: 1e-4) - test.value(at: 1e-2)).atLeast(0.2),
        (train.value(at: 1e-4) - train.value(at: 1e-2)).atMost(-0.2),
        because: """
          +.51 points of test error with a spread of .14 over subsets are expected; two spreads below \
          count, and as much of the train error, which is expected to fall by .7
          """,
        seeds: .mean(of: 10),
        unlike: .putting(\.milderTestError, for: \.testError)
          .and(.putting(\.milderTrainError, for: \.trainError)))
    }
    let strength = the(\.strength, of: .subsets)
    return Expectation(
      "From λ = .1 to .01 the strength grows while the error falls.", from: .section("4"),
      that: (test.value(at: 1e-2) - test.value(at: 0.1)).atMost(-0.05),
      (strength.value(at: 1e-2) - strength.value(at: 0.1)).atLeast(0.3),
      because: """
        −.19 points with a spread of .14 over subsets are expected, and one test image is .05; half of \
        the strength's expected growth of .58
        """,
      seeds: .mean(of: 10),
      unlike: .putting(\.nextTestError, for: \.testError)
        .and(.putting(\.nextStrength, for: \.strength)))
  }

  private static var normClaim: Expectation<Self> {
    let norm = the(\.adversarialNorm, of: .full)
    return Expectation(
      "The smallest perturbation that changes a decision shrinks as the angle grows.",
      from: .section("4"),
      that: norm.value(at: 10).within(0.005 * 2.691, of: 2.691),
      norm.value(at: 0.1).within(0.005 * 1.984, of: 1.984),
      norm.value(at: 1e-3).within(0.005 * 0.7779, of: 0.7779),
      norm.value(at: 1e-8).within(0.005 * 0.3191, of: 0.3191),
      because: """
        the optimum is unique, and an independent solver gave these means; the centroid classifier's, \
        2.712, lies .8 % from the nearest
        """,
      seeds: .once, unlike: .putting(\.centroidNorm, for: \.adversarialNorm))
  }
}
