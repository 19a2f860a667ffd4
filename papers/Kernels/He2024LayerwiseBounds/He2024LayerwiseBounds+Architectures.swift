import Replication
import TrainingCore

// Two networks of sixteen weights ±1: 3-4-1 is wide, 3-2-2-2-1 deep and narrow. Hidden units are
// sign(z + ½), each followed by Dropout. All weights and all masks are enumerated, so that the Gibbs
// posterior and its generalization error are exact.
extension He2024LayerwiseBounds {
  static func architectures(_ setup: Setup, in trial: Trial) -> Outcome {
    let δ = setup.noise
    var data = trial.stream(.data)
    let corners = data.choice(6, of: 8)
    let labels = (0..<6).map { _ in data.integer(below: 2) == 1 }
    let law = data.dirichlet([Double](repeating: 2, count: 6), count: 1, of: Double.self).scalars
    func learning(_ widths: [Int]) -> Learning {
      let losses = zip(corners, labels).flatMap { corner, label in
        (0..<1 << 16).map { weights in
          SignNetwork(widths: widths, weights: weights, dropping: δ).loss(at: corner, label: label)
        }
      }
      let world = World(
        losses: Tensor(losses, shape: [6, 1 << 16]), law: law,
        logPrior: Tensor(zeros: [1 << 16]))
      return Self.learning(
        world, samples: setup.sizes[0], inverseTemperature: setup.inverseTemperature)
    }
    // σ√(2 Π η_j I(Z_i; W)), with σ = ½ for a loss in [0, 1].
    func bound(_ learning: Learning, _ widths: [Int]) -> Double {
      sqrt(2 * contraction(widths: widths, δ: δ) * learning.pointInformation) / 2
    }
    let wide = learning([3, 4, 1])
    let narrow = learning([3, 2, 2, 2, 1])
    let place = Samples(setup.sizes[0])
    var outcome = Outcome()
    outcome.wideError.append(Ratio(wide.error), at: place)
    outcome.narrowError.append(Ratio(narrow.error), at: place)
    outcome.wideBound.append(Ratio(bound(wide, [4])), at: place)
    outcome.narrowBound.append(Ratio(bound(narrow, [2, 2, 2])), at: place)
    outcome.wideTrainingLoss.append(Ratio(wide.trainingLoss), at: place)
    outcome.narrowTrainingLoss.append(Ratio(narrow.trainingLoss), at: place)
    outcome.wideInformation.append(Nats(wide.pointInformation), at: place)
    outcome.narrowInformation.append(Nats(narrow.pointInformation), at: place)
    return outcome
  }

  /// The product over noisy layers of 1 − δ^k.
  private static func contraction(widths: [Int], δ: Double) -> Double {
    widths.reduce(1) { $0 * (1 - pow(δ, Double($1))) }
  }

  /// A network of sign units; weights and states are bits, one for +1.
  struct SignNetwork {
    let widths: [Int]
    let weights: Int
    /// δ, the chance that a hidden unit is zeroed.
    let dropping: Double

    /// The expected 0–1 loss at a corner of {±1}³; a score of zero counts a half.
    func loss(at corner: Int, label: Bool) -> Double {
      loss(layer: 0, firstWeight: 0, signs: corner, live: 1 << widths[0] - 1, label: label)
    }

    /// The loss from a layer on, given its inputs' signs and which of them are not zeroed.
    private func loss(
      layer: Int, firstWeight: Int, signs: Int, live: Int, label: Bool
    ) -> Double {
      let (inputs, outputs) = (widths[layer], widths[layer + 1])
      var next = 0
      for unit in 0..<outputs {
        let row = weights >> (firstWeight + unit * inputs)
        let sum = live.nonzeroBitCount - 2 * ((row ^ signs) & live).nonzeroBitCount
        if layer == widths.count - 2 { return sum == 0 ? 0.5 : (sum > 0) == label ? 0 : 1 }
        // sign(z + ½) of a whole number z.
        if sum >= 0 { next |= 1 << unit }
      }
      var total = 0.0
      for mask in 0..<1 << outputs {
        let kept = mask.nonzeroBitCount
        var chance = 1.0
        for _ in 0..<kept { chance *= 1 - dropping }
        for _ in kept..<outputs { chance *= dropping }
        if chance == 0 { continue }
        total +=
          chance
          * loss(
            layer: layer + 1, firstWeight: firstWeight + inputs * outputs, signs: next,
            live: mask, label: label)
      }
      return total
    }
  }
}
