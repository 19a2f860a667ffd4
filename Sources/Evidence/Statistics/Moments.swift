/// The mean and the standard deviation of some numbers.
///
///     s² = Σ (x − x̄)² / (n − 1)
public struct Moments: Hashable, Sendable {
  /// The mean x̄; that of equal numbers is that number.
  public let mean: Double
  /// The standard deviation s.
  public let spread: Double

  /// The moments of at least two numbers; nil of fewer.
  ///
  /// - Parameters:
  ///   - numbers: The numbers.
  ///   - quantum: Their resolution, if they have one: the spread is then at least q/√12.
  public init?(of numbers: [Double], quantum: Double = 0) {
    guard numbers.count > 1 else { return nil }
    let n = Double(numbers.count)
    // Taken from the first number, so that the mean of equal numbers is that number.
    let origin = numbers[0]
    let mean = origin + numbers.reduce(0) { $0 + ($1 - origin) } / n
    // By a power of two, so that squares of tiny or huge numbers neither vanish nor overflow.
    let furthest = numbers.map { ($0 - mean).magnitude }.max() ?? 0
    let unit = furthest > 0 && furthest.isFinite ? furthest.binade : 1
    let squares = numbers.reduce(0) { $0 + (($1 - mean) / unit) * (($1 - mean) / unit) }
    self.mean = mean
    spread = max((squares / (n - 1)).squareRoot() * unit, quantum / 12.0.squareRoot())
  }
}
