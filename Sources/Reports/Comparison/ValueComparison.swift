package import Evidence
import Replication

/// The values that the seeds gave for a claim in two runs.
package struct ValueComparison {
  /// Whether both have the same values, bit for bit; nil where one of them has none recorded.
  package let isSame: Bool?
  /// The paired difference, after less before, where the later judgement was decided; nil where
  /// there is none.
  package let difference: PairedDifference?
  /// Why there is no difference; nil where there is one.
  package let absence: String?

  init(_ before: ClaimResult?, _ after: ClaimResult?) {
    guard let before, let after else {
      isSame = nil
      difference = nil
      absence = "not judged in both"
      return
    }
    isSame = Self.bits(of: before) == Self.bits(of: after)
    switch Self.differences(before, after) {
    case .success(let found):
      difference = PairedDifference(of: found.numbers, quantum: found.quantum)
      absence = difference == nil ? "the numbers are too large for a difference" : nil
    case .failure(let reason):
      difference = nil
      absence = reason.text
    }
  }

  private struct Absence: Error {
    let text: String
  }

  private static func differences(
    _ before: ClaimResult, _ after: ClaimResult
  ) -> Result<(numbers: [Double], quantum: Double), Absence> {
    func none(_ text: String) -> Result<(numbers: [Double], quantum: Double), Absence> {
      .failure(Absence(text: text))
    }
    guard let condition = after.deciding,
      let cell = condition.cells.first(where: { $0.judgement.verdict == condition.verdict })
        ?? condition.cells.first
    else { return none("nothing was measured") }
    let old = before.conditions.first {
      $0.measure == condition.measure && $0.unit == condition.unit
    }
    guard let old else { return none("another measure before") }
    guard let other = old.cells.first(where: { $0.label == cell.label }) else {
      return none("another cell before")
    }
    let earlier = Dictionary(
      other.readings.map { ($0.seed, $0.reading) }, uniquingKeysWith: { one, _ in one })
    let shared = cell.readings.filter { earlier[$0.seed] != nil }
    guard !shared.isEmpty else { return none("no seed in common") }
    var numbers: [Double] = []
    for entry in shared.sorted(by: { $0.seed < $1.seed }) {
      // A seed without a number is no seed to leave out.
      guard let new = entry.reading?.number, let old = earlier[entry.seed]??.number,
        new.isFinite, old.isFinite
      else { return none("seed \(entry.seed) has no number in both") }
      numbers.append(new - old)
    }
    return .success((numbers, condition.quantum ?? 0))
  }

  /// Every value of a judgement under its place, as text that differs where the bits do.
  private static func bits(of result: ClaimResult) -> Set<String> {
    var all: Set<String> = []
    for (index, condition) in result.conditions.enumerated() {
      for cell in condition.cells {
        for entry in cell.readings {
          all.insert(
            "\(index)\n\(condition.measure)\n\(cell.label)\n\(entry.seed)\n"
              + (entry.reading.map(\.bits) ?? "missing"))
        }
      }
    }
    return all
  }
}

extension Reading {
  /// The kind of the reading and the bits of its number.
  fileprivate var bits: String {
    switch self {
    case .value(let number): "value \(number.bitPattern)"
    case .notReached(let end): "not reached \(end.bitPattern)"
    case .below(let end): "below \(end.bitPattern)"
    case .diverged: "diverged"
    }
  }
}
