import Replication
import TrainingCore

// Kernel ridge regression (k = ∞) with power laws λ = i^−α and v² = i^−β. For n → ∞ the test error as
// a function of R = E_train/E_test, r = √R, is
//
//     E(R) ∝ [(1−r) + α σ²_rel (1−r)^β] / [1 + (α−1) r] · (1−r)^−β
//
// and the best R is a number that does not depend on n.
extension Simon2023MoreIsBetter {
  /// The shape of the test error over r in the limit.
  static func limitError(_ r: Double, alpha: Double, beta: Double, noise: Double) -> Double {
    let rest = pow(1 - r, beta)
    return ((1 - r) + alpha * noise * rest) / ((1 + (alpha - 1) * r) * rest)
  }

  /// The best R in the limit.
  ///
  /// - Source: the paper's closed form without noise, else the least value of `limitError`.
  static func limitRatio(alpha: Double, beta: Double, noise: Double) -> Double {
    if noise == 0 {
      if beta >= alpha { return 0 }
      let root = (alpha - beta) / ((alpha - 1) * beta)
      return root * root
    }
    let r = leastPoint(in: 0...0.999) { limitError($0, alpha: alpha, beta: beta, noise: noise) }
    return r * r
  }

  /// All modes of the power laws: the first 2000 one by one, then blocks that grow by a hundredth up
  /// to 10⁴⁰, since for β near one the tail holds much of the target.
  static func infinitePowerLaw(alpha: Double, beta: Double) -> Framework {
    var modes = (1...2000).map(Double.init)
    var multiplicities = [Double](repeating: 1, count: 2000)
    var edge = 2000.5
    while edge < 1e40 {
      let next = edge * 1.01
      modes.append((edge * next).squareRoot())
      multiplicities.append(next - edge)
      edge = next
    }
    let indices = Tensor(modes)
    return Framework(
      values: pow(indices, -alpha), energies: pow(indices, -beta),
      multiplicities: Tensor(multiplicities), noise: 0)
  }

  /// The best R and the cost of R = 1/4 at finite n, beside the limit's.
  static func powerLaw(_ setup: Setup) throws -> Outcome {
    let (alpha, beta, n) = (setup.alpha, setup.beta, Double(setup.samples))
    var framework = infinitePowerLaw(alpha: alpha, beta: beta)
    let ridgeless = exp(try framework.ridgeless(samples: n, features: nil))
    let noiseFree = framework.state(ridgeless, samples: n, features: nil).testError
    // R = 1/4 is Σ λ/(λ+κ) = n/2.
    let quarter = exp(try framework.ridgeless(samples: n / 2, features: nil))
    var outcome = Outcome()
    for noise in setup.noises {
      framework.noise = noise * noiseFree
      let best = try framework.best(samples: n, features: nil)
      let stopped = framework.state(quarter, samples: n, features: nil).testError
      let limit = limitRatio(alpha: alpha, beta: beta, noise: noise)
      func shape(_ ratio: Double) -> Double {
        limitError(ratio.squareRoot(), alpha: alpha, beta: beta, noise: noise)
      }
      let level = NoiseLevel(noise)
      outcome.finiteRatio.append(Ratio(best.ratio), at: level)
      outcome.limitRatio.append(Ratio(limit), at: level)
      outcome.exchangedRatio.append(
        Ratio(limitRatio(alpha: beta, beta: alpha, noise: noise)), at: level)
      outcome.finiteCost.append(Ratio(stopped / best.testError), at: level)
      outcome.limitCost.append(Ratio(shape(0.25) / shape(limit)), at: level)
    }
    return outcome
  }
}
