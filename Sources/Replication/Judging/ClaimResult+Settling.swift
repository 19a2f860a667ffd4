public import Evidence

extension ClaimResult {
  /// The claim judged anew from the readings of its seeds, by another edition of the rules.
  ///
  /// - Parameters:
  ///   - edition: The edition.
  ///   - declaration: The version of the claim that was judged.
  /// - Returns: The result; what could not be measured stays as it was judged.
  public func rejudged(by edition: Edition, of declaration: ClaimDeclaration) -> ClaimResult {
    let seeds = declaration.seeds
    var result = self
    result.edition = edition
    // Results of the first edition do not say by which rule, but by how many seeds.
    if rule == nil, count > 1, count != seeds.seeds { result.rule = seeds.over(seeds: count) }
    let rule = result.rule ?? seeds
    func judged(
      _ results: [ConditionResult], _ parts: [ClaimDeclaration.Part]
    ) -> [ConditionResult] {
      zip(results, parts).map { result, part in
        var result = result
        (result.quantum, result.range, result.reported) = (part.quantum, part.range, part.reported)
        return result.rejudged(by: edition, rule, sharedBy: conditions.count)
      }
    }
    result.conditions = judged(conditions, declaration.conditions)
    result.premises = judged(premises, declaration.premises)
    result.control = control.map {
      let conditions = judged($0.conditions, declaration.conditions)
      return ControlResult(
        substitution: $0.substitution, verdict: Verdict.worst(of: conditions.map(\.verdict)),
        conditions: conditions)
    }
    return result.settled(declaring: seeds)
  }

  /// The result with the verdict and reason that its conditions, premises and control give.
  ///
  /// - Parameter declared: The rule that the claim declares.
  /// - Returns: The result with both.
  func settled(declaring declared: SeedRule) -> ClaimResult {
    var result = self
    let rule = rule ?? declared
    result.verdict = Verdict.worst(of: conditions.map(\.verdict))
    result.reason = Self.reason(of: result.deciding)
    result.settlePremises()
    var isShort = rule.seeds < declared.seeds
    // A sequence may stop before the declared number: its intervals allow that.
    if case .sequence = rule { isShort = false }
    let shortage = "\(rule.seeds) of the declared \(declared.seeds) seeds were run"
    if rule.problem != nil, isShort, conditions.allSatisfy(\.isComplete) {
      // A rule that cannot judge so few seeds is no fault of the results.
      (result.verdict, result.reason, result.control) = (.inconclusive, shortage, nil)
      return result
    }
    if isShort, result.verdict == .pass {
      (result.verdict, result.reason) = (.inconclusive, shortage)
    }
    result.settleControl(by: rule)
    return result
  }

  private static func reason(of condition: ConditionResult?) -> String {
    condition?.judgement.reason ?? "nothing was measured"
  }

  private mutating func settlePremises() {
    guard let unmet = premises.max(by: { $0.verdict < $1.verdict }), unmet.verdict != .pass
    else { return }
    verdict = Verdict.worst(of: [
      unmet.verdict == .error ? .error : .inconclusive,
      verdict == .error ? .error : .inconclusive,
    ])
    reason = "premise not met: \(unmet.measure): \(Self.reason(of: unmet))"
  }

  /// Makes a claim that passes under its control too an error: it is vacuous.
  private mutating func settleControl(by rule: SeedRule) {
    // What is wrong with the claim itself says more than what is wrong with its control.
    guard let control, verdict != .error else { return }
    if control.verdict == .error {
      let failed = control.conditions.first { $0.verdict == .error }
      verdict = .error
      reason = "the control (\(control.substitution)) has no verdict: \(Self.reason(of: failed))"
      return
    }
    guard let survivor = control.survivor(of: rule) else { return }
    let own = deciding?.judgement.estimate.map { numberText($0, significant: 4) }
    let other = control.estimate.map { numberText($0, significant: 4) }
    verdict = .error
    reason =
      "vacuous: under its control (\(control.substitution)) the claim holds too\(survivor): "
      + "\(other ?? "no number") there, \(own ?? "no number") here"
  }

  /// How many seeds were read.
  private var count: Int {
    conditions.flatMap(\.cells).map(\.readings.count).max() ?? 0
  }
}

extension ConditionResult {
  /// Whether every seed that was run has a reading that can be judged.
  fileprivate var isComplete: Bool {
    cells.flatMap(\.readings).allSatisfy { $0.reading?.isSound == true }
  }

  fileprivate func rejudged(
    by edition: Edition, _ rule: SeedRule, sharedBy conditions: Int
  ) -> ConditionResult {
    // Without a reading there is nothing to judge anew, and the reason was found in the outcomes.
    guard cells.contains(where: { $0.readings.contains { $0.reading != nil } }) else { return self }
    // A statistic of the whole sample is one number, which is in the band or is not.
    let isWhole = cells.count == 1 && cells[0].readings.count == 1
    let rule = isWhole ? .once : rule
    let judged = judge(
      cells: cells.map { Cell(label: $0.label, readings: $0.readings) }, by: rule, against: band,
      of: isWhole ? Traits() : traits,
      failing: edition.failLevel(sharedBy: cells.count * conditions))
    var result = self
    result.cells = zip(cells, judged.cells).map {
      CellResult(label: $0.label, readings: $0.readings, judgement: $1.judgement)
    }
    // A single value without a position needs no word on which cell decides.
    result.judgement =
      cells.count == 1 && cells[0].label.isEmpty ? judged.cells[0].judgement : judged.overall
    return result
  }
}

extension ControlResult {
  /// Where the control does not refute the claim, or nil where it does as it must.
  ///
  /// A statistical claim must not pass; an exact one must be violated in every seed.
  fileprivate func survivor(of rule: SeedRule) -> String? {
    if rule.isStatistical {
      return conditions.allSatisfy { $0.verdict == .pass } ? "" : nil
    }
    let seeds = Set(conditions.flatMap(\.cells).flatMap(\.readings).map(\.seed)).sorted()
    let survivors = seeds.filter { seed in
      conditions.allSatisfy { condition in
        condition.cells.flatMap(\.readings).filter { $0.seed == seed }.allSatisfy {
          // What cannot be told apart from the band is not refuted.
          $0.reading?.lies(in: condition.band) != false
        }
      }
    }
    guard let first = survivors.first else { return nil }
    return seeds.count == 1
      ? "" : " in \(survivors.count) of \(seeds.count) seeds, such as seed \(first)"
  }
}
