public import Evidence

/// What a claim demands: a sentence, where the paper says it, and what must hold for it to pass.
public struct Expectation<P: Replication> {
  /// The claim as a sentence.
  public let statement: String
  /// Where the paper makes the claim.
  public let place: Place
  /// What must hold: all of it.
  public let conditions: [Condition<P>]
  /// Why the bands are what they are, and where their numbers come from.
  public let reason: String
  /// What must hold for the claim to be judged at all; unmet, it is inconclusive.
  public let premises: [Condition<P>]
  /// How the readings of several seeds become one verdict.
  public let seeds: SeedRule
  /// The substitution under which the claim must not pass.
  public let control: Control<P>
  /// The target and file of the declaration, as `#fileID` has them.
  public let file: String
  /// The line of the declaration, for annotations.
  public let line: Int
  /// How the verdict counts.
  public private(set) var standing = Standing.judged
  /// Why the claim demands something else than it did when it was last recorded; nil if it does not.
  public private(set) var amendment: String?

  /// How the verdict of a claim counts.
  public enum Standing: Hashable, Sendable {
    /// The verdict counts.
    case judged
    /// The numbers are recorded and the verdict does not count, for the reason given.
    case recorded(String)
    /// The claim is known to fail here, for the reason given; a pass is reported as a failure.
    case expectedToFail(String)
  }

  /// Declares what a claim demands at a tier.
  ///
  /// - Parameters:
  ///   - statement: The claim as a sentence.
  ///   - place: Where the paper makes it.
  ///   - conditions: What must hold, each a measure in a band.
  ///   - reason: Why the bands are what they are, fixed before anything was run.
  ///   - premises: What must hold for the claim to be judged at all.
  ///   - seeds: How many seeds, and how they become one verdict.
  ///   - control: The substitution under which the claim must not pass.
  ///   - file: Where the declaration stands; leave it to the compiler.
  ///   - line: The line of the declaration; leave it to the compiler.
  public init(
    _ statement: String, from place: Place, that conditions: Condition<P>...,
    because reason: String,
    provided premises: [Condition<P>] = [], seeds: SeedRule, unlike control: Control<P>,
    file: String = #fileID, line: Int = #line
  ) {
    self.statement = statement
    self.place = place
    self.conditions = conditions
    self.reason = reason
    self.premises = premises
    self.seeds = seeds
    self.control = control
    self.file = file
    self.line = line
  }

  /// The same, with the numbers recorded and no verdict that counts.
  public func recorded(_ why: String) -> Expectation {
    standing(.recorded(why))
  }

  /// The same, known to fail here; a pass would be reported as a failure of this mark.
  public func expectedToFail(_ why: String) -> Expectation {
    standing(.expectedToFail(why))
  }

  /// The same, demanding something else than it did when it was last recorded.
  ///
  /// A claim whose bands, measures, seeds, premises, control or standing differ from those last
  /// judged needs a new reason here, or `check` refuses it: goalposts do not move silently.
  ///
  /// - Parameter why: What changed, and why, in a sentence.
  /// - Returns: The expectation with that reason.
  public func amended(_ why: String) -> Expectation {
    var expectation = self
    expectation.amendment = why
    return expectation
  }

  private func standing(_ standing: Standing) -> Expectation {
    var expectation = self
    expectation.standing = standing
    return expectation
  }
}
