import Replication
import TrainingCore

extension Goldfarb2024TaskSimilarity {
  static func expectation(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    switch claim {
    case .closedForm:
      return Expectation(
        "Mean forgetting over random rotations is the polynomial in α and β.",
        from: .theorem("3"),
        that: (the(\.forgetting, of: .rotated) - the(\.formula, of: .rotated))
          .within(tier == .smoke ? 0.02 : 0.005, of: 0),
        because: """
          0.5/p for what the theorem leaves at p = 100 (largest p·bias .36, at d = 1); smoke adds \
          more than five standard errors of 60 draws (sd of a draw ≈ .02)
          """,
        seeds: tier == .smoke ? .every(2) : .mean(of: 10),
        unlike: .putting(.freshTask, for: .rotated))
    case .oneOverP:
      guard tier != .smoke else { return nil }
      return Expectation(
        "What the polynomial leaves shrinks as 1/p.", from: .theorem("3"),
        that: (the(\.formula, of: .growing) - the(\.forgetting, of: .growing))
          .slope(over: \.dimension, on: .logLog).within(0.2, of: -1),
        because: "at p of 20 to 200 the next order leaves the slope a little above −1",
        seeds: .mean(of: 5), unlike: .putting(\.lowerFormula, for: \.formula))
    case .threshold:
      return Expectation(
        "With as many samples as dimensions forgetting is 2α.", from: .theorem("3"),
        that: (the(\.forgetting, of: .threshold) - the(\.doubledDissimilarity, of: .threshold))
          .within(tier == .smoke ? 0.02 : 0.002, of: 0),
        because: """
          E‖O − I‖²/p = 2α at every p ≥ 2; a draw's sd is 2/p = .02, so that the band is seven \
          standard errors of a smoke seed and four of ten standard seeds
          """,
        seeds: tier == .smoke ? .every(2) : .mean(of: 10),
        unlike: .putting(.halfRank, for: .threshold))
    case .invertedU: return invertedU(at: tier)
    case .monotone:
      return Expectation(
        "Where the model is not overparameterized forgetting grows with dissimilarity.",
        from: .figure(2),
        that: the(\.forgetting, of: .nearThreshold).steps(over: \.forgetting).atLeast(0.025),
        because: "nearly half of the formula's least step between eighths of α, .058 at β = .5",
        seeds: tier == .smoke ? .every(2) : .mean(of: 10),
        unlike: .putting(.overparameterized, for: .nearThreshold))
    case .reduction, .worstCase: return explicitClaim(claim, at: tier)
    case .equalTasks, .wideInvertedU, .narrowMonotone, .widthSweep:
      return networkClaim(claim, at: tier)
    }
  }

  private static func invertedU(at tier: Tier) -> Expectation<Self> {
    let curve = the(\.forgetting, of: .overparameterized)
    let least = tier == .smoke ? 0.01 : 0.015
    return Expectation(
      "In a highly overparameterized model forgetting is worst at medium similarity.",
      from: .figure(1),
      that: (curve.value(at: 0.5) - curve.value(at: 0.25)).atLeast(least),
      (curve.value(at: 0.5) - curve.value(at: 0.75)).atLeast(least),
      (curve.value(at: 0.75) - curve.value(at: 1.0)).atLeast(least),
      because: """
        the formula's differences at β = .99 are .026, .024 and .027; .015 of them counts, and .01 \
        where every smoke seed must show it
        """,
      seeds: tier == .smoke ? .every(2) : .mean(of: 10),
      unlike: .putting(.halfRank, for: .overparameterized))
  }

  /// The claims about training on explicit inputs X.
  private static func explicitClaim(_ claim: Claim, at tier: Tier) -> Expectation<Self> {
    let flat = the(\.forgetting, of: .flatSpectrum)
    let gaussian = the(\.forgetting, of: .gaussianSpectrum)
    if claim == .reduction {
      return Expectation(
        "Training to convergence on both tasks forgets as the corner of the rotation says.",
        from: .derived("X(w₂ − w*) = X̃Aᵀ(I − A)w̃, with A the corner of O in X's row space"),
        that: (flat - the(\.reduction, of: .flatSpectrum)).within(1e-9, of: 0),
        (gaussian - the(\.reduction, of: .gaussianSpectrum)).within(1e-9, of: 0),
        because: "an identity in every draw; rounding of two least-squares solutions remains",
        seeds: .every(tier == .smoke ? 2 : 10),
        unlike: .putting(\.unprojected, for: \.reduction))
    }
    return Expectation(
      "Of first tasks of norm one, those with equal singular values forget most.",
      from: .theorem("3"), that: (flat - gaussian).atLeast(0.01),
      because: """
        with the same rotation it holds in every draw; at β = .5 a Gaussian X of norm one keeps \
        about a third of the flat one's .097 at α = .25, and a tenth of that counts
        """,
      seeds: .every(tier == .smoke ? 2 : 10),
      unlike: .putting(.flatSpectrum, for: .gaussianSpectrum))
  }

  /// The claims about networks on permuted MNIST.
  private static func networkClaim(_ claim: Claim, at tier: Tier) -> Expectation<Self>? {
    let wide = the(\.rise, of: .wide)
    let narrow = the(\.rise, of: .narrow)
    if claim == .equalTasks {
      return Expectation(
        "A network forgets a task after a permuted one and keeps it after the same one.",
        from: .derived("Theorem 3 at α = 0, for a network"),
        that: wide.value(at: 0, over: \.rise).within(0.05, of: 0),
        wide.value(at: 20, over: \.rise).atLeast(0.1),
        because: "0.1 nat is what counts in the other claims on networks; half of it is none",
        seeds: tier == .smoke ? .every(3) : .mean(of: 10), unlike: .reversing(\.rise))
    }
    guard tier != .smoke else { return nil }
    switch claim {
    case .wideInvertedU:
      return Expectation(
        "A wide network with few samples forgets most where the tasks are moderately similar.",
        from: .figure(6), that: (wide.value(at: 20) - wide.value(at: 28)).atLeast(0.1),
        because: """
          half of the spread over seeds, .2 nat at this width and number of images; 40 seeds make \
          the interval half as wide as the band's distance from nothing
          """,
        seeds: .mean(of: 40), unlike: .putting(.narrow, for: .wide))
    case .narrowMonotone:
      return Expectation(
        "In a narrow network with many samples forgetting grows with the permuted square.",
        from: .figure(7), that: narrow.rank().atLeast(0.9),
        (narrow.value(at: 28) / narrow.value(at: 16)).logarithm.atLeast(0.2),
        because: """
          over seeds the rank correlation scatters by .06 and the logarithm of the ratio by .6; \
          in nats the difference scatters by as much as its size
          """,
        seeds: .mean(of: 10), unlike: .putting(.wide, for: .narrow))
    default:
      guard tier == .full else { return nil }
      return Expectation(
        "The permuted square at which a network forgets most shrinks with its width.",
        from: .figure(7),
        that: the(\.rise, of: .manyWidths).positionOfGreatest(over: \.rise)
          .slope(over: \.hidden, on: .logAxis).atMost(-0.1),
        because: "the paper shows shapes only: any shrinkage beyond a tenth of a pixel a factor e",
        seeds: .mean(of: 10), unlike: .reversing(\.hidden)
      ).recorded("the paper's widths are in figures only, and ours reach all images at few steps")
    }
  }
}
