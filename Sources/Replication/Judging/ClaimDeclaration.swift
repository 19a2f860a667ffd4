public import Digests
public import Evidence

/// The declaration of a claim at a tier as plain data: what is printed, stored and versioned.
public struct ClaimDeclaration: Codable, Hashable, Sendable {
  /// The paper's id.
  public var paper: String
  /// The claim's key.
  public var claim: String
  /// The tier.
  public var tier: Tier
  /// The claim as a sentence.
  public var statement: String
  /// Where the paper makes it.
  public var place: String
  /// What must hold.
  public var conditions: [Part]
  /// Why the bands are what they are.
  public var reason: String
  /// What must hold for the claim to be judged.
  public var premises: [Part]
  /// How seeds become one verdict.
  public var seeds: SeedRule
  /// The control's substitution, or why there is none.
  public var control: String
  /// How the verdict counts, with the reason where it does not.
  public var standing: String
  /// Why this version demands something else than the one before; nil where it does not.
  public var amendment: String?

  /// A measure and its band.
  public struct Part: Codable, Hashable, Sendable {
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
    /// What is expected before anything is run, where declared.
    public var forecast: Forecast?

    /// What is known of the values beside the readings.
    public var traits: Traits { Traits(quantum: quantum, range: range, reported: reported) }
  }

  /// The digest of the declaration: an edited tolerance is another version.
  public func version() throws -> Digest { Digest(of: try Canonical.text(self)) }
}

extension Replication {
  /// The declarations of a tier, in order.
  public static func declarations(at tier: Tier) -> [ClaimDeclaration] {
    Claim.allCases.compactMap { claim in
      expectation(claim, at: tier).map { declaration(of: claim, $0, at: tier) }
    }
  }

  /// The line on which a claim's expectation is declared.
  public static func line(ofClaim key: String, at tier: Tier) -> Int? {
    Claim(rawValue: key).flatMap { expectation($0, at: tier)?.line }
  }

  /// The file in the paper's folder that declares a claim's expectation.
  public static func file(ofClaim key: String, at tier: Tier) -> String? {
    Claim(rawValue: key).flatMap { expectation($0, at: tier) }.map { expectation in
      let name = expectation.file.split(separator: "/").last ?? ""
      return "\(paper.folder)/\(name)"
    }
  }

  static func declaration(
    of claim: Claim, _ expectation: Expectation<Self>, at tier: Tier
  ) -> ClaimDeclaration {
    func part(_ condition: Condition<Self>) -> ClaimDeclaration.Part {
      ClaimDeclaration.Part(
        measure: condition.term.text, band: condition.band, unit: condition.unit,
        quantum: condition.traits.quantum, range: condition.traits.range,
        reported: condition.traits.reported, forecast: condition.forecast)
    }
    let standing =
      switch expectation.standing {
      case .judged: "judged"
      case .recorded(let why): "recorded: \(why)"
      case .expectedToFail(let why): "expected to fail: \(why)"
      }
    return ClaimDeclaration(
      paper: paper.id, claim: claim.rawValue, tier: tier, statement: expectation.statement,
      place: expectation.place.description, conditions: expectation.conditions.map(part),
      reason: expectation.reason, premises: expectation.premises.map(part),
      seeds: expectation.seeds,
      control: expectation.control.absence.map { "none: \($0)" } ?? expectation.control.words,
      standing: standing, amendment: expectation.amendment)
  }
}
