public import Digests

/// One version of a claim at one tier.
public struct ClaimRecord: Hashable, Codable, Sendable {
  /// The paper's id.
  public let paper: String
  /// The claim's id inside the paper.
  public let claim: String
  /// The tier at which it is judged this way.
  public let tier: String
  /// The claim in words.
  public let statement: String
  /// Where the paper makes it.
  public let place: String
  /// Conditions, bands, seeds rule, control and premises as JSON.
  public let declaration: CanonicalJSON
  /// Why this version replaced the one before.
  public let reason: String?

  /// Describes one version of a claim.
  public init(
    paper: String, claim: String, tier: String, statement: String, place: String,
    declaration: CanonicalJSON, reason: String? = nil
  ) {
    self.paper = paper
    self.claim = claim
    self.tier = tier
    self.statement = statement
    self.place = place
    self.declaration = declaration
    self.reason = reason
  }

  /// The version's identity: the digest of everything but the reason.
  public var digest: Digest {
    let members: [(String, JSON?)] = [
      ("paper", .string(paper)), ("claim", .string(claim)), ("tier", .string(tier)),
      ("statement", .string(statement)), ("place", .string(place)),
      ("declaration", .string(declaration.text)),
    ]
    return Digest(of: JSON(object: members).text)
  }
}
