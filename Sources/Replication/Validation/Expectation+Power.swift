import Evidence

extension Expectation {
  /// What keeps the declared seeds from deciding the claim even where it is true.
  var powerProblems: [String] {
    guard standing == .judged, seeds.isStatistical, seeds.problem == nil else { return [] }
    return conditions.compactMap { condition in
      if let problem = condition.traits.problem(under: seeds) {
        return "\(condition.term.text): \(problem)"
      }
      return condition.powerProblem(under: seeds).map { "\(condition.term.text): \($0)" }
    }
  }
}

extension Condition {
  fileprivate func powerProblem(under rule: SeedRule) -> String? {
    // A whole-sample statistic is one number, however many seeds it is made of.
    if case .computed = term { return nil }
    guard let least = leastSeedsToPass(by: rule, against: band, of: traits) else {
      return "no number of seeds can show this; widen the band or declare another rule"
    }
    if rule.seeds < least {
      return "\(rule) cannot pass even if every seed agrees; declare at least \(least) seeds"
    }
    guard case .mean(of: let seeds) = rule, let forecast, traits.reported == nil else { return nil }
    guard forecast.mean.isFinite, forecast.spread >= 0, forecast.spread.isFinite else {
      return "expects \(numberText(forecast.mean)) with a spread of \(numberText(forecast.spread))"
    }
    guard band.contains(forecast.mean) else {
      return "expects \(numberText(forecast.mean)), which it would not accept"
    }
    let chance = chanceToPass(
      seeds: seeds, mean: forecast.mean, spread: forecast.spread, band: band)
    guard chance < 0.8 else { return nil }
    let needed = seedsToPass(mean: forecast.mean, spread: forecast.spread, band: band)
    return "with the expected mean and spread \(seeds) seeds pass it in "
      + "\(numberText(100 * chance, significant: 2)) % of replications; "
      + (needed.map { "declare \($0) seeds for 80 %" } ?? "no number of seeds gives 80 %")
  }
}
