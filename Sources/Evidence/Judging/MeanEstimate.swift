/// The mean of some numbers with the intervals that a rule allows it.
struct MeanEstimate {
  /// The numbers in the order of their seeds.
  let numbers: [Double]
  /// Their mean and standard deviation.
  let moments: Moments
  /// What is known of them.
  let traits: Traits
  /// How the seeds become a verdict.
  let rule: SeedRule

  /// The estimate; nil of fewer than two numbers.
  init?(_ numbers: [Double], of traits: Traits, by rule: SeedRule) {
    guard let moments = Moments(of: numbers, quantum: traits.quantum ?? 0) else { return nil }
    self.numbers = numbers
    self.moments = moments
    self.traits = traits
    self.rule = rule
  }

  private var count: Double { Double(numbers.count) }

  /// The interval that misses the mean with at most a probability; its ends may be infinite.
  ///
  ///     x̄ ± t_ν √(s²/n + s_p²/n_p),  ν = (s²/n + s_p²/n_p)² / ((s²/n)²/(n−1) + (s_p²/n_p)²/(n_p−1))
  ///
  /// with s_p² and n_p those of the paper's own number, if it gives them (Welch 1947). Under
  /// `sequence` it is that of ``BettingSequence`` where the range is known, else of
  /// ``StudentSequence``.
  func interval(missing level: Double) -> Interval {
    if case .sequence = rule {
      if let range = traits.range {
        return BettingSequence(level: level, range: range).interval(after: numbers)
      }
      return around(StudentSequence(level: level).reach(of: numbers.count) * moments.spread)
    }
    return around(
      StudentT(degreesOfFreedom: degreesOfFreedom).quantile(upperTail: level / 2) * error)
  }

  /// The p-value of the hypothesis that the truth is a number on a side of the mean.
  func value(against truth: Double) -> Double {
    let distance = (moments.mean - truth).magnitude
    if case .sequence = rule {
      if let range = traits.range {
        let evidence = BettingSequence(level: 0.05, range: range)
          .evidence(against: truth, after: numbers)
        return min(1, 1 / evidence)
      }
      guard moments.spread > 0 else { return distance > 0 ? 0 : 1 }
      return min(
        1,
        1
          / StudentSequence(level: 0.05)
          .evidence(against: distance / moments.spread, count: numbers.count))
    }
    guard error > 0 else { return distance > 0 ? 0 : 1 }
    return min(1, 2 * StudentT(degreesOfFreedom: degreesOfFreedom).upperTail(distance / error))
  }

  /// The standard errors of the mean and of the paper's own.
  private var errors: (own: Double, other: Double) {
    (
      moments.spread / count.squareRoot(),
      traits.reported.map { $0.spread / Double($0.seeds).squareRoot() } ?? 0
    )
  }

  /// The standard error of the difference between the mean and the truth.
  private var error: Double {
    let larger = max(errors.own, errors.other)
    guard larger > 0 else { return 0 }
    // In units of the larger, whose square may be beyond the numbers there are.
    let ratio = min(errors.own, errors.other) / larger
    return larger * (1 + ratio * ratio).squareRoot()
  }

  private var degreesOfFreedom: Double {
    guard let reported = traits.reported, error > 0 else { return count - 1 }
    let (own, other) = (errors.own / error, errors.other / error)
    return 1
      / (own * own * own * own / (count - 1)
        + other * other * other * other / Double(reported.seeds - 1))
  }

  private func around(_ reach: Double) -> Interval {
    reach.isFinite && (moments.mean - reach).isFinite && (moments.mean + reach).isFinite
      ? Interval(lower: moments.mean - reach, upper: moments.mean + reach)
      : Interval(lower: -.infinity, upper: .infinity)
  }
}
