public import Digests
public import Registry
public import Replication

/// The versions of a paper's claims that a registry knows, for telling what an amendment moved.
public struct Goalposts: Sendable {
  private let versions: [Digest: ClaimDeclaration]

  /// The versions that a registry has of a paper's claims.
  public init(of paper: String, in registry: ResultRegistry) throws {
    var versions: [Digest: ClaimDeclaration] = [:]
    for record in try registry.claimVersions(of: paper) {
      // Another program's papers may say of a claim what this one cannot read.
      versions[record.digest] = try? Canonical.decode(from: record.declaration.text)
    }
    self.versions = versions
  }

  /// A recorded version.
  public subscript(version: Digest) -> ClaimDeclaration? { versions[version] }

  /// What a version demands differently from an earlier one; nil where nothing does.
  public func move(to new: ClaimDeclaration?, from earlier: Digest) -> GoalpostMove? {
    guard let new, let old = versions[earlier] else { return nil }
    let moves = new.moves(from: old)
    return moves.isEmpty
      ? nil
      : GoalpostMove(moves: moves, reason: new.amendment == old.amendment ? nil : new.amendment)
  }

  /// The claims of a paper that demand something else than when they were last judged, and do not
  /// say why.
  public static func unexplained(
    _ paper: any Replication.Type, in registry: ResultRegistry
  ) throws -> [DeclarationProblem] {
    let id = paper.paper.id
    let posts = try Goalposts(of: id, in: registry)
    let judged = try registry.latestVerdicts(of: id)
    var problems: [DeclarationProblem] = []
    for tier in Tier.allCases {
      for declaration in paper.declarations(at: tier) {
        guard
          let last = judged.first(where: {
            $0.claim == declaration.claim && $0.tier == tier.rawValue
          })
        else { continue }
        if posts[last.version] == nil {
          problems.append(
            DeclarationProblem(
              place: "\(id)/\(declaration.claim) at \(tier.rawValue)",
              problem: "was last judged, in run \(last.run.short), in a version that this program "
                + "cannot read, so that nobody can say what moved",
              line: paper.line(ofClaim: declaration.claim, at: tier)))
          continue
        }
        guard let move = posts.move(to: declaration, from: last.version), move.reason == nil
        else { continue }
        problems.append(
          DeclarationProblem(
            place: "\(id)/\(declaration.claim) at \(tier.rawValue)",
            problem: "demands something else than run \(last.run.short) judged ("
              + move.moves.joined(separator: "; ") + ") and does not say why; add .amended(…)",
            line: paper.line(ofClaim: declaration.claim, at: tier)))
      }
    }
    return problems
  }
}

/// What an amendment changed in a claim's demand.
public struct GoalpostMove: Hashable, Codable, Sendable {
  /// Each change, in words.
  public var moves: [String]
  /// Why, as the amended declaration says; nil where it does not.
  public var reason: String?

  /// The move in lines of text.
  public var lines: [String] { moves + ["because: \(reason ?? "no reason was given")"] }
}
