/// An edition of the rules of judging, kept so that an old verdict can be derived again.
public enum Edition: Int, Hashable, Codable, Sendable, CaseIterable {
  /// Each cell of a claim may fail at 5 % by itself, so that a claim of many cells fails more often.
  case first = 1
  /// The cells of a claim share the 5 %: each of m is tested at 5 %/m.
  case second = 2

  /// The edition by which runs are judged.
  public static let current = Edition.second

  /// The chance with which one of some cells may fail although its truth is accepted.
  ///
  /// - Parameter cells: How many cells could fail the claim.
  /// - Returns: The chance for each of them.
  public func failLevel(sharedBy cells: Int) -> Double {
    switch self {
    case .first: 0.05
    case .second: 0.05 / Double(max(1, cells))
    }
  }
}
