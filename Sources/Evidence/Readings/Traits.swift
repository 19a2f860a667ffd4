import Tensors

/// What is known of a measure's values beside the readings.
public struct Traits: Hashable, Sendable {
  /// The resolution, where values are quantised, such as one test item.
  public var quantum: Double?
  /// The least and the greatest value there can be.
  public var range: Interval?
  /// The scatter of the paper's own number, around which the band lies.
  public var reported: Scatter?

  /// Nothing is known unless it is given.
  public init(quantum: Double? = nil, range: Interval? = nil, reported: Scatter? = nil) {
    self.quantum = quantum
    self.range = range
    self.reported = reported
  }

  /// What is wrong with the traits themselves or with their use under a rule, or nil.
  public func problem(under rule: SeedRule) -> String? {
    if let quantum, !(quantum >= 0 && quantum.isFinite) {
      return "the quantum \(numberText(quantum)) is not a finite number from 0 on"
    }
    if let range, !(range.lower.isFinite && range.upper.isFinite && range.lower < range.upper) {
      return "the range \(range.ends) is not between two finite numbers"
    }
    guard let reported else { return nil }
    if case .mean = rule { return reported.problem }
    return "the paper's own scatter is for the mean of a fixed number of seeds, not for \(rule)"
  }
}

/// The scatter of a number that a paper reports as mean ± standard deviation over some runs.
public struct Scatter: Hashable, Codable, Sendable {
  /// The standard deviation between the paper's runs.
  public let spread: Double
  /// How many runs there were.
  public let seeds: Int

  /// A standard deviation over a number of runs.
  public init(spread: Double, seeds: Int) {
    self.spread = spread
    self.seeds = seeds
  }

  fileprivate var problem: String? {
    if seeds < 2 { return "a scatter over \(seeds) runs is none: it needs 2" }
    return spread >= 0 && spread.isFinite
      ? nil : "the scatter \(numberText(spread)) is not a finite number from 0 on"
  }
}

extension Interval {
  /// Both ends in words.
  var ends: String { "[\(numberText(lower)), \(numberText(upper))]" }
}
