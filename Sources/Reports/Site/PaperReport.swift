import Digests
import Evidence
import Registry
import Replication
import Runner

/// What the registry and the catalogue know of one paper.
struct PaperReport {
  /// The paper's id.
  let id: String
  /// Its declaration; nil where the catalogue has none.
  let declared: (any Replication.Type)?
  /// Its runs, youngest first.
  let runs: [RunSummary]
  /// The youngest run of each tier that judged every claim at the declared seeds.
  let complete: [RunSummary]
  /// The tier that says most of the paper, of those that were run; the default where none was.
  let tier: String
  /// Its claims: as declared, then those that are declared no more.
  let claims: [ClaimReport]
  /// Judgements by which a verdict or a claim moved, youngest first.
  let moves: [Move]
  /// Every version of its claims.
  let posts: Goalposts

  /// Every judgement of every claim, oldest first, with what it demands differently from before.
  var history: [(judgement: JudgementSummary, goalposts: [String])] {
    let lines = claims.flatMap(\.tiers).flatMap { known in
      zip(known.history, [nil] + known.history).map { judgement, before in
        let isSame = before == nil || before?.version == judgement.version
        let demand =
          isSame
          ? nil
          : before.flatMap {
            known.posts.move(to: known.posts[judgement.version], from: $0.version)
          }
        return (judgement: judgement, goalposts: demand?.lines ?? [])
      }
    }
    return lines.sorted { one, other in
      let (a, b) = (one.judgement, other.judgement)
      return (a.startedAt, a.run, a.claim, a.edition) < (b.startedAt, b.run, b.claim, b.edition)
    }
  }

  /// The title; the id where the catalogue does not have the paper.
  var title: String { declared?.paper.title ?? id }

  /// The complete run of the tier that says most.
  var headline: RunSummary? { complete.first { $0.tier == tier } }

  /// A judgement that moved a verdict or its claim, and what stood before.
  struct Move {
    var now: JudgementSummary
    var before: JudgementSummary?
    /// What the claim demands differently from before; nil where nothing but its wording.
    var demand: GoalpostMove?
  }

  init(
    _ id: String, declared: (any Replication.Type)?, runs: [RunSummary], complete: [RunSummary],
    in registry: ResultRegistry
  ) throws {
    self.id = id
    self.declared = declared
    self.runs = runs
    self.complete = complete
    let known = Set(runs.map(\.id))
    let judgements = try registry.history(of: id).filter { known.contains($0.run) }
    let ranked = Tier.allCases.map(\.rawValue).reversed()
    tier =
      ranked.first { tier in complete.contains { $0.tier == tier } }
      ?? ranked.first { tier in judgements.contains { $0.tier == tier } }
      ?? judgements.last?.tier ?? Tier.standard.rawValue
    let posts = try Goalposts(of: id, in: registry)
    self.posts = posts
    claims = try ClaimReport.all(
      of: id, declared: declared, judgements, versions: registry.claimVersions(of: id), posts)
    var last: [String: JudgementSummary] = [:]
    var moves: [Move] = []
    for judgement in judgements {
      let key = "\(judgement.tier)/\(judgement.claim)"
      let before = last.updateValue(judgement, forKey: key)
      if before?.verdict != judgement.verdict || before?.version != judgement.version {
        let demand = before.flatMap {
          posts.move(to: posts[judgement.version], from: $0.version)
        }
        moves.append(Move(now: judgement, before: before, demand: demand))
      }
    }
    self.moves = moves.reversed()
  }
}

/// What is known of one claim of a paper.
struct ClaimReport {
  /// The paper's id.
  let paper: String
  /// The claim's key.
  let id: String
  /// What is known of it at each tier that declares or has judged it, smallest tier first.
  let tiers: [AtTier]

  /// A claim at a tier.
  struct AtTier {
    /// The tier.
    let tier: String
    /// The claim as a sentence.
    let statement: String
    /// Where the paper makes it.
    let place: String
    /// The declaration that stands now, else the last that was judged; nil where it is not legible.
    let declaration: ClaimDeclaration?
    /// The digest of the declaration that stands now; nil where there is none.
    let current: Digest?
    /// Its judgements, oldest first.
    let history: [JudgementSummary]
    /// Every version of the paper's claims.
    let posts: Goalposts

    /// The youngest judgement.
    var latest: JudgementSummary? { history.last }

    /// Whether the youngest judgement is of the declaration that stands now.
    var isCurrent: Bool { latest == nil || latest?.version == current }

    /// What the declaration that stands now demands differently from the one judged last.
    var demand: GoalpostMove? {
      current == nil ? nil : latest.flatMap { posts.move(to: declaration, from: $0.version) }
    }

    /// Whether the verdict counts: not for claims that are recorded only or expected to fail.
    var isCounted: Bool { declaration?.standing == nil || declaration?.standing == "judged" }

    /// A judgement as it is drawn.
    func interval(of judgement: JudgementSummary) -> JudgedInterval {
      JudgedInterval(judgement, by: posts[judgement.version]?.seeds)
    }
  }

  /// The claim at a tier, else at the largest that there is.
  func at(_ tier: String) -> AtTier? { tiers.first { $0.tier == tier } ?? tiers.last }

  /// Every claim of a paper: as declared, then those that are declared no more.
  static func all(
    of paper: String, declared: (any Replication.Type)?, _ judgements: [JudgementSummary],
    versions: [ClaimRecord], _ posts: Goalposts
  ) throws -> [ClaimReport] {
    let histories = Dictionary(grouping: judgements) { "\($0.tier)/\($0.claim)" }
    let records = Dictionary(versions.map { ($0.digest, $0) }, uniquingKeysWith: { one, _ in one })
    let declarations = Tier.allCases.flatMap { declared?.declarations(at: $0) ?? [] }
    var keys = declared?.claimKeys ?? []
    let gone = Set(versions.map(\.claim)).subtracting(keys).sorted()
    keys += gone
    var tiers = Tier.allCases.map(\.rawValue)
    tiers += Set(versions.map(\.tier)).subtracting(tiers).sorted()
    return try keys.compactMap { key in
      let known = try tiers.compactMap { tier -> AtTier? in
        let declaration = declarations.first { $0.claim == key && $0.tier.rawValue == tier }
        let history = histories["\(tier)/\(key)"] ?? []
        let record = history.last.flatMap { records[$0.version] }
        guard declaration != nil || record != nil else { return nil }
        return AtTier(
          tier: tier, statement: declaration?.statement ?? record?.statement ?? "",
          place: declaration?.place ?? record?.place ?? "",
          declaration: declaration ?? history.last.flatMap { posts[$0.version] },
          current: try declaration?.record.digest, history: history,
          posts: posts)
      }
      return known.isEmpty ? nil : ClaimReport(paper: paper, id: key, tiers: known)
    }
  }
}
