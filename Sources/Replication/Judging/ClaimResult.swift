public import Digests
public import Evidence

/// The verdict on one claim of one run, with everything that led to it.
public struct ClaimResult: Codable, Hashable, Sendable {
  /// The claim's key.
  public var id: String
  /// The digest of the declaration that was judged.
  public var version: Digest
  /// The verdict: the worst of the conditions, unless a premise or the control decides.
  public var verdict: Verdict
  /// Why, in one sentence.
  public var reason: String
  /// All conditions, in the order of the declaration.
  public var conditions: [ConditionResult]
  /// The premises, in the order of the declaration.
  public var premises: [ConditionResult]
  /// The claim under its control's substitution; nil where it has none.
  public var control: ControlResult?
  /// How the verdict counts.
  public var standing: Standing
  /// The edition of the rules that judged it; nil is the first.
  public var edition: Edition?
  /// The rule by which the seeds became a verdict, where it is not the declared one.
  public var rule: SeedRule?

  /// How the verdict of a claim counts.
  public enum Standing: String, Codable, Sendable {
    /// It counts.
    case judged
    /// The numbers are recorded, the verdict does not count.
    case recorded
    /// The claim is known to fail here; a pass counts as a failure.
    case expectedToFail
  }

  /// The condition that decides: the worst, and of equals the first.
  public var deciding: ConditionResult? {
    let worst = conditions.map(\.verdict).max()
    return conditions.first { $0.verdict == worst }
  }

  /// What the claim contributes to its paper's verdict and to the exit code.
  ///
  /// A recorded claim contributes a pass unless its numbers are missing; an expected failure
  /// contributes a pass, and an unexpected success a failure.
  public var contribution: Verdict {
    switch standing {
    case .judged: verdict
    case .recorded: verdict == .error ? .error : .pass
    case .expectedToFail:
      switch verdict {
      case .fail: .pass
      case .pass: .fail
      case .inconclusive, .error: verdict
      }
    }
  }
}

/// One condition of a claim, judged in every cell of the axes left over.
public struct ConditionResult: Codable, Hashable, Sendable {
  /// The measure as a line of text.
  public var measure: String
  /// The accepted numbers.
  public var band: Band
  /// The unit's symbol.
  public var unit: String
  /// The resolution of the values, where declared.
  public var quantum: Double?
  /// The least and greatest value there can be, where declared.
  public var range: Interval?
  /// The scatter of the paper's own number, where declared.
  public var reported: Scatter?
  /// The judgement of the cell that decides; its verdict holds for the condition.
  public var judgement: Judgement
  /// One for each cell; a single one without a label where no axis is left over.
  public var cells: [CellResult]

  /// The worst verdict of the cells.
  public var verdict: Verdict { judgement.verdict }

  /// What is known of the values beside the readings.
  public var traits: Traits { Traits(quantum: quantum, range: range, reported: reported) }
}

/// One cell of a condition.
public struct CellResult: Codable, Hashable, Sendable {
  /// The cell's position on the axes left over, such as `alpha=0.5`.
  public var label: String
  /// The reading of each seed.
  public var readings: [SeedReading]
  /// The verdict on them.
  public var judgement: Judgement
}

/// A claim under its control's substitution.
public struct ControlResult: Codable, Hashable, Sendable {
  /// The substitution in words.
  public var substitution: String
  /// What the claim's verdict would be; the claim is vacuous where this is a pass.
  public var verdict: Verdict
  /// The conditions under the substitution.
  public var conditions: [ConditionResult]

  /// The estimate in the cell that decides.
  public var estimate: Double? {
    (conditions.first { $0.verdict == verdict } ?? conditions.first)?.judgement.estimate
  }
}

/// The result of one trial as judging sees it.
public enum TrialResult: Hashable, Sendable {
  /// The canonical text of the outcome.
  case outcome(String)
  /// Why there is none.
  case failed(String)
}

/// What identifies a trial inside a paper: the canonical text of its setup, and its seed.
public struct TrialKey: Codable, Hashable, Sendable, Comparable {
  /// The canonical text of the setup.
  public var setup: String
  /// The seed, from 0.
  public var seed: Int

  /// A trial of a setup.
  public init(setup: String, seed: Int) {
    self.setup = setup
    self.seed = seed
  }

  /// Orders trials by seed, then by setup.
  public static func < (lhs: TrialKey, rhs: TrialKey) -> Bool {
    (lhs.seed, lhs.setup) < (rhs.seed, rhs.setup)
  }
}
