import Digests
import Evidence

extension Replication {
  /// Judges the claims of a tier from the results of their trials.
  ///
  /// - Parameters:
  ///   - tier: The tier that was run.
  ///   - selected: The keys of the claims to judge; nil judges all that the tier declares.
  ///   - seeding: How many seeds were run.
  ///   - edition: The edition of the rules.
  ///   - results: What each trial gave; a trial that is not there is missing, an error.
  /// - Returns: One result for each claim, in the order of the declaration.
  /// - Throws: Where a setup or declaration cannot be written as JSON; `problems()` finds that.
  public static func judge(
    at tier: Tier, claims selected: Set<String>? = nil, seeding: Seeding = .declared,
    by edition: Edition = .current, from results: [TrialKey: TrialResult]
  ) throws -> [ClaimResult] {
    let book = OutcomeBook<Self>(results: results)
    let grids = try Grids<Self>(at: tier)
    return try Claim.allCases.compactMap { claim in
      guard selected?.contains(claim.rawValue) ?? true,
        let expectation = expectation(claim, at: tier)
      else { return nil }
      let rule = try rule(for: expectation, seeding, by: edition, grids: grids, book: book)
      return Judge(
        expectation: expectation, rule: rule, edition: edition, grids: grids, book: book
      ).result(
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
  var edition = Edition.current
  let grids: Grids<P>
  let book: OutcomeBook<P>

  func result(id: String, version: Digest) -> ClaimResult {
    let control = expectation.control
    let controlled =
      control.absence == nil ? expectation.conditions.map { judged($0, under: control) } : nil
    return ClaimResult(
      id: id, version: version, verdict: .error, reason: "",
      conditions: expectation.conditions.map { judged($0, under: nil) },
      premises: expectation.premises.map { judged($0, under: nil) },
      control: controlled.map {
        ControlResult(
          substitution: control.words, verdict: Verdict.worst(of: $0.map(\.verdict)),
          conditions: $0)
      },
      standing: standing, edition: edition, rule: rule == expectation.seeds ? nil : rule
    ).settled(declaring: expectation.seeds)
  }

  private var standing: ClaimResult.Standing {
    switch expectation.standing {
    case .judged: .judged
    case .recorded: .recorded
    case .expectedToFail: .expectedToFail
    }
  }
}
