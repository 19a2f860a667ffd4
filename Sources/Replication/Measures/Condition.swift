import Evidence
import Tensors

/// A measure in a band.
public struct Condition<P: Replication> {
  let term: Term<P>
  let band: Band
  let unit: String
  /// The resolution of the values, where they are quantised.
  var quantum: Double?

  /// The condition for values that come in multiples of `quantum`.
  ///
  /// Equal values then do not pretend to know the mean exactly: the standard deviation is taken as
  /// at least `quantum / √12`.
  public func quantised(_ quantum: Double) -> Condition {
    require(quantum > 0, "quantised: a resolution of \(quantum) is not positive")
    var condition = self
    condition.quantum = quantum
    return condition
  }
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

  /// The value is between two ends.
  public func between(_ lower: Double, and upper: Double) -> Condition<P> {
    condition(.between(lower, upper))
  }

  /// The value equals a number exactly.
  public func exactly(_ value: Double) -> Condition<P> { condition(.exactly(value)) }

  private func condition(_ band: Band) -> Condition<P> {
    Condition(term: term, band: band, unit: Q.unit)
  }
}
