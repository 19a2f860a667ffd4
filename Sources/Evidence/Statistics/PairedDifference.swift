/// The mean of differences between pairs, with its 90 % Student t interval.
public struct PairedDifference: Hashable, Sendable {
  /// The mean difference.
  public let mean: Double
  /// Its interval; nil of a single pair, which has no spread.
  public let interval: Interval?
  /// How many pairs there are.
  public let n: Int

  /// The mean of some differences; nil without any, or where they are too large for a mean and a
  /// spread.
  ///
  ///     d̄ ± t_{0.95, n−1} s/√n
  ///
  /// - Parameters:
  ///   - differences: One for each pair.
  ///   - quantum: The resolution of the differences, if they have one.
  public init?(of differences: [Double], quantum: Double = 0) {
    guard let first = differences.first, first.isFinite else { return nil }
    n = differences.count
    guard let moments = Moments(of: differences, quantum: quantum) else {
      mean = first
      interval = nil
      return
    }
    let count = Double(differences.count)
    let reach =
      StudentT(degreesOfFreedom: count - 1).quantile(upperTail: 0.05)
      * moments.spread / count.squareRoot()
    let (lower, upper) = (moments.mean - reach, moments.mean + reach)
    guard lower.isFinite, upper.isFinite else { return nil }
    mean = moments.mean
    interval = Interval(lower: lower, upper: upper)
  }
}
