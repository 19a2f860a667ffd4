import Browser
import Digests
import FixturePapers
import Foundation
import Registry
import Reports
import SyntheticRegistry
import Testing

struct `A server of pages` {
  @Test func `answers each page of the static site with its bytes`() throws {
    let served = try Served()
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "served-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Site(of: served.registry, catalogue: [CoinPaper.self]).build(in: folder)
    let visitor = try Visitor(port: served.port)
    var pages = 0
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      guard path.contains("."), !path.hasPrefix("."),
        let bytes = FileManager.default.contents(atPath: "\(folder.path)/\(path)")
      else { continue }
      let answer = try #require(visitor.ask("/\(path)"), "\(path)")
      #expect(answer.status == 200, "\(path)")
      // Of each run's files the static site keeps those of the ledger and of the last run only.
      guard !path.hasPrefix("runs/") || path.hasSuffix(".json") else { continue }
      // Here a search is answered.
      guard path != "index.html", path != "claims.html" else { continue }
      pages += 1
      #expect(answer.body == Array(bytes), "\(path)")
    }
    #expect(pages > 40)
    #expect(visitor.ask("/")?.body == visitor.ask("/index.html")?.body)
    #expect(visitor.ask("/favicon.ico")?.body == visitor.ask("/assets/icon.svg")?.body)
    #expect(visitor.ask("/papers/\(Served.paper)/")?.status == 200)
  }

  @Test func `offers everything that any finished run recorded`() throws {
    let served = try Served()
    for run in try served.registry.runs().suffix(3) {
      let path = "/runs/\(run.id.description.prefix(2))/\(run.id)"
      let page = try #require(try served.ask("\(path).html"))
      #expect(page.status == 200 && page.text.contains("\(run.id).json"))
      let entry = try #require(try served.ask("\(path).json"))
      #expect(entry.text == (try served.registry.entry(of: run.id).text))
      #expect(entry.headers["content-disposition"] == "attachment")
      let trials = try #require(try served.ask("\(path).csv"))
      #expect(trials.text.split(separator: "\n").count == 5)
    }
  }

  @Test func `lets pages be read and nothing else`() throws {
    let served = try Served()
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT", "BREW"] {
      let answer = try #require(try served.ask("/", method: method))
      #expect([405, 400].contains(answer.status), "\(method)")
      #expect(answer.status == 400 || answer.headers["allow"] == "GET, HEAD")
    }
    for header in ["Content-Length: 3", "Transfer-Encoding: chunked"] {
      #expect(try served.ask("/", headers: "\(header)\r\n")?.status == 400)
    }
    let visitor = try Visitor(port: served.port)
    visitor.send("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc")
    #expect(visitor.answer()?.status == 400)
  }

  @Test func `tells browsers to load nothing from elsewhere and to guess no types`() throws {
    let served = try Served()
    for target in ["/", "/assets/site.css", "/nothing", "/feed.xml", "/claims.html?q=x"] {
      let headers = try #require(try served.ask(target)).headers
      let policy = try #require(headers["content-security-policy"])
      #expect(policy.hasPrefix("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
      #expect(!policy.contains("unsafe") && !policy.contains("*"))
      #expect(headers["x-content-type-options"] == "nosniff")
      #expect(headers["referrer-policy"] == "no-referrer")
      #expect(headers["cache-control"] == "no-cache")
      #expect(headers["set-cookie"] == nil && headers["access-control-allow-origin"] == nil)
      #expect(headers["date"]?.hasSuffix(" GMT") == true && headers["date"]?.utf8.count == 29)
    }
  }

  @Test func `answers HEAD as GET without the body`() throws {
    let served = try Served()
    let whole = try #require(try served.ask("/claims.html"))
    let head = try #require(try served.ask("/claims.html", method: "HEAD"))
    #expect(head.status == 200 && head.body.isEmpty)
    #expect(head.headers["content-length"] == "\(whole.body.count)")
    #expect(head.headers["etag"] == whole.headers["etag"])
  }

  @Test func `sends a page again only when it changed`() throws {
    let served = try Served()
    let tag = try #require(try served.ask("/")?.headers["etag"])
    for header in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
      let again = try #require(try served.ask("/", headers: "If-None-Match: \(header)\r\n"))
      #expect(again.status == 304 && again.body.isEmpty, "\(header)")
    }
    #expect(try served.ask("/", headers: "If-None-Match: \"x\"\r\n")?.status == 200)
  }

  @Test func `finds papers and claims by their words, without a script`() throws {
    let served = try Served()
    let all = try #require(try served.ask("/claims.html")).text
    let found = try #require(try served.ask("/claims.html?q=Synthetic-1++claim-2")).text
    #expect(found.utf8.count < all.utf8.count / 2)
    #expect(found.contains("1 of "))
    #expect(found.contains("value=\"Synthetic-1") && !all.contains("hidden=\"hidden\" data-file"))
    let none = try #require(try served.ask("/index.html?q=nowhere%20to%20be%20found")).text
    #expect(none.contains("0 of 4 papers"))
    #expect(try served.ask("/?q=")?.body == served.ask("/")?.body)
    #expect(try served.ask("/?other=1")?.body == served.ask("/")?.body)
    #expect(try served.ask("/about.html?q=x")?.status == 404)
  }

  @Test(arguments: [
    "%3Cscript%3Ealert(1)%3C/script%3E", "%22onmouseover%3D%22alert(1)", "%E2%80%AEx%1B%5B31m",
    "%00", "%zz", "%", "%ff%fe", "%F0%9F", String(repeating: "x%20", count: 400),
  ]) func `keeps a hostile search inert`(search: String) throws {
    let served = try Served()
    for page in ["/", "/claims.html"] {
      let answer = try #require(try served.ask("\(page)?q=\(search)"))
      #expect(answer.status == 200)
      #expect(!answer.text.contains("<script>") && !answer.text.contains("\"onmouse"))
      #expect(
        !answer.text.unicodeScalars.contains { "\u{202e}\u{1b}\u{0}".unicodeScalars.contains($0) })
    }
  }

  @Test func `shows what another connection recorded, and follows a run that has not ended`() throws
  {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "followed-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "registry.sqlite")
    let writer = try ResultRegistry(at: file)
    var synthetic = SyntheticRegistry()
    synthetic.runs = 3
    try synthetic.write(to: writer)
    let served = try Served(ResultRegistry(at: file, access: .readOnly))
    let run = synthetic.run(40)
    let paper = "/papers/\(run.paper)/"
    let before = try #require(try served.ask(paper)).text
    let quiet = try served.site.refresh()
    #expect(!quiet)

    try writer.begin(run)
    let path = "/runs/\(run.id.description.prefix(2))/\(run.id).html"
    let open = try #require(try served.ask(path))
    #expect(open.headers["refresh"] == "5" && open.text.contains("every five seconds"))
    let still = try #require(try served.ask("\(path)?still"))
    #expect(still.headers["refresh"] == nil && !still.text.contains("every five seconds"))

    try writer.finish(
      run.id, RunEnd(interruptedAt: run.startedAt, seconds: 1, note: "stopped by a test"))
    let changed = try served.site.refresh()
    #expect(changed)
    #expect(try served.ask(paper)?.text != before)
    #expect(try served.ask(path)?.headers["refresh"] == nil)
  }

  @Test func `shows a run under way as it is now, and what was judged again`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "under-way-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "registry.sqlite")
    let registry = try ResultRegistry(at: file)
    var synthetic = SyntheticRegistry()
    (synthetic.papers, synthetic.runs) = (1, 3)
    try synthetic.write(to: registry)
    let served = try Served(ResultRegistry(at: file, access: .readOnly))
    let open = synthetic.run(40)
    try registry.begin(open)
    let path = "/runs/\(open.id.description.prefix(2))/\(open.id).html"
    #expect(try served.ask(path)?.text.contains(", 0 trials,") == true)
    let trial = TrialRecord(
      identity: Digest(of: "one"), paper: open.paper, setup: try CanonicalJSON("{}"), seed: 0,
      failing: .crashed, message: "out of memory", seconds: 1, executedIn: open.id)
    try registry.record([trial], in: open.id, at: open.startedAt, waiting: false)
    #expect(try served.ask(path)?.text.contains(", 1 trial,") == true)

    let run = try #require(try registry.runs().first { $0.verdict != nil })
    let ended = "/runs/\(run.id.description.prefix(2))/\(run.id).html"
    let page = "/papers/\(run.paper)/claims/claim-0.html"
    _ = try served.site.refresh()
    for place in [ended, page] {
      #expect(try served.ask(place)?.text.contains("udged again") == false, "\(place)")
    }
    let claim = try #require(
      try registry.claimVersions(of: run.paper).first { $0.claim == "claim-0" })
    var verdict = try #require(
      try registry.verdicts(of: run.id).first { $0.claim == claim.digest })
    verdict.edition += 1
    try registry.record([
      Rejudgement(
        run: run.id, judgedAt: .now(), commit: nil, isClean: nil, claim: claim, verdict: verdict)
    ])
    _ = try served.site.refresh()
    for place in [ended, page] {
      #expect(try served.ask(place)?.text.contains("udged again") == true, "\(place)")
    }
  }

  @Test func `tells nobody where a registry lies that cannot be read`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "damaged-\(UUID().uuidString)", directoryHint: .isDirectory)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "registry.sqlite")
    var synthetic = SyntheticRegistry()
    synthetic.runs = 300
    do { try synthetic.write(to: ResultRegistry(at: file)) }
    let served = try Served(ResultRegistry(at: file, access: .readOnly))
    let handle = try FileHandle(forWritingTo: file)
    let size = try handle.seekToEnd()
    try handle.seek(toOffset: 0)
    try handle.write(contentsOf: Data(repeating: 0x78, count: Int(size)))
    var refused = 0
    for run in (0..<300).map({ synthetic.run($0) }) {
      let answer = try #require(
        try served.ask("/runs/\(run.id.description.prefix(2))/\(run.id).html"))
      guard answer.status != 200 else { continue }
      refused += 1
      #expect(answer.status == 503)
      #expect(
        answer.text
          == "503 Service Unavailable: the registry cannot be read at this moment\n")
    }
    #expect(refused > 0)
  }
}
