import Tensors

/// The number of successes in independent trials.
public struct Binomial: Hashable, Sendable {
  /// How many trials.
  public let trials: Int
  /// The probability that one of them succeeds.
  public let probability: Double

  /// A binomial distribution.
  ///
  /// - Precondition: there is no negative number of trials, and the probability lies in [0, 1].
  public init(trials: Int, probability: Double) {
    require(
      trials >= 0 && probability >= 0 && probability <= 1,
      "Binomial: \(trials) trials with probability \(probability)")
    self.trials = trials
    self.probability = probability
  }

  /// The probability of exactly this many successes.
  ///
  /// - Accuracy: 1e-10 relative up to 1e6 trials.
  public func mass(_ successes: Int) -> Double {
    guard successes >= 0 && successes <= trials else { return 0 }
    let miss = 1 - probability
    let (n, k) = (Double(trials), Double(successes))
    if probability == 0 || miss == 0 { return (successes == 0) == (probability == 0) ? 1 : 0 }
    if successes == 0 { return exp(n * log1p(-probability)) }
    if successes == trials { return exp(n * log(probability)) }
    // The beta kernel is the mass with one more factor k (n − k) / n.
    return BetaDistribution(k, n - k).kernel(probability, complement: miss) * n / (k * (n - k))
  }

  /// The probability of at most this many successes.
  ///
  ///     P(X ≤ k) = I_{1−p}(n − k, k + 1)
  ///
  /// - Accuracy: 1e-10 relative up to 1e6 trials, also deep in the lower tail.
  public func cumulative(_ successes: Int) -> Double {
    guard successes >= 0 else { return 0 }
    guard successes < trials else { return 1 }
    return BetaDistribution(Double(trials - successes), Double(successes) + 1)
      .lowerTail(1 - probability, complement: probability)
  }
}

/// The exact interval of a success probability after so many successes.
///
/// - Accuracy: 1e-10 relative up to 1e6 trials.
/// - Source: Clopper and Pearson (1934): each end leaves `tail` outside.
/// - Precondition: the successes are between none and all of at least one trial.
/// - Parameters:
///   - successes: How many trials succeeded.
///   - trials: How many there were.
///   - tail: The probability left out at each end: 0.05 gives the 90 % interval.
/// - Returns: The interval, whose ends are 0 after no success and 1 after no failure.
public func clopperPearson(successes: Int, of trials: Int, tail: Double) -> Interval {
  require(
    trials >= 1 && successes >= 0 && successes <= trials,
    "clopperPearson: \(successes) successes of \(trials) trials")
  let (hits, misses) = (Double(successes), Double(trials - successes))
  let lower = successes == 0 ? 0 : BetaDistribution(hits, misses + 1).quantile(tail)
  let upper =
    successes == trials ? 1 : BetaDistribution(hits + 1, misses).quantile(upperTail: tail)
  return Interval(lower: lower, upper: upper)
}
