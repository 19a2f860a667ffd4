public import Tensors

/// The distance of a number from a reference, in units of the last place of the reference.
///
/// Equal infinities and a pair of NaN are no distance apart; one NaN is infinitely far.
public func ulps<E: Scalar>(_ value: E, from reference: Double) -> Double {
  let exact = Double(value)
  if exact == reference || exact.isNaN && reference.isNaN { return 0 }
  guard exact.isFinite, reference.isFinite else { return .infinity }
  let place = Swift.max(Double(E(reference).ulp), Double(E.leastNonzeroMagnitude))
  return Swift.abs(exact - reference) / place
}
