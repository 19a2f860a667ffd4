import FixturePapers
import Foundation
import Registry
import Reports
import SyntheticRegistry
import Testing

struct `A site` {
  /// Judges a claim of a run again, at a commit where nothing was run.
  private func judgeAgain(at commit: String, in registry: ResultRegistry) throws {
    let run = try #require(try registry.completeRuns(at: "standard").first)
    let claim = try #require(
      try registry.claimVersions(of: run.paper).first { $0.claim == "claim-0" })
    var verdict = try #require(
      try registry.verdicts(of: run.id).first { $0.claim == claim.digest })
    verdict.edition += 1
    let again = Rejudgement(
      run: run.id, judgedAt: .now(), commit: commit, isClean: true, claim: claim, verdict: verdict)
    #expect(try registry.record([again]) == 1)
  }

  @Test func `is well-formed, and each of its links leads somewhere`() throws {
    let place = try Workplace()
    let registry = try Workplace.registry()
    try judgeAgain(at: String(repeating: "ab", count: 20), in: registry)
    try place.build(registry, catalogue: [CoinPaper.self])
    let files = try place.files()
    #expect(files.count > 60)
    let judged = files.filter { String(decoding: $1, as: UTF8.self).contains("ababababab") }
    #expect(judged.keys.contains { $0.hasSuffix("/claims/claim-0.html") })
    var links = 0
    for (path, data) in files where path.hasSuffix(".html") || path.hasSuffix(".xml") {
      let page = Parsed(data)
      #expect(page.problem == nil, "\(path)")
      #expect(Set(page.identifiers).count == page.identifiers.count, "\(path)")
      for link in page.links where !link.hasPrefix("#") && !link.hasPrefix("https://arxiv.org/abs/")
      {
        links += 1
        let target = URL(filePath: "/site/\(path)").deletingLastPathComponent()
          .appending(path: link).standardized.path(percentEncoded: false)
        #expect(files[String(target.dropFirst("/site/".count))] != nil, "\(path): \(link)")
      }
    }
    #expect(links > 500)
  }

  @Test func `loads nothing from elsewhere and runs no script in its pages`() throws {
    let place = try Workplace()
    try place.build(Workplace.registry(), catalogue: [CoinPaper.self])
    for (path, data) in try place.files() where path.hasSuffix(".html") {
      let page = Parsed(data)
      #expect(page.textOfScripts.isEmpty, "\(path)")
      #expect(
        page.attributes.allSatisfy { !$0.name.hasPrefix("on") && $0.name != "style" }, "\(path)")
      let loaded = page.attributes.filter {
        $0.element != "a" && ($0.name == "src" || $0.name == "href")
      }
      #expect(loaded.allSatisfy { !$0.value.contains(":") && !$0.value.hasPrefix("/") }, "\(path)")
      #expect(
        page.elements["h1"] == 1 && page.elements["main"] == 1 && page.elements["title"] ?? 0 >= 1,
        "\(path)")
    }
  }

  @Test func `built twice has the same bytes, also after runs came in another order`() throws {
    let place = try Workplace()
    let registry = try Workplace.registry()
    try place.build(registry)
    try place.build(Workplace.registry(), in: "other")
    #expect(try place.files() == place.files(in: "other"))
  }

  @Test func `leaves unchanged files alone and removes what it wrote for things that are gone`()
    throws
  {
    let place = try Workplace()
    var synthetic = SyntheticRegistry()
    try place.build(Workplace.registry(synthetic))
    let past = Date(timeIntervalSince1970: 1_000_000_000)
    let page = place.site.appending(path: "about.html").path(percentEncoded: false)
    try FileManager.default.setAttributes([.modificationDate: past], ofItemAtPath: page)
    let own = place.site.appending(path: "papers/mine.txt")
    try Data("mine".utf8).write(to: own)
    let before = try place.files()

    let again = try place.build(Workplace.registry(synthetic))
    #expect(again.written == 0 && again.removed == 0 && again.unchanged == before.count - 2)
    #expect(
      try FileManager.default.attributesOfItem(atPath: page)[.modificationDate] as? Date == past)

    synthetic.papers = 2
    let smaller = try place.build(Workplace.registry(synthetic))
    #expect(smaller.removed > 0)
    let after = try place.files()
    #expect(after["papers/mine.txt"] == Data("mine".utf8))
    #expect(after.keys.allSatisfy { !$0.contains("synthetic-2") })
    try place.build(Workplace.registry(synthetic), in: "fresh")
    var fresh = try place.files(in: "fresh")
    fresh["papers/mine.txt"] = Data("mine".utf8)
    #expect(after == fresh)
  }

  @Test func `writes a page anew whose bytes differ though it is as long`() throws {
    let place = try Workplace()
    try place.build(Workplace.registry())
    let before = try place.files()
    let page = place.site.appending(path: "about.html")
    let other = try #require(before["about.html"]).map { $0 == UInt8(ascii: "a") ? 0x62 : $0 }
    try Data(other).write(to: page)
    #expect(try place.build(Workplace.registry()).written == 1)
    #expect(try place.files() == before)
  }

  @Test func `refuses a folder that holds something else`() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place.site, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: place.site.appending(path: "thesis.tex"))
    let error = #expect(throws: SiteError.self) { try place.build(Workplace.registry()) }
    #expect(error?.problem.hasSuffix("is not empty and not a site of this program") == true)
    #expect(try place.files().keys.sorted() == ["thesis.tex"])
  }

  @Test(arguments: ["../secret", "/etc/passwd", "a/../../b", "a//b", ".hidden", "a\\b", "a\u{1b}b"])
  func `trusts no list that leads out of it`(path: String) throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(at: place.site, withIntermediateDirectories: true)
    try Data("replicate.site/1\n\(path)\n".utf8).write(
      to: place.site.appending(path: ".replicate-site"))
    #expect(throws: SiteError.self) { try place.build(Workplace.registry()) }
  }

  @Test func `follows no link out of its folder`() throws {
    let place = try Workplace()
    let outside = place.folder.appending(path: "outside", directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: outside, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(at: place.site, withIntermediateDirectories: true)
    try Data("replicate.site/1\nruns/mine.html\n".utf8).write(
      to: place.site.appending(path: ".replicate-site"))
    try FileManager.default.createSymbolicLink(
      at: place.site.appending(path: "runs"), withDestinationURL: outside)
    try Data("mine".utf8).write(to: outside.appending(path: "mine.html"))
    #expect(throws: SiteError.self) { try place.build(Workplace.registry()) }
    #expect(try place.files(in: "outside") == ["mine.html": Data("mine".utf8)])
  }

  @Test func `of an empty registry says so`() throws {
    let place = try Workplace()
    try place.build(ResultRegistry())
    let page = try #require(try place.files()["index.html"])
    #expect(Parsed(page).text.contains("Nothing is recorded, and no paper is declared."))
    try place.build(ResultRegistry(), catalogue: [CoinPaper.self], in: "declared")
    let other = try #require(try place.files(in: "declared")["index.html"])
    #expect(Parsed(other).text.contains("Nothing is recorded yet"))
    #expect(Parsed(other).text.contains("7 not run"))
  }

  @Test func `marks where a claim was declared otherwise before`() throws {
    let place = try Workplace()
    try place.build(Workplace.registry())
    let files = try place.files()
    let moved = try #require(files["papers/doe2000-synthetic-0/claims/claim-1.html"])
    #expect(Parsed(moved).text.contains("It demanded something else before:"))
    #expect(Parsed(moved).text.contains("loss of plain: >= 0.4 nat → >= 0.3 nat;"))
    #expect(Parsed(moved).attributes.contains { $0.name == "class" && $0.value == "goal" })
    let changes = try #require(files["changes.html"])
    #expect(Parsed(changes).text.contains("The declaration changed:"))
  }
}
