/// Judges the readings of several seeds against the accepted band.
///
/// A missing seed, a number that is not finite, or fewer seeds than the rule declares is an error
/// that names the seed; nothing is left out. Otherwise the rule decides:
/// - `mean`: the 90 % Student t interval inside the band passes, the 95 % interval disjoint from it
///   fails, anything else is inconclusive; so is a mean over a censored reading.
/// - `sequence`: the same with a confidence sequence in place of both intervals, so that one may
///   look after every seed and stop.
/// - `median`: the same with the order-statistic interval, which takes censored readings.
/// - `share`: the same with the exact binomial interval of the share of seeds inside the band.
/// - `every` and `once`: all seeds inside pass, one outside fails.
///
/// Seeds that all give the same number have a spread of zero, so that their interval is a point;
/// a quantum keeps the spread at no less than that of rounding, q/√12. Where a claim has several
/// cells, the interval that fails is as wide as `level` says, not 95 %.
///
/// - Source: the two one-sided tests of Schuirmann (1987) at 5 %.
/// - Parameters:
///   - readings: One entry for each seed; their order does not matter.
///   - rule: How seeds become one verdict.
///   - band: The accepted numbers.
///   - traits: What is known of the measure's values.
///   - level: The chance with which a truth in the band may be failed.
/// - Returns: The verdict with its numbers and the reason in words.
public func judge(
  _ readings: [SeedReading], by rule: SeedRule, against band: Band, of traits: Traits = Traits(),
  failing level: Double = 0.05
) -> Judgement {
  let ordered = readings.sorted { $0.seed < $1.seed }
  let sound = ordered.filter { $0.reading?.isSound ?? false }
  if let problem = unjudgeable(ordered, by: rule, of: traits) {
    return Judgement(verdict: .error, n: sound.count, reason: problem)
  }
  let sample = Sample(seeds: sound.map(\.seed), readings: sound.compactMap(\.reading))
  return switch rule {
  case .once, .every: judgeEvery(sample, against: band)
  case .mean, .sequence:
    judgeMean(sample, by: rule, against: band, of: traits, failing: level)
  case .median: judgeMedian(sample, against: band, failing: level)
  case .share(of: _, atLeast: let share):
    judgeShare(sample, atLeast: share, in: band, failing: level)
  }
}

/// Sound readings in the order of their seeds.
struct Sample {
  var seeds: [Int]
  var readings: [Reading]

  var count: Int { readings.count }

  /// The seeds whose reading satisfies a condition, in words: `seed 3`, `seeds 1, 4 and 7`.
  func seedText(where condition: (Reading) -> Bool) -> String {
    Evidence.seedText(zip(seeds, readings).filter { condition($0.1) }.map(\.0))
  }
}

/// Seeds in words: `seed 3`, `seeds 1, 4 and 7`, `seeds 0, 1, 2 and 17 more`.
func seedText(_ seeds: [Int]) -> String {
  guard let last = seeds.last else { return "no seed" }
  if seeds.count == 1 { return "seed \(last)" }
  if seeds.count > 5 {
    let shown = seeds.prefix(3).map(String.init).joined(separator: ", ")
    return "seeds \(shown) and \(seeds.count - 3) more"
  }
  return "seeds \(seeds.dropLast().map(String.init).joined(separator: ", ")) and \(last)"
}

/// Why readings cannot be judged at all, or nil.
private func unjudgeable(
  _ ordered: [SeedReading], by rule: SeedRule, of traits: Traits
) -> String? {
  if let problem = rule.problem ?? traits.problem(under: rule) { return problem }
  for (first, second) in zip(ordered, ordered.dropFirst()) where first.seed == second.seed {
    return "seed \(first.seed) has two readings"
  }
  let missing = ordered.filter { $0.reading == nil }.map(\.seed)
  if !missing.isEmpty {
    return "\(seedText(missing)) of \(ordered.count) "
      + (missing.count == 1 ? "has no reading" : "have no reading")
  }
  for entry in ordered {
    if case .value(let number) = entry.reading, !number.isFinite {
      return "seed \(entry.seed) gave \(numberText(number))"
    }
    if let reading = entry.reading, !reading.isSound {
      return "seed \(entry.seed) was \(reading)"
    }
  }
  guard ordered.count < rule.seeds else { return nil }
  return "\(ordered.count) of the \(rule.seeds) declared seeds have a reading: "
    + (ordered.isEmpty ? "there is none" : "only \(seedText(ordered.map(\.seed)))")
}
