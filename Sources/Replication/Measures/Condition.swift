import Evidence
import Tensors

/// A measure in a band.
public struct Condition<P: Replication> {
  let term: Term<P>
  let band: Band
  let unit: String
  /// What is known of the values beside the readings.
  var traits = Traits()
  /// What is expected of them, for planning.
  var forecast: Forecast?

  /// The condition for values that come in multiples of `quantum`.
  ///
  /// Equal values then do not pretend to know the mean exactly: the standard deviation is taken as
  /// at least `quantum / √12`.
  public func quantised(_ quantum: Double) -> Condition {
    require(quantum > 0, "quantised: a resolution of \(quantum) is not positive")
    return with { $0.traits.quantum = quantum }
  }

  /// The condition for values that cannot lie outside a range, such as an accuracy.
  ///
  /// `--until-decided` then bets instead of assuming normal values; a value outside is an error.
  public func bounded(in range: ClosedRange<Double>) -> Condition {
    with { $0.traits.range = Interval(lower: range.lowerBound, upper: range.upperBound) }
  }

  /// The condition whose band lies around a number that the paper itself reports as a mean ± standard
  /// deviation over some runs.
  ///
  /// The interval that is judged is Welch's, which is wider than that of the seeds alone.
  public func reported(spread: Double, over seeds: Int) -> Condition {
    with { $0.traits.reported = Scatter(spread: spread, seeds: seeds) }
  }

  /// The condition with what the paper or theory leads one to expect before anything is run.
  ///
  /// `plan` forecasts from it, and `check` refuses seeds that would pass a claim that is true in fewer
  /// than four of five replications.
  ///
  /// - Parameters:
  ///   - mean: The expected value.
  ///   - spread: The expected standard deviation between seeds.
  /// - Returns: The condition with its forecast.
  public func expecting(_ mean: Double, spread: Double) -> Condition {
    with { $0.forecast = Forecast(mean: mean, spread: spread) }
  }

  private func with(_ change: (inout Condition) -> Void) -> Condition {
    var condition = self
    change(&condition)
    return condition
  }
}

/// What is expected of a measure before anything is run.
public struct Forecast: Hashable, Codable, Sendable {
  /// The expected value.
  public var mean: Double
  /// The expected standard deviation between seeds.
  public var spread: Double
}

extension Measure {
  /// The value is at least `lower`.
  public func atLeast(_ lower: Double) -> Condition<P> { condition(.atLeast(lower)) }

  /// The value is at most `upper`.
  public func atMost(_ upper: Double) -> Condition<P> { condition(.atMost(upper)) }

  /// The value is within `tolerance` of `center`.
  public func within(_ tolerance: Double, of center: Double) -> Condition<P> {
    condition(.within(tolerance, of: center))
  }

  /// The value is within a share of `center` from it, such as 0.01 for one percent.
  public func within(relative share: Double, of center: Double) -> Condition<P> {
    condition(.within(relative: share, of: center))
  }

  /// The value is within some units in the last place of `center`.
  public func within(ulps count: Int, of center: Double) -> Condition<P> {
    condition(.within(ulps: count, of: center))
  }

  /// The value is between two ends.
  public func between(_ lower: Double, and upper: Double) -> Condition<P> {
    condition(.between(lower, upper))
  }

  /// The value equals a number exactly.
  public func exactly(_ value: Double) -> Condition<P> { condition(.exactly(value)) }

  /// The value would be printed as a numeral such as `93.2`, or is within a tolerance of what would.
  public func printed(_ text: String, within tolerance: Double = 0) -> Condition<P> {
    condition(.printed(text, within: tolerance))
  }

  private func condition(_ band: Band) -> Condition<P> {
    Condition(term: term, band: band, unit: Q.unit)
  }
}
