/// The least number of seeds with which a claim can pass at all, however true it is.
///
/// - `mean`: the 90 % interval of values that scatter by no more than their rounding, s = q/√12, and by
///   the paper's own scatter fits into the band;
/// - `median`: a 90 % interval of order statistics exists, from 5 seeds on;
/// - `share`: with all n seeds in the band the lower end 0.05^{1/n} reaches the demanded share.
///
/// - Parameters:
///   - rule: How seeds become one verdict.
///   - band: The accepted numbers.
///   - traits: What is known of the measure's values.
/// - Returns: The number of seeds; nil where ten thousand are not enough.
public func leastSeedsToPass(
  by rule: SeedRule, against band: Band, of traits: Traits = Traits()
) -> Int? {
  switch rule {
  case .once, .every: return rule.seeds
  case .median: return medianSeeds(outside: 0.1)
  case .share(of: _, atLeast: let share):
    return (1...10_000).first {
      clopperPearson(successes: $0, of: $0, tail: 0.05).lower >= share
    }
  case .mean, .sequence:
    // A point can be reached only by values that are all equal.
    guard band.upper > band.lower else { return traits == Traits() ? 2 : nil }
    guard band.lower.isFinite && band.upper.isFinite else { return 2 }
    let middle = band.lower / 2 + band.upper / 2
    return (2...10_000).first { seeds in
      MeanEstimate([Double](repeating: middle, count: seeds), of: traits, by: .mean(of: seeds))
        .map { band.contains($0.interval(missing: 0.1)) } ?? false
    }
  }
}
