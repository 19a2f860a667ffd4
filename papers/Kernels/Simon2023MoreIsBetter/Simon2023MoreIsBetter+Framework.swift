import Replication
import TrainingCore

// The eigenframework: from the kernel's eigenvalues λ, the target's coefficients v and the noise σ²
// the errors of random-feature ridge regression with n samples, k features and ridge δ. With
//
//     n = Σ λ/(λ+γ) + δ/κ,  k = Σ λ/(λ+γ) + k κ/γ
//
// γ fixes κ and δ, so that a search over γ needs no inner solution.
extension Simon2023MoreIsBetter {
  struct Framework {
    /// λ.
    let values: Tensor<Double>
    /// v².
    let energies: Tensor<Double>
    /// How many modes an entry stands for.
    let multiplicities: Tensor<Double>
    /// σ².
    var noise: Double

    /// What the framework says at one γ.
    struct State {
      let kappa: Double
      let ridge: Double
      let testError: Double
      /// E_train / E_test = (δ/(nκ))².
      let ratio: Double
    }

    /// Σ λ/(λ+γ).
    func occupied(_ gamma: Double) -> Double {
      (values / (values + gamma) * multiplicities).sum().item
    }

    /// The state at a γ; nil features stand for infinitely many, where κ = γ.
    func state(_ gamma: Double, samples n: Double, features k: Double?) -> State {
      let learned = values / (values + gamma)
      let z = (learned * multiplicities).sum().item
      let q = (square(learned) * multiplicities).sum().item
      let missed = 1 - learned
      guard let k else {
        // E_test = n/(n − q) (Σ (1 − λ/(λ+κ))² v² + σ²)
        let bias = (square(missed) * energies * multiplicities).sum().item
        return State(
          kappa: gamma, ridge: gamma * (n - z), testError: n / (n - q) * (bias + noise),
          ratio: (1 - z / n) * (1 - z / n))
      }
      let kappa = gamma * (k - z) / k
      // κλ/(λ+γ)² = (κ/γ) L (1 − L), where L = λ/(λ+γ)
      let share = (k - z) / (k - q)
      let bias = (missed * (1 - learned * share) * energies * multiplicities).sum().item
      let spread = 1 - (q * (k - 2 * z) + z * z) / (n * (k - q))
      return State(
        kappa: kappa, ridge: kappa * (n - z), testError: (bias + noise) / spread,
        ratio: (1 - z / n) * (1 - z / n))
    }

    /// The logarithm of the least γ, at which the ridge is zero.
    func ridgeless(samples n: Double, features k: Double?) throws -> Double {
      try root(in: -80...20) { occupied(exp($0)) - min(n, k ?? n) }
    }

    /// The state at a ridge.
    func state(ridge: Double, samples n: Double, features k: Double?) throws -> State {
      let least = try ridgeless(samples: n, features: k)
      let point = try root(in: least...20) {
        // The ridge at the least γ is zero but for rounding.
        let found = state(exp($0), samples: n, features: k).ridge
        return ($0 == least ? 0 : found) - ridge
      }
      return state(exp(point), samples: n, features: k)
    }

    /// The state of least test error over all ridges.
    func best(samples n: Double, features k: Double?) throws -> State {
      let least = try ridgeless(samples: n, features: k)
      let point = leastPoint(in: least...(least + 20)) {
        state(exp($0), samples: n, features: k).testError
      }
      return state(exp(point), samples: n, features: k)
    }
  }

  /// The framework of the paper's synthetic task: λ = i^−α, v² = i^−β.
  static func synthetic(_ setup: Setup, order: [Int]? = nil) -> Framework {
    let modes = Tensor((1...setup.modes).map(Double.init))
    let energies = pow(modes, -setup.beta)
    return Framework(
      values: pow(modes, -setup.alpha),
      energies: order.map { energies.gathered(rows: $0) } ?? energies,
      multiplicities: Tensor(1.0), noise: syntheticNoise)
  }

  /// σ² of the synthetic task.
  static let syntheticNoise = 0.5

  /// The framework's risks over the number of features and over that of samples.
  static func tunedRisks(_ setup: Setup) throws -> Outcome {
    let framework = synthetic(setup)
    let fixed = setup.ridges[0]
    var outcome = Outcome()
    for k in [16, 64, 128, 200, 256, 320, 1024, 4096, 16_384, 65_536, 1_000_000] {
      let (n, k) = (Double(setup.samples), Double(k))
      outcome.riskOverFeatures.append(
        Loss(try framework.best(samples: n, features: k).testError), at: Features(k))
      outcome.fixedRiskOverFeatures.append(
        Loss(try framework.state(ridge: fixed, samples: n, features: k).testError), at: Features(k))
    }
    for n in [16, 64, 128, 200, 256, 320, 1024, 4096] {
      let (n, k) = (Double(n), Double(setup.features))
      outcome.riskOverSamples.append(
        Loss(try framework.best(samples: n, features: k).testError), at: Samples(n))
      outcome.fixedRiskOverSamples.append(
        Loss(try framework.state(ridge: fixed, samples: n, features: k).testError), at: Samples(n))
    }
    return outcome
  }

  /// Where a function is least: a scan that is finest at the lower end, then the golden section.
  ///
  /// A value that is no number counts as the largest.
  static func leastPoint(
    in range: ClosedRange<Double>, of function: (Double) -> Double
  ) -> Double {
    func value(_ x: Double) -> Double {
      let y = function(x)
      return y.isNaN ? .infinity : y
    }
    let count = 160
    let points = (0...count).map { index in
      let share = Double(index) / Double(count)
      return range.lowerBound + (range.upperBound - range.lowerBound) * share * share
    }
    let values = points.map(value)
    let best = values.indices.min { values[$0] < values[$1] } ?? 0
    var (low, high) = (points[max(best - 1, 0)], points[min(best + 1, count)])
    let section = (Double(5).squareRoot() - 1) / 2
    var (a, b) = (high - section * (high - low), low + section * (high - low))
    var (atA, atB) = (value(a), value(b))
    for _ in 0..<50 {
      if atA <= atB {
        (high, b, atB) = (b, a, atA)
        a = high - section * (high - low)
        atA = value(a)
      } else {
        (low, a, atA) = (a, b, atB)
        b = low + section * (high - low)
        atB = value(b)
      }
    }
    return atA <= atB ? a : b
  }
}
