import Evidence
import Replication
import Tensors

/// What the seeds of a judged claim say beside its interval, for the cell that decides.
struct SeedEvidence: Encodable {
  /// How many seeds lie in the band, of how many.
  var inBand: Int
  var of: Int
  /// The share of all seeds that lie in it: an exact 90 % interval.
  var share: Interval
  /// The chance of a mean at least as far inside the band's one end if the signs of the distances to it
  /// meant nothing; nil of a band with two ends.
  @Null var signFlip: Double?
  /// The seeds that would give an 80 % chance to pass if mean and spread are what was measured.
  @Null var seedsToPass: Int?

  /// The evidence of a claim about a mean; nil of other rules and where nothing was measured.
  init?(_ result: ClaimResult, of paper: String, declaring declared: SeedRule) {
    guard case .mean = result.rule ?? declared, let condition = result.deciding else { return nil }
    let cell = condition.cells.first { $0.judgement.verdict == condition.verdict }
    let numbers = (cell?.readings ?? []).compactMap { $0.reading?.number }.filter(\.isFinite)
    guard let cell, numbers.count == cell.readings.count,
      let moments = Moments(of: numbers, quantum: condition.quantum ?? 0)
    else { return nil }
    let band = condition.band
    of = numbers.count
    inBand = numbers.count { band.contains($0) }
    share = clopperPearson(successes: inBand, of: of, tail: 0.05)
    // Drawn from a stream of the claim's own, so that the number is the same everywhere.
    let stream = RandomStream(paper: paper, seed: 0, purpose: .resampling).child(result.id)
    signFlip = band.distances(of: numbers).map { signFlipValue(of: $0, using: stream) }
    seedsToPass = Evidence.seedsToPass(mean: moments.mean, spread: moments.spread, band: band)
  }

  /// The evidence in words.
  var lines: [String] {
    let ends = [share.lower, share.upper].map { numberText(100 * $0, significant: 2) }
    return [
      "\(inBand) of \(of) seeds in the band: \(ends[0]) to \(ends[1]) % of all seeds (90 % interval)"
        + (signFlip.map { ", sign-flip p = \(numberText($0, significant: 2))" } ?? ""),
      seedsToPass.map { "\($0) seeds would give this mean and spread an 80 % chance to pass" }
        ?? "no number of seeds gives this mean a chance to pass",
    ]
  }
}

extension Band {
  /// How far inside a band with one end numbers lie; nil of a band with two ends.
  fileprivate func distances(of numbers: [Double]) -> [Double]? {
    if upper == .infinity { return numbers.map { $0 - lower } }
    return lower == -.infinity ? numbers.map { upper - $0 } : nil
  }
}
