/// What one seed gave for one measure: a number, or a typed result beyond the end of the scale.
///
/// "Not reached by step 300" and "diverged" are results, not gaps. Ranks and medians take them;
/// a mean over them is inconclusive. What is subtracted from a number and was not reached leaves
/// something below a number. A number that is not finite stays what it is, so that judging
/// can call it an error.
public enum Reading: Hashable, Sendable {
  /// A measured number; one that is not finite is judged an error.
  case value(Double)
  /// The sought event had not happened by this point of the scale: the truth lies above it.
  case notReached(by: Double)
  /// The truth lies below this number: what arithmetic makes of something that was not reached.
  case below(Double)
  /// The run left every bound: it lies above every number.
  case diverged
}

extension Reading {
  /// The measured number, or nil for a result beyond the end of the scale.
  public var number: Double? {
    if case .value(let number) = self { number } else { nil }
  }

  /// Whether the reading lies beyond the end of the scale.
  public var isCensored: Bool { number == nil }

  /// Whether the reading can be judged: every number in it is finite.
  public var isSound: Bool {
    switch self {
    case .value(let number): number.isFinite
    case .notReached(let end), .below(let end): end.isFinite
    case .diverged: true
    }
  }

  /// The least number that the truth behind this reading can be.
  var least: Double {
    switch self {
    case .value(let number): number
    case .notReached(let end): end.nextUp  // The event is known to come after the end.
    case .below: -.infinity
    case .diverged: .infinity
    }
  }

  /// The greatest number that the truth behind this reading can be.
  var greatest: Double {
    switch self {
    case .value(let number): number
    case .below(let end): end.nextDown
    case .notReached, .diverged: .infinity
    }
  }

  /// Whether the reading lies in a band, or nil where the scale ended too early to say.
  ///
  /// A value that is not finite lies in no band.
  public func lies(in band: Band) -> Bool? {
    guard isSound else { return false }
    if band.contains(least) && band.contains(greatest) { return true }
    return least > band.upper || greatest < band.lower ? false : nil
  }
}

extension Reading: Comparable {
  /// Orders readings for ranks and medians: "below", numbers, "not reached", "diverged".
  ///
  /// A later end of the scale ranks above an earlier one.
  public static func < (lhs: Reading, rhs: Reading) -> Bool {
    switch (lhs, rhs) {
    case (.value(let left), .value(let right)): left < right
    case (.notReached(let left), .notReached(let right)): left < right
    case (.below(let left), .below(let right)): left < right
    case (_, .below): false
    case (.below, _), (.value, _), (.notReached, .diverged): true
    default: false
    }
  }
}

extension Reading: CustomStringConvertible {
  /// The reading in words: `0.25`, `not reached by 300`, `diverged`.
  public var description: String {
    switch self {
    case .value(let number): numberText(number)
    case .notReached(let end): "not reached by \(numberText(end))"
    case .below(let end): "below \(numberText(end))"
    case .diverged: "diverged"
    }
  }
}
