package import Digests
import Evidence
package import Registry
package import Replication
import Runner

/// The claims that an export tells of, with their latest judgements.
package struct ExportSelection: Sendable {
  /// What is asked for.
  package struct Request: Sendable {
    /// The papers; an empty list means all.
    package var papers: [Part] = []
    /// Only this tier; nil takes of each paper the one that says most.
    package var tier: Tier?
    /// Only what this run judged.
    package var run: Digest?

    /// Everything.
    package init() {}

    /// A paper, or some of its claims.
    package struct Part: Sendable {
      /// The paper's id.
      package var id: String
      /// The keys of its claims; all where nil.
      package var claims: Set<String>?

      /// A part of a request.
      package init(_ id: String, claims: Set<String>? = nil) {
        (self.id, self.claims) = (id, claims)
      }
    }
  }

  /// The claims, paper by paper, in the order of the catalogue and of the declarations.
  package let claims: [ExportedClaim]
  /// How many claims of the papers asked for the tier does not judge.
  package let otherTiers: Int
  /// How many claims were judged once and are declared no more.
  package let undeclared: Int
  /// The papers whose youngest run at the tier did not end, so that what is told is older.
  package let unfinished: [String]

  /// Selects the latest judgements.
  ///
  /// - Parameters:
  ///   - request: What is asked for.
  ///   - registry: Where they are recorded.
  ///   - catalogue: The papers that the program has.
  /// - Throws: What the registry throws.
  package init(
    _ request: Request, from registry: ResultRegistry, catalogue: [any Replication.Type]
  ) throws {
    let complete = Dictionary(grouping: try registry.latestRuns(), by: \.paper)
    var known = catalogue.map { $0.paper.id }
    if request.papers.isEmpty {
      known += Set(try registry.runs().map(\.paper)).subtracting(known).sorted()
    }
    let papers = request.papers.isEmpty ? known.map { Request.Part($0) } : request.papers
    var claims: [ExportedClaim] = []
    var otherTiers = 0
    var undeclared = 0
    var unfinished: [String] = []
    for paper in papers {
      let id = paper.id
      let declared = catalogue.first { $0.paper.id == id }
      let runs = try registry.runs(of: id)
      if let run = request.run, !runs.contains(where: { $0.id == run }) { continue }
      let report = try PaperReport(
        id, declared: declared, runs: runs, complete: complete[id] ?? [], in: registry)
      let tier = request.tier?.rawValue ?? report.tier
      if request.run == nil, let run = runs.first(where: { $0.tier == tier }), run.verdict == nil {
        unfinished.append(id)
      }
      for claim in report.claims where paper.claims?.contains(claim.id) ?? true {
        let tiers = claim.tiers.compactMap { Candidate($0, request, isDeclared: declared != nil) }
        let known =
          tiers.first { $0.at.tier == tier }
          ?? (request.tier == nil ? tiers.last { $0.judgement != nil } : nil)
        if let known {
          claims.append(ExportedClaim(claim, known, of: report, declared, request))
        } else if declared?.claimKeys.contains(claim.id) ?? true {
          otherTiers += 1
        } else {
          undeclared += 1
        }
      }
    }
    self.claims = claims
    self.otherTiers = otherTiers
    self.undeclared = undeclared
    self.unfinished = unfinished
  }

  /// What is left out, in words.
  package var omissions: [String] {
    var notes = unfinished.map {
      "the youngest run of \($0.inert) did not end; what is told is older"
    }
    if otherTiers > 0 {
      notes.append("\(counted(otherTiers, "claim")) not judged at the tier left out")
    }
    if undeclared > 0 { notes.append("\(counted(undeclared, "claim")) declared no more left out") }
    return notes
  }

  /// A selection of claims at hand.
  package init(_ claims: [ExportedClaim]) {
    self.claims = claims
    otherTiers = 0
    undeclared = 0
    unfinished = []
  }

  /// The claims of each paper, in order.
  var papers: [ExportSelection] {
    var order: [String] = []
    var groups: [String: [ExportedClaim]] = [:]
    for claim in claims {
      if groups[claim.paper] == nil { order.append(claim.paper) }
      groups[claim.paper, default: []].append(claim)
    }
    return order.map { ExportSelection(groups[$0] ?? []) }
  }

  /// The runs whose results were judged, oldest first.
  var runs: [RunSummary] {
    Set(claims.compactMap(\.run)).sorted {
      ($0.startedAt, $0.id.short) < ($1.startedAt, $1.id.short)
    }
  }

  /// A claim at a tier with the judgement that is told.
  fileprivate struct Candidate {
    let at: ClaimReport.AtTier
    let judgement: JudgementSummary?

    /// Nil where there is nothing to tell: the claim is not declared at the tier, or not judged in
    /// the run asked for.
    init?(_ at: ClaimReport.AtTier, _ request: Request, isDeclared: Bool) {
      self.at = at
      if let run = request.run {
        guard let own = at.history.first(where: { $0.run == run && $0.judgedAt == nil })
        else { return nil }
        judgement = own
        return
      }
      // Of the youngest run, the judgement by the declaration that stands now, where there is one.
      let latest = at.latest
      let again = at.history.filter { $0.run == latest?.run && $0.version == at.current }
      judgement = again.last ?? latest
      if isDeclared && at.current == nil { return nil }
    }
  }
}

extension ExportedClaim {
  fileprivate init(
    _ claim: ClaimReport, _ known: ExportSelection.Candidate, of paper: PaperReport,
    _ declared: (any Replication.Type)?, _ request: ExportSelection.Request
  ) {
    let (at, judgement) = (known.at, known.judgement)
    let judged = judgement.flatMap { at.posts[$0.version] }
    self.paper = paper.id
    title = paper.title
    self.claim = claim.id
    tier = at.tier
    statement = at.statement
    place = at.place
    // What was asked of a run is told by what it was judged by.
    let declaration = request.run == nil ? at.declaration : judged
    rule = judged?.seeds ?? declaration?.seeds
    standing = Standing(declaration?.standing)
    self.judgement = judgement
    run = judgement.flatMap { entry in paper.runs.first { $0.id == entry.run } }
    let own = judgement.flatMap { entry in
      at.history.last { $0.run == entry.run && $0.judgedAt == nil }
    }
    original = own == judgement ? nil : own
    moved = original.flatMap { at.posts.move(to: judged, from: $0.version) }
    isCurrent = judgement == nil || judgement?.version == at.current
    demand =
      request.run != nil || at.current == nil
      ? nil : judgement.flatMap { at.posts.move(to: at.declaration, from: $0.version) }
    source =
      declared.flatMap { paper -> SourcePlace? in
        Tier(rawValue: at.tier).flatMap { SourcePlace(ofClaim: claim.id, of: paper, at: $0) }
      }
    self.declared = at.declaration?.conditions.first
  }
}
