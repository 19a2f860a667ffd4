import Digests
import Registry
import Replication

extension SyntheticRegistry {
  /// A claim version and a judgement of it.
  func judgement(_ key: Key) throws -> (ClaimRecord, VerdictRecord) {
    let paper = paperID(key.paper)
    let name = text.map { "\($0)\(key.claim)" } ?? "claim-\(key.claim)"
    let lower = key.isAmended ? 0.3 : 0.4
    let estimate = estimate(of: key)
    let claim = ClaimRecord(
      paper: paper, claim: name, tier: "standard", statement: words("Claim \(key.claim) holds."),
      place: words("Table \(key.claim)"),
      declaration: try CanonicalJSON(
        Canonical.text(
          declaration(
            of: name, in: paper, atLeast: lower,
            standing: key.isAmended ? amendedStanding ?? standing : standing))),
      reason: words("amended"))
    // Amended the seeds lie further apart, so that differences have a spread.
    let spread = key.isAmended ? 0.03 : 0.02
    let numbers = [-spread, 0, spread].map { estimate + $0 }
    let verdict = VerdictRecord(
      claim: claim.digest, verdict: key.verdict, estimate: estimate,
      interval: .init(low: estimate - 0.03, high: estimate + 0.03),
      band: .init(low: lower, high: .infinity), unit: words("nat"), n: 3,
      reason: words("the interval lies where it lies"),
      control: .init(verdict: .fail, estimate: 0.1),
      conditions: try CanonicalJSON(
        Canonical.text(result(of: name, key.verdict, numbers, atLeast: lower))), line: 12,
      seedValues: numbers.enumerated().map {
        SeedValue(condition: 0, cell: words("width=16"), seed: UInt64($0), value: .number($1))
      })
    return (claim, verdict)
  }

  /// The declaration as a run records it.
  private func declaration(
    of claim: String, in paper: String, atLeast lower: Double, standing: String
  ) -> JSONValue {
    .object([
      "paper": .string(paper), "claim": .string(claim), "tier": .string("standard"),
      "statement": .string(words("It holds.")), "place": .string(words("Table")),
      "conditions": .array([
        .object([
          "measure": .string(words("loss of plain")), "band": .array([.number(lower), .null]),
          "unit": .string(words("nat")),
        ])
      ]), "reason": .string(words("half of what the paper reports")), "premises": .array([]),
      "seeds": .object(
        share.map { ["rule": .string("share"), "seeds": .number(3), "atLeast": .number($0)] }
          ?? ["rule": .string("mean"), "seeds": .number(3)]),
      "control": .string(words("shuffled for plain")), "standing": .string(standing),
    ])
  }

  /// The result as the judge writes it.
  private func result(
    of claim: String, _ verdict: RecordedVerdict, _ numbers: [Double], atLeast lower: Double
  ) -> JSONValue {
    let estimate = numbers[1]
    let judgement: JSONValue = .object([
      "verdict": .string(verdict.rawValue), "estimate": .number(estimate),
      "interval": .array([.number(estimate - 0.03), .number(estimate + 0.03)]),
      "n": .number(3), "reason": .string(words("the interval lies where it lies")),
    ])
    let condition: JSONValue = .object([
      "measure": .string(words("loss of plain")), "band": .array([.number(lower), .null]),
      "unit": .string(words("nat")), "judgement": judgement,
      "cells": .array([
        .object([
          "label": .string(words("width=16")), "judgement": judgement,
          "readings": .array(
            numbers.enumerated().map {
              .object(["seed": .number(Double($0)), "reading": .number($1)])
            }),
        ])
      ]),
    ])
    return .object([
      "id": .string(claim), "version": .string(Digest(of: claim).description),
      "verdict": .string(verdict.rawValue), "reason": .string(words("it lies where it lies")),
      "conditions": .array([condition]), "premises": .array([]), "standing": .string("judged"),
      "control": .object([
        "substitution": .string(words("shuffled")), "verdict": .string("fail"),
        "conditions": .array([condition]),
      ]),
    ])
  }

  private func estimate(of key: Key) -> Double {
    switch key.verdict {
    case .pass: 0.5
    case .fail: 0.2
    case .inconclusive: 0.4
    case .error: 0.5
    }
  }
}
