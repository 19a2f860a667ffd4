import Evidence

extension ClaimResult {
  /// The p-value of the hypothesis that the claim holds: the least of its cells', times the number
  /// of cells in the condition and of conditions.
  ///
  /// - Parameter rule: The rule by which the claim was judged.
  /// - Returns: The p-value; 1 where the claim is an error.
  public func failValue(by rule: SeedRule) -> Double {
    guard verdict != .error else { return 1 }
    let cells = conditions.flatMap { condition in
      condition.cells.map { cell in
        // A statistic of the whole sample is one number, which is in the band or is not.
        let isWhole = cell.readings.count == 1 && rule.seeds > 1
        return Evidence.failValue(
          of: cell.readings, by: isWhole ? .once : rule, against: condition.band,
          of: condition.traits) * Double(condition.cells.count * conditions.count)
      }
    }
    return min(1, cells.min() ?? 1)
  }
}
