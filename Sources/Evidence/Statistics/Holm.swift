/// The hypotheses that are rejected when the chance of rejecting any true one is held at a level.
///
/// The i-th smallest of m p-values is rejected while p ≤ α/(m − i + 1), and none after the first
/// that is not.
///
/// - Source: Holm (1979).
/// - Parameters:
///   - values: The p-values, in any order.
///   - level: The chance α of one false rejection or more.
/// - Returns: Whether each is rejected, in the order given; one that is not a number never is.
public func holmRejections(of values: [Double], level: Double) -> [Bool] {
  var rejected = [Bool](repeating: false, count: values.count)
  let order = values.indices.filter { !values[$0].isNaN }.sorted {
    (values[$0], $0) < (values[$1], $1)
  }
  for (place, index) in order.enumerated() {
    guard values[index] <= level / Double(values.count - place) else { break }
    rejected[index] = true
  }
  return rejected
}
