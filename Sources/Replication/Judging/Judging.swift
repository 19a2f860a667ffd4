import Digests
import Evidence

extension Replication {
  /// Judges the claims of a tier from the results of their trials.
  ///
  /// - Parameters:
  ///   - tier: The tier that was run.
  ///   - selected: The keys of the claims to judge; nil judges all that the tier declares.
  ///   - seeding: How many seeds were run.
  ///   - results: What each trial gave; a trial that is not there is missing, an error.
  /// - Returns: One result for each claim, in the order of the declaration.
  /// - Throws: Where a setup or declaration cannot be written as JSON; `problems()` finds that.
  public static func judge(
    at tier: Tier, claims selected: Set<String>? = nil, seeding: Seeding = .declared,
    from results: [TrialKey: TrialResult]
  ) throws -> [ClaimResult] {
    let book = OutcomeBook<Self>(results: results)
    let grids = try Grids<Self>(at: tier)
    return try Claim.allCases.compactMap { claim in
      guard selected?.contains(claim.rawValue) ?? true,
        let expectation = expectation(claim, at: tier)
      else { return nil }
      let rule = try rule(for: expectation, seeding, grids: grids, book: book)
      return Judge(expectation: expectation, rule: rule, grids: grids, book: book).result(
        id: claim.rawValue, version: try declaration(of: claim, expectation, at: tier).version())
    }
  }

  /// Judges one expectation that stands outside a declaration.
  package static func judge(
    _ expectation: Expectation<Self>, at tier: Tier, from results: [TrialKey: TrialResult]
  ) throws -> ClaimResult {
    Judge(
      expectation: expectation, rule: expectation.seeds, grids: try Grids<Self>(at: tier),
      book: OutcomeBook<Self>(results: results)
    ).result(id: "", version: Digest(of: ""))
  }
}

/// The outcomes of a run, decoded once.
final class OutcomeBook<P: Replication> {
  private let results: [TrialKey: TrialResult]
  private var decoded: [TrialKey: Result<P.Outcome, MeasureError>] = [:]
  private var texts: [P.Setup: String] = [:]

  init(results: [TrialKey: TrialResult]) { self.results = results }

  /// The same book, with what is decoded, but for one trial.
  func replacing(_ key: TrialKey, with result: TrialResult?) -> OutcomeBook {
    var results = results
    results[key] = result
    let book = OutcomeBook(results: results)
    book.decoded = decoded
    book.decoded[key] = nil
    book.texts = texts
    return book
  }

  func outcome(_ setup: P.Setup, seed: Int) throws(MeasureError) -> P.Outcome {
    let key = TrialKey(setup: try text(of: setup), seed: seed)
    let result = decoded[key] ?? decode(results[key])
    decoded[key] = result
    return try result.get()
  }

  /// Whether a trial has been run, with whatever result.
  func holds(_ setup: P.Setup, seed: Int) throws(MeasureError) -> Bool {
    results[TrialKey(setup: try text(of: setup), seed: seed)] != nil
  }

  private func text(of setup: P.Setup) throws(MeasureError) -> String {
    if let known = texts[setup] { return known }
    do {
      let text = try Canonical.text(setup)
      texts[setup] = text
      return text
    } catch {
      throw MeasureError("setup: \(error)")
    }
  }

  private func decode(_ result: TrialResult?) -> Result<P.Outcome, MeasureError> {
    switch result {
    case nil: .failure(MeasureError("its trial was not run"))
    case .failed(let message): .failure(MeasureError("its trial failed: \(message)"))
    case .outcome(let text) where Canonical.hasNonFiniteNumber(text):
      .failure(MeasureError("its outcome holds a number that is not finite"))
    case .outcome(let text):
      Result { try Canonical.decode(P.Outcome.self, from: text) }
        .mapError { MeasureError("its outcome cannot be read: \($0)") }
    }
  }
}

/// Judges one expectation.
struct Judge<P: Replication> {
  let expectation: Expectation<P>
  let rule: SeedRule
  let grids: Grids<P>
  let book: OutcomeBook<P>

  func result(id: String, version: Digest) -> ClaimResult {
    let conditions = expectation.conditions.map { judged($0, under: nil) }
    let premises = expectation.premises.map { judged($0, under: nil) }
    var result = ClaimResult(
      id: id, version: version, verdict: Verdict.worst(of: conditions.map(\.verdict)), reason: "",
      conditions: conditions, premises: premises, control: nil, standing: standing)
    result.reason = reason(of: result.deciding)
    settlePremises(&result)
    var isShort = rule.seeds < expectation.seeds.seeds
    // A sequence may stop before the declared number: its intervals allow that.
    if case .sequence = rule { isShort = false }
    if rule.problem != nil, isShort, conditions.allSatisfy(isComplete) {
      // A rule that cannot judge so few seeds is no fault of the results.
      result.verdict = .inconclusive
      result.reason = "\(rule.seeds) of the declared \(expectation.seeds.seeds) seeds were run"
      return result
    }
    if isShort, result.verdict == .pass {
      result.verdict = .inconclusive
      result.reason = "\(rule.seeds) of the declared \(expectation.seeds.seeds) seeds were run"
    }
    if expectation.control.absence == nil { settleControl(&result) }
    return result
  }

  /// Whether every seed that was run has a reading that can be judged.
  private func isComplete(_ condition: ConditionResult) -> Bool {
    condition.cells.flatMap(\.readings).allSatisfy { $0.reading?.isSound == true }
  }

  private var standing: ClaimResult.Standing {
    switch expectation.standing {
    case .judged: .judged
    case .recorded: .recorded
    case .expectedToFail: .expectedToFail
    }
  }

  private func reason(of condition: ConditionResult?) -> String {
    condition?.judgement.reason ?? "nothing was measured"
  }

  private func settlePremises(_ result: inout ClaimResult) {
    guard let unmet = result.premises.max(by: { $0.verdict < $1.verdict }), unmet.verdict != .pass
    else { return }
    result.verdict = Verdict.worst(of: [
      unmet.verdict == .error ? .error : .inconclusive,
      result.verdict == .error ? .error : .inconclusive,
    ])
    result.reason = "premise not met: \(unmet.measure): \(reason(of: unmet))"
  }

  /// Judges the claim under its control; a claim that passes there too is vacuous.
  private func settleControl(_ result: inout ClaimResult) {
    let control = expectation.control
    let conditions = expectation.conditions.map { judged($0, under: control) }
    let verdict = Verdict.worst(of: conditions.map(\.verdict))
    let outcome = ControlResult(
      substitution: control.words, verdict: verdict, conditions: conditions)
    result.control = outcome
    // What is wrong with the claim itself says more than what is wrong with its control.
    if result.verdict == .error { return }
    if verdict == .error {
      let failed = conditions.first { $0.verdict == .error }
      result.verdict = .error
      result.reason = "the control (\(control.words)) has no verdict: \(reason(of: failed))"
      return
    }
    guard let survivor = survivor(of: conditions) else { return }
    let own = result.deciding?.judgement.estimate.map { numberText($0, significant: 4) }
    let other = outcome.estimate.map { numberText($0, significant: 4) }
    result.verdict = .error
    result.reason =
      "vacuous: under its control (\(control.words)) the claim holds too\(survivor): "
      + "\(other ?? "no number") there, \(own ?? "no number") here"
  }

  /// Where the control does not refute the claim, or nil where it does as it must.
  ///
  /// A statistical claim must not pass; an exact one must be violated in every seed.
  private func survivor(of conditions: [ConditionResult]) -> String? {
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
