import Digests
import Registry
import Replication

/// What the registry holds at one moment, as far as more than one page needs it.
struct SiteIndex {
  /// The papers of the catalogue in its order, then those that only the registry knows.
  let papers: [Paper]
  /// All runs, youngest first.
  let runs: [RunSummary]
  /// The titles of the catalogue's papers, by id.
  let titles: [String: String]

  /// A paper and its runs.
  struct Paper {
    let id: String
    /// Its declaration; nil where the catalogue has none.
    let declared: (any Replication.Type)?
    let recorded: Recorded
  }

  /// What of a paper's records decides whether its pages are made anew.
  struct Recorded: Hashable {
    /// Its runs, youngest first.
    var runs: [RunSummary] = []
    /// The youngest run of each tier that judged every claim at the declared seeds.
    var complete: [RunSummary] = []
    /// How many judgements were made later from what its runs recorded.
    var rejudgements = 0
  }

  init(of registry: ResultRegistry, catalogue: [any Replication.Type]) throws {
    runs = try registry.runs()
    titles = Dictionary(
      catalogue.map { ($0.paper.id, $0.paper.title) }, uniquingKeysWith: { one, _ in one })
    var recorded = Dictionary(grouping: runs, by: \.paper).mapValues { Recorded(runs: $0) }
    // A run that began since the list was read has no page yet.
    let known = Set(runs.map(\.id))
    for run in try registry.latestRuns() where known.contains(run.id) {
      recorded[run.paper]?.complete.append(run)
    }
    for (paper, count) in try registry.rejudgementCounts() {
      recorded[paper]?.rejudgements = count
    }
    let declared = catalogue.map {
      Paper(id: $0.paper.id, declared: $0, recorded: recorded[$0.paper.id] ?? Recorded())
    }
    let ids = Set(declared.map(\.id))
    let others = recorded.filter { !ids.contains($0.key) }.sorted { $0.key < $1.key }
    papers = declared + others.map { Paper(id: $0.key, declared: nil, recorded: $0.value) }
  }
}
