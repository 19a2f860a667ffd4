import Replication
import TrainingCore

// The Gibbs algorithm in finite worlds: P(w | s) ∝ π(w) exp(−α L_s(w)). Data sets that differ in
// order only are one, with its multinomial chance.
extension He2024LayerwiseBounds {
  /// A finite world: the loss of each hypothesis at each datum, and the law of the data.
  struct World {
    /// [data, hypotheses].
    var losses: Tensor<Double>
    /// The chance of each datum.
    var law: [Double]
    /// log π: [hypotheses].
    var logPrior: Tensor<Double>
  }

  /// What learning from n samples gives.
  struct Learning {
    /// The generalization error E[L_μ(W) − L_S(W)].
    let error: Double
    /// E[L_S(W)].
    let trainingLoss: Double
    /// I(W; S) and the lautum information, in nats.
    let information: Double
    let lautum: Double
    /// I(Z_i; W), in nats.
    let pointInformation: Double
  }

  /// Learning by the Gibbs algorithm, or by the minimizer mixed with a thousandth of the uniform law.
  static func learning(
    _ world: World, samples n: Int, inverseTemperature α: Double, isGibbs: Bool = true
  ) -> Learning {
    let sets = dataSets(world.law, samples: n)
    let shares = Tensor(
      sets.flatMap { $0.counts.map { Double($0) / Double(n) } },
      shape: [sets.count, world.law.count])
    let chances = Tensor(sets.map(\.chance), shape: [sets.count, 1])
    let risks = matmul(shares, world.losses)  // L_s(w)
    let logPosterior =
      isGibbs ? logSoftmax(world.logPrior - risks * α, along: 1) : nearMinimizer(risks)
    let posterior = exp(logPosterior)
    let marginal = (posterior * chances).sum(along: 0)
    let population = matmul(Tensor(world.law), world.losses)
    let surprise = logPosterior - log(marginal)
    // Σ over data sets of P(s) P(z_i = z | s) P(w | s), which is P(z, w).
    let joint = matmul(shares, posterior * chances, transposingA: true)
    let law = Tensor(world.law, shape: [world.law.count, 1])
    return Learning(
      error: (posterior * (population - risks) * chances).sum().item,
      trainingLoss: (posterior * risks * chances).sum().item,
      information: (posterior * surprise * chances).sum().item,
      lautum: -(marginal * surprise * chances).sum().item,
      pointInformation: (joint * (log(joint) - log(law) - log(marginal))).sum().item)
  }

  private static func nearMinimizer(_ risks: Tensor<Double>) -> Tensor<Double> {
    let hypotheses = risks.shape[1]
    let best = Tensor<Double>(oneHot: risks.argmin(along: 1), classes: hypotheses)
    return log(best * 0.999 + 0.001 / Double(hypotheses))
  }

  /// The multisets of n data, with their chances.
  private static func dataSets(
    _ law: [Double], samples n: Int
  ) -> [(counts: [Int], chance: Double)] {
    var sets: [(counts: [Int], chance: Double)] = [([], 1)]
    for (index, mass) in law.enumerated() {
      sets = sets.flatMap { set in
        let left = n - set.counts.reduce(0, +)
        return (index == law.count - 1 ? left...left : 0...left).map { count in
          // The multinomial coefficient, a binomial one at a time.
          let ways = (0..<count).reduce(1.0) { $0 * Double(left - $1) / Double($1 + 1) }
          return (set.counts + [count], set.chance * ways * pow(mass, Double(count)))
        }
      }
    }
    return sets
  }

  /// Random worlds of three data and five hypotheses.
  static func gibbs(_ setup: Setup, in trial: Trial) -> Outcome {
    var data = trial.stream(.data)
    let losses: Tensor<Double> = data.uniform(shape: [3, 5])
    let law = data.dirichlet([1, 1, 1], count: 1, of: Double.self).scalars
    let prior: Tensor<Double> = data.dirichlet([1, 1, 1, 1, 1], count: 1)
    let world = World(losses: losses, law: law, logPrior: log(prior).reshaped(to: [5]))
    var outcome = Outcome()
    for n in setup.sizes {
      let α = setup.temperatureFalls ? Double(n) / 2 : setup.inverseTemperature
      let learning = learning(
        world, samples: n, inverseTemperature: α, isGibbs: setup.isGibbs)
      outcome.gibbsError.append(Ratio(learning.error), at: Samples(n))
      outcome.gibbsInformation.append(
        Ratio((learning.information + learning.lautum) / α), at: Samples(n))
    }
    return outcome
  }
}
