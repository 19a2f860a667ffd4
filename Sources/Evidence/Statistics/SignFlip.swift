public import Tensors

/// The chance of a mean at least as large as that of the readings if their signs meant nothing.
///
///     p = #{signs ε : Σ ε_i d_i ≥ Σ d_i} / 2ⁿ
///
/// Up to twenty readings all signs are counted; beyond, as many patterns as `draws` says are drawn
/// from the stream and p = (1 + hits)/(1 + draws), which is never too small. With fewer than five
/// readings p cannot fall to 0.05.
///
/// - Source: Fisher (1935); Phipson and Smyth (2010) for the drawn one.
/// - Parameters:
///   - differences: The paired differences d.
///   - stream: What draws the signs where there are too many to count.
///   - draws: How many patterns are drawn.
/// - Returns: The one-sided p-value; 1 without any reading.
public func signFlipValue(
  of differences: [Double], using stream: RandomStream, draws: Int = 100_000
) -> Double {
  let n = differences.count
  guard n > 0 else { return 1 }
  let observed = differences.reduce(0, +)
  // What rounding leaves of an equal sum counts as equal.
  let slack = 1e-12 * differences.reduce(0) { $0 + $1.magnitude }
  func hits(_ signs: UInt64) -> Bool {
    var sum = 0.0
    for (index, difference) in differences.enumerated() {
      sum += signs >> UInt64(index % 64) & 1 == 0 ? difference : -difference
    }
    return sum >= observed - slack
  }
  if n <= 20 {
    let patterns = UInt64(1) << UInt64(n)
    let count = (0..<patterns).count { hits($0) }
    return Double(count) / Double(patterns)
  }
  var stream = stream
  var count = 0
  for _ in 0..<draws {
    var sum = 0.0
    var signs: UInt64 = 0
    for (index, difference) in differences.enumerated() {
      if index.isMultiple(of: 64) { signs = stream.nextUInt64() }
      sum += signs & 1 == 0 ? difference : -difference
      signs >>= 1
    }
    if sum >= observed - slack { count += 1 }
  }
  return Double(1 + count) / Double(1 + draws)
}
