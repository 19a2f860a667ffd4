import Tensors

/// A confidence sequence for the mean of readings that lie in a known range, whatever their law.
///
/// Two gamblers bet on the readings, mapped to [0, 1], against a mean m: one that they are larger, one
/// that they are smaller. Where m is the mean neither grows rich:
///
///     K⁺_n(m) = Π (1 + min(λ_i, c/m)(x_i − m)),  K⁻_n(m) = Π (1 − min(λ_i, c/(1 − m))(x_i − m))
///     λ_i = √(2 ln(2/α) / (v_{i−1} i ln(1 + i))),  c = 1/2
///     u_i = (1/2 + Σ_{j≤i} x_j)/(i + 1),  v_i = (1/4 + Σ_{j≤i} (x_j − u_j)²)/(i + 1)
///
/// The interval holds the means at which max(K⁺, K⁻)/2 < 1/α. The chance that any of its intervals ever
/// misses the mean is at most α.
///
/// - Source: Waudby-Smith and Ramdas (2024), arXiv 2010.09686, theorem 3 and equation 26.
public struct BettingSequence: Hashable, Sendable {
  /// The chance α of ever missing the mean.
  public let level: Double
  /// The least and the greatest reading there can be.
  public let range: Interval

  /// A sequence of a level.
  ///
  /// - Precondition: the level lies in (0, 1), and the range has finite, different ends.
  public init(level: Double, range: Interval) {
    require(
      level > 0 && level < 1 && range.lower.isFinite && range.upper.isFinite
        && range.lower < range.upper,
      "BettingSequence: level \(level) or range \(range.lower)...\(range.upper) is out of bounds")
    self.level = level
    self.range = range
  }

  /// The interval after some readings, in the order in which they came.
  ///
  /// - Accuracy: 1e-12 of the range.
  /// - Precondition: every reading lies in the range.
  public func interval(after readings: [Double]) -> Interval {
    let width = range.upper - range.lower
    let scaled = readings.map { ($0 - range.lower) / width }
    require(
      scaled.allSatisfy { (0...1).contains($0) }, "BettingSequence: a reading is out of range")
    let bets = bets(on: scaled)
    // The first gambler's wealth falls with the mean, the second's is the first's of 1 − x.
    let lower = leastMean(scaled, bets)
    let upper = 1 - leastMean(scaled.map { 1 - $0 }, bets)
    // So few means may be left that none is; what lies between the ends is then what is known.
    return Interval(
      lower: range.lower + width * min(lower, upper),
      upper: range.lower + width * max(lower, upper))
  }

  /// The evidence against a mean: it exceeds 1/α ever with a chance of at most α if that is the mean.
  ///
  /// - Parameters:
  ///   - mean: The mean in question.
  ///   - readings: The readings in their order.
  /// - Returns: max(K⁺, K⁻)/2 at that mean.
  public func evidence(against mean: Double, after readings: [Double]) -> Double {
    let width = range.upper - range.lower
    let scaled = readings.map { ($0 - range.lower) / width }
    let bets = bets(on: scaled)
    let mean = min(1, max(0, (mean - range.lower) / width))
    let richer = max(
      wealth(scaled, bets, against: mean), wealth(scaled.map { 1 - $0 }, bets, against: 1 - mean))
    return exp(richer) / 2
  }

  /// The bets λ, each known before its reading.
  private func bets(on readings: [Double]) -> [Double] {
    var (sum, squares) = (0.5, 0.25)
    var variance = 0.25
    return readings.enumerated().map { index, reading in
      let i = Double(index + 1)
      let bet = (2 * log(2 / level) / (variance * i * log(1 + i))).squareRoot()
      sum += reading
      let mean = sum / (i + 1)
      squares += (reading - mean) * (reading - mean)
      variance = squares / (i + 1)
      return bet
    }
  }

  /// The logarithm of K⁺ at a mean.
  private func wealth(_ readings: [Double], _ bets: [Double], against mean: Double) -> Double {
    zip(readings, bets).reduce(0) { wealth, entry in
      wealth + log1p(min(entry.1, 0.5 / mean) * (entry.0 - mean))
    }
  }

  /// The least mean at which K⁺ is below 2/α.
  private func leastMean(_ readings: [Double], _ bets: [Double]) -> Double {
    let limit = log(2 / level)
    var (out, within) = (0.0, 1.0)
    guard wealth(readings, bets, against: .leastNormalMagnitude) >= limit else { return 0 }
    while within - out > 1e-13 {
      let middle = (out + within) / 2
      if wealth(readings, bets, against: middle) >= limit { out = middle } else { within = middle }
    }
    return out
  }
}
