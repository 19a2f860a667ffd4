import Tensors

/// How likely a mean over seeds is to pass, before anything is run.
///
///     P = E_s[ Φ((U − μ)√n/σ − t s/σ) − Φ((L − μ)√n/σ + t s/σ) ]₊,  (n − 1) s²/σ² ~ χ²_{n−1}
///
/// with t the 0.95 quantile of Student's distribution: the chance that the 90 % interval lies in the
/// band [L, U] where readings are normal with mean μ and spread σ.
///
/// - Accuracy: 1e-6 absolute.
/// - Precondition: there are at least two seeds, and the spread is not negative.
/// - Parameters:
///   - seeds: The number n of seeds.
///   - mean: The mean μ that is expected.
///   - spread: The standard deviation σ between seeds.
///   - band: The accepted numbers.
/// - Returns: The probability.
public func chanceToPass(seeds: Int, mean: Double, spread: Double, band: Band) -> Double {
  require(
    seeds > 1 && spread >= 0, "chanceToPass: \(seeds) seeds with a spread of \(spread)")
  guard spread > 0 else { return band.contains(mean) ? 1 : 0 }
  let degrees = Double(seeds - 1)
  let root = Double(seeds).squareRoot()
  let quantile = StudentT(degreesOfFreedom: degrees).quantile(upperTail: 0.05)
  let (above, below) = ((band.upper - mean) * root / spread, (band.lower - mean) * root / spread)
  // The density of u = s/σ is 2 (k/2)^{k/2} u^{k−1} e^{−k u²/2} / Γ(k/2).
  let half = degrees / 2
  let scale = log(2.0) + half * log(half) - logGamma(half)
  // Above the last spread whose interval fits into the band there is nothing to add.
  let most = (above - below) / (2 * quantile)
  let (start, end) = (
    max(0, 1 - 9 / (2 * degrees).squareRoot()), min(most, 1 + 9 / degrees.squareRoot())
  )
  guard end > start else { return 0 }
  let steps = 2000
  let width = (end - start) / Double(steps)
  var sum = 0.0
  for step in 0...steps {
    let u = start + width * Double(step)
    let inside = normalTail(-above + quantile * u, below + quantile * u)
    guard u > 0 || degrees == 1, inside > 0 else { continue }
    let power = degrees == 1 ? 0 : (degrees - 1) * log(u)
    let weight = step == 0 || step == steps ? 1.0 : step.isMultiple(of: 2) ? 2 : 4
    sum += weight * inside * exp(scale + power - half * u * u)
  }
  return min(1, sum * width / 3)
}

/// The least number of seeds with which a mean passes with some probability.
///
/// - Parameters:
///   - power: The probability that is wanted.
///   - mean: The mean that is expected.
///   - spread: The standard deviation between seeds.
///   - band: The accepted numbers.
/// - Returns: The number of seeds; nil where ten thousand are not enough.
public func seedsToPass(
  power: Double = 0.8, mean: Double, spread: Double, band: Band
) -> Int? {
  func suffices(_ seeds: Int) -> Bool {
    chanceToPass(seeds: seeds, mean: mean, spread: spread, band: band) >= power
  }
  guard band.contains(mean), suffices(10_000) else { return nil }
  var (few, many) = (1, 10_000)
  while many - few > 1 {
    let middle = (few + many) / 2
    if suffices(middle) { many = middle } else { few = middle }
  }
  return many
}

/// 1 − Φ(x) − Φ(y): what is left between two tails, or less than nothing.
private func normalTail(_ x: Double, _ y: Double) -> Double {
  func below(_ x: Double) -> Double {
    x.isInfinite ? (x > 0 ? 1 : 0) : 0.5 + erf(x / 2.0.squareRoot()) / 2
  }
  return max(0, 1 - below(x) - below(y))
}

/// log Γ(x) by Stirling's formula and what it leaves out.
private func logGamma(_ x: Double) -> Double {
  // Γ(x) = Γ(x + 1)/x, and δ(x) is that of Γ(x + 1).
  stirlingError(x) + (x + 0.5) * log(x) - x + 0.5 * log(2 * Double.pi) - log(x)
}
