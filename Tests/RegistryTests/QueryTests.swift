import Digests
import Foundation
import Registry
import Testing

struct `Asking the registry` {
  let registry: ResultRegistry

  init() throws { registry = try ResultRegistry() }

  @Test func `the latest run of each paper and tier is the youngest finished one`() throws {
    let old = try Sample.finish(Sample.run("a", at: 1000), in: registry)
    let new = try Sample.finish(Sample.run("b", at: 2000), in: registry)
    let standard = try Sample.finish(Sample.run("c", at: 500, tier: "standard"), in: registry)
    try registry.begin(Sample.run("d", at: 9000))
    let other = try Sample.finish(Sample.run("e", at: 10, paper: "roe2021-other"), in: registry)
    let latest = try registry.latestRuns().map(\.id)
    #expect(latest == [new.id, standard.id, other.id])
    #expect(!latest.contains(old.id))
  }

  @Test func `passes are those of the last complete runs of a tier, oldest first`() throws {
    let claims = try [Sample.claim("one"), Sample.claim("two")]
    let verdicts: [[RecordedVerdict]] = [[.fail, .fail], [.pass, .fail], [.pass, .pass]]
    for (index, (one, two)) in verdicts.map({ ($0[0], $0[1]) }).enumerated() {
      let run = Sample.run("\(index)", at: 1000 * index)
      try registry.begin(run)
      try registry.finish(
        run.id, Sample.end(), claims: claims,
        verdicts: [Sample.verdict(claims[0], one), Sample.verdict(claims[1], two)])
    }
    let partial = Sample.run("partial", at: 5000, selecting: ["--claim", "one"])
    _ = try Sample.finish(partial, in: registry)
    _ = try Sample.finish(Sample.run("other", at: 6000, tier: "standard"), in: registry)
    try registry.begin(Sample.run("open", at: 9000))
    #expect(try registry.passes(of: Sample.paper, at: "smoke", most: 9) == [0, 1, 2])
    #expect(try registry.passes(of: Sample.paper, at: "smoke", most: 2) == [1, 2])
    #expect(try registry.passes(of: Sample.paper, at: "standard", most: 9) == [1])
    #expect(try registry.passes(of: Sample.paper, at: "full", most: 9).isEmpty)
  }

  @Test func `the latest verdict of a claim outlives a run that left the claim out`() throws {
    let first = Sample.run("a", at: 1000)
    let second = Sample.run("b", at: 2000)
    let claims = try [Sample.claim("one"), Sample.claim("two")]
    try registry.begin(first)
    try registry.finish(
      first.id, Sample.end(), claims: claims,
      verdicts: [Sample.verdict(claims[0]), Sample.verdict(claims[1], .fail)])
    try registry.begin(second)
    try registry.finish(
      second.id, Sample.end(.inconclusive), claims: [claims[0]],
      verdicts: [Sample.verdict(claims[0], .inconclusive)])
    let latest = try registry.latestVerdicts(of: Sample.paper)
    #expect(latest.map(\.claim) == ["one", "two"])
    #expect(latest.map(\.verdict) == [.inconclusive, .fail])
    #expect(latest.map(\.run) == [second.id, first.id])
    #expect(try registry.latestVerdicts(of: "nobody1999-nothing").isEmpty)
  }

  @Test func `history shows when the goalposts moved`() throws {
    for (index, band) in ["0.4", "0.4", "0.3"].enumerated() {
      let run = Sample.run("\(index)", at: 1000 * index)
      let claim = try Sample.claim(band: band)
      try registry.begin(run)
      try registry.finish(run.id, Sample.end(), claims: [claim], verdicts: [Sample.verdict(claim)])
    }
    let history = try registry.history(of: Sample.paper, claim: "lowers-loss")
    #expect(history.count == 3)
    #expect(history[0].version == history[1].version)
    #expect(history[1].version != history[2].version)
    #expect(history.map(\.startedAt) == history.map(\.startedAt).sorted())
    #expect(history[0].band == .init(low: 0.4, high: .infinity))
    #expect(try registry.history(of: Sample.paper, claim: "other").isEmpty)
  }

  @Test func `the details of runs say what their history and their ledger say`() throws {
    let first = try Sample.finish(Sample.run("a", at: 1000), in: registry)
    let second = try Sample.finish(Sample.run("b", at: 2000), in: registry)
    let open = Sample.run("c", at: 3000)
    try registry.begin(open)
    let details = try registry.details(of: [second.id, open.id, first.id])
    #expect(details.map(\.run.id) == [second.id, open.id, first.id])
    #expect(details[1].end == nil && details[1].judgements.isEmpty && details[1].trials.isEmpty)
    let history = try registry.history(of: Sample.paper)
    #expect(details[2].judgements + details[0].judgements == history)
    for detail in [details[0], details[2]] {
      let entry = try registry.entry(of: detail.run.id)
      #expect(detail.run == entry.run && detail.end == entry.end)
      #expect(Set(detail.trials.map(\.identity)) == Set(entry.trials.map(\.identity)))
      let controls = Dictionary(
        uniqueKeysWithValues: entry.verdicts.compactMap { verdict in
          verdict.control.map { (verdict.claim, $0) }
        })
      #expect(detail.controls == controls)
    }
    #expect(throws: RegistryError.self) { try registry.details(of: [Digest(of: "nothing")]) }
  }

  @Test func `a run is found by the start of its id`() throws {
    let runs = try (0..<40).map {
      try Sample.finish(Sample.run("\($0)", at: $0), in: registry)
    }
    let first = try #require(runs.first)
    #expect(try registry.run(startingWith: first.id.short) == first.id)
    #expect(try registry.run(startingWith: first.id.description.uppercased()) == first.id)
    #expect(throws: RegistryError.unknownRun("abc")) { try registry.run(startingWith: "abc") }
    #expect(throws: RegistryError.unknownRun("%%%%")) { try registry.run(startingWith: "%%%%") }
    #expect(throws: RegistryError.unknownRun("zzzz")) { try registry.run(startingWith: "zzzz") }
  }

  @Test func `an id that several runs share is refused with the candidates`() throws {
    var seen: [String: Digest] = [:]
    for index in 0..<2000 {
      let run = Sample.run("\(index)")
      let prefix = String(run.id.description.prefix(4))
      if let other = seen[prefix] {
        try registry.begin(run)
        try registry.begin(Sample.run("\(index)", at: 1_700_000_000_000))
        let twin = (0..<index).map { Sample.run("\($0)") }.first { $0.id == other }
        try registry.begin(try #require(twin))
        let expected = [run.id, other].sorted().map { String($0.description.prefix(16)) }
        #expect(throws: RegistryError.ambiguousRun(prefix, candidates: expected)) {
          try registry.run(startingWith: prefix)
        }
        return
      }
      seen[prefix] = run.id
    }
    Issue.record("no two of 2000 ids share four characters")
  }
}
