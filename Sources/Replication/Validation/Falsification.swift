import Digests
import Evidence

/// A claim that an alteration of its results leaves standing, although it must not.
public struct Survivor: Hashable, Sendable, Codable {
  /// The claim's key.
  public let claim: String
  /// What was altered, such as `loss of treated is not a number`.
  public let alteration: String
  /// The verdict it left.
  public let verdict: Verdict
}

extension Replication {
  /// The claims that survive alterations of their results which none must.
  ///
  /// In the first seed of every arm that a claim or its control reads, each field of the outcome is
  /// renamed in turn, and each field's first number is made not a number; and the trial is taken
  /// away altogether: the claim must become an error. And in all seeds, what the control puts in the
  /// place of something is written over it in the outcomes: the claim must not pass.
  ///
  /// - Parameters:
  ///   - tier: The tier that was run.
  ///   - results: What each trial gave; they are not changed.
  /// - Returns: The survivors, none if all is well, and how many alterations were tried.
  /// - Throws: Where a setup or an outcome cannot be read.
  public static func falsified(
    at tier: Tier, from results: [TrialKey: TrialResult]
  ) throws -> (survivors: [Survivor], tried: Int) {
    let grids = try Grids<Self>(at: tier)
    let book = OutcomeBook<Self>(results: results)
    let claims = Claim.allCases.compactMap { claim in
      expectation(claim, at: tier).map { (id: claim.rawValue, expectation: $0) }
    }
    // Judged once as it is, the book has every outcome decoded for all that follows.
    for (id, expectation) in claims {
      _ = Judge(expectation: expectation, rule: expectation.seeds, grids: grids, book: book)
        .result(id: id, version: Digest(of: ""))
    }
    var survivors: [Survivor] = []
    var tried = 0
    for arm in Arm.allCases {
      let readers = claims.filter { $0.expectation.arms.contains(arm) }
      guard !readers.isEmpty, let setup = grids.cells(of: arm).first?.setup else { continue }
      let key = TrialKey(setup: try Canonical.text(setup), seed: 0)
      guard case .outcome(let text)? = results[key] else { continue }
      for (words, altered) in try alterations(of: text) {
        let alteredBook = book.replacing(key, with: altered)
        for (id, expectation) in readers {
          tried += 1
          let judge = Judge(
            expectation: expectation, rule: expectation.seeds, grids: grids, book: alteredBook)
          let verdict = judge.result(id: id, version: Digest(of: "")).verdict
          guard verdict != .error else { continue }
          survivors.append(
            Survivor(claim: id, alteration: "\(arm.rawValue): \(words)", verdict: verdict))
        }
      }
    }
    for (id, expectation) in claims {
      guard let altered = try controlled(expectation, grids: grids, results) else { continue }
      tried += 1
      let verdict = Judge(
        expectation: expectation, rule: expectation.seeds, grids: grids,
        book: OutcomeBook(results: altered)
      ).result(id: id, version: Digest(of: "")).verdict
      if verdict == .pass {
        survivors.append(
          Survivor(
            claim: id, alteration: "the outcomes hold \(expectation.control.words)",
            verdict: verdict))
      }
    }
    return (survivors, tried)
  }

  /// The results with what the control substitutes written over what it stands for; nil where that is
  /// not a matter of outcomes alone.
  private static func controlled(
    _ expectation: Expectation<Self>, grids: Grids<Self>, _ results: [TrialKey: TrialResult]
  ) throws -> [TrialKey: TrialResult]? {
    guard expectation.control.absence == nil else { return nil }
    // Several substitutions act one after the other.
    var altered = results
    for substitution in expectation.control.substitutions {
      switch substitution {
      case .relabelled: return nil
      case .arm(let arm, let original):
        let (from, to) = (grids.cells(of: arm), grids.cells(of: original))
        guard from.count == to.count else { return nil }
        for (source, target) in zip(from, to) {
          for seed in 0..<expectation.seeds.seeds {
            let key = TrialKey(setup: try Canonical.text(target.setup), seed: seed)
            let other = TrialKey(setup: try Canonical.text(source.setup), seed: seed)
            altered[key] = results[other]
          }
        }
      case .quantity(_, let original, let name):
        for (key, result) in altered {
          guard case .outcome(let text) = result else { continue }
          var fields = try Canonical.decode([String: JSONValue].self, from: text)
          fields[original] = fields[name]
          altered[key] = .outcome(try Canonical.text(fields))
        }
      }
    }
    return altered
  }

  private static func alterations(
    of outcome: String
  ) throws -> [(words: String, result: TrialResult?)] {
    let fields = try Canonical.decode([String: JSONValue].self, from: outcome)
    var alterations: [(String, TrialResult?)] = [("its trial is missing", nil)]
    for name in fields.keys.sorted() {
      var renamed = fields
      renamed["another \(name)"] = renamed.removeValue(forKey: name)
      alterations.append(("\(name) is misnamed", .outcome(try Canonical.text(renamed))))
      var spoiled = fields
      guard let value = fields[name], let without = value.withoutFirstNumber else { continue }
      spoiled[name] = without
      alterations.append(("\(name) is not a number", .outcome(try Canonical.text(spoiled))))
    }
    return alterations
  }
}

extension JSONValue {
  /// The value with its first number made not a number; nil where it has none.
  fileprivate var withoutFirstNumber: JSONValue? {
    switch self {
    case .null, .bool, .string: return nil
    case .number: return .string("nan")
    case .array(let values):
      for (index, value) in values.enumerated() {
        guard let without = value.withoutFirstNumber else { continue }
        var changed = values
        changed[index] = without
        return .array(changed)
      }
      return nil
    case .object(let fields):
      for name in fields.keys.sorted() {
        guard let without = fields[name]?.withoutFirstNumber else { continue }
        var changed = fields
        changed[name] = without
        return .object(changed)
      }
      return nil
    }
  }
}
