import Browser
import Foundation
import SyntheticRegistry
import Testing

struct `A hostile visitor` {
  static let traversals = [
    "/../../../../etc/passwd", "/..%2f..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/etc/passwd",
    "/..\\..\\etc\\passwd", "/papers/../../registry.sqlite", "//etc/passwd",
    "//proc/self/root/etc/passwd", "/assets/../../../etc/passwd", "/runs/%00.html",
    "/runs/../index.html", "/./index.html", "/index.html%00", "/index.html/", "/.replicate-site",
    "/runs/aa/\(String(repeating: "a", count: 64)).html", "/runs/aa/x.html", "/commits/.html",
    "/commits/..html", "/papers//index.html", "/INDEX.HTML", "/index.html#x", "/%69ndex.html",
    "/file:///etc/passwd", "/~root/.ssh/id_rsa", "/registry.sqlite", "/.git/config",
  ]

  @Test(arguments: traversals) func `finds no file beside the pages`(target: String) throws {
    let served = try Served()
    let answer = try #require(try served.ask(target))
    #expect([404, 400].contains(answer.status))
    #expect(!answer.text.contains("root:"))
  }

  @Test(arguments: [
    "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "localhost:80:80",
    "localhost:", "localhost:http", "user@localhost", "[::1", "[::1]x", "", "0.0.0.0", "localhost.",
  ]) func `gets nothing under a name that is not the server's`(host: String) throws {
    let served = try Served()
    let answer = try #require(try served.ask("/", host: host))
    #expect([421, 400].contains(answer.status))
    #expect(!answer.text.contains("<html"))
  }

  @Test func `gets the pages under the names of this machine, through a tunnel too`() throws {
    let served = try Served()
    for host in ["localhost", "LOCALHOST:9", "127.0.0.1:65535", "[::1]:8765", "[::1]"] {
      #expect(try served.ask("/", host: host)?.status == 200, "\(host)")
    }
    let twice = try served.ask("/", headers: "Host: evil.example\r\n")
    #expect(twice?.status == 400)
  }

  @Test(arguments: [
    "\r\n\r\n", "GET\r\n\r\n", "GET /\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "\u{16}\u{3}\u{1}\u{2}",
    "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
    "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n", "SSH-2.0-x\r\n",
    "GET / HTTP/1.1\nHost: localhost\nX: a\u{0}b\n\n", "GET /\u{1}\u{7f} HTTP/1.1\r\n\r\n",
  ]) func `is refused what is no proper request`(request: String) throws {
    var limits = VisitorLimits()
    limits.patience = 1
    let served = try Served(limits: limits)
    let visitor = try Visitor(port: served.port)
    visitor.send(request)
    let answer = String(decoding: try #require(visitor.rest()), as: UTF8.self)
    #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
    #expect(try served.ask("/")?.status == 200)
  }

  @Test func `cannot make the server keep long headers`() throws {
    let served = try Served()
    for headers in [
      "X: \(String(repeating: "a", count: 20_000))\r\n",
      String(repeating: "X: \(String(repeating: "a", count: 900))\r\n", count: 60),
      (0..<200).map { "X-\($0): a\r\n" }.joined(),
    ] {
      let visitor = try Visitor(port: served.port)
      visitor.send("GET / HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n")
      let answer = String(decoding: try #require(visitor.rest()), as: UTF8.self)
      #expect(answer.isEmpty || answer.hasPrefix("HTTP/1.1 4"))
    }
    let long = try served.ask("/" + String(repeating: "a", count: 3000))
    #expect(long?.status == 414)
    #expect(try served.ask("/")?.status == 200)
  }

  @Test func `who sends slowly is not waited for`() throws {
    var limits = VisitorLimits()
    limits.patience = 1
    let served = try Served(limits: limits)
    let silent = try Visitor(port: served.port)
    let trickling = try Visitor(port: served.port)
    var lines = 0
    while lines < 100, trickling.send(lines == 0 ? "GET / HTTP/1.1\r\n" : "X-\(lines): a\r\n") {
      lines += 1
      Thread.sleep(forTimeInterval: 0.1)
    }
    #expect(lines < 100)
    #expect(silent.rest() == [])
    #expect(try served.ask("/")?.status == 200)
  }

  @Test func `who takes nothing in is not waited for`() throws {
    var limits = VisitorLimits()
    (limits.patience, limits.slowest) = (1, 1 << 20)
    let served = try Served(limits: limits) { $0.claims = 300 }
    let size = try #require(try served.ask("/claims.html")).body.count
    // More than both ends of the connection hold between them.
    let count = (40 << 20) / size
    var taken = count * size
    // On a busy machine the server may not have begun when the visitor wakes.
    for pause in [3.0, 6, 12, 24] where taken >= count * size {
      let visitor = try Visitor(port: served.port)
      visitor.send(
        String(repeating: "GET /claims.html HTTP/1.1\r\nHost: localhost\r\n\r\n", count: count))
      Thread.sleep(forTimeInterval: pause)
      taken = try #require(visitor.rest()).count
    }
    #expect(taken < count * size)
    #expect(try served.ask("/")?.status == 200)
  }

  @Test func `who holds many connections open keeps nobody out`() throws {
    var limits = VisitorLimits()
    // Patience for longer than the visitor has, so that it is the number that closes one.
    (limits.connections, limits.patience) = (20, 60)
    let served = try Served(limits: limits)
    let idle = try (0..<200).map { _ in try Visitor(port: served.port) }
    for _ in 0..<5 { #expect(try served.ask("/")?.status == 200) }
    #expect(idle[0].rest() == [])
  }

  @Test func `who asks for much at once is answered in order`() throws {
    let served = try Served()
    let visitor = try Visitor(port: served.port)
    let targets = (0..<50).map { $0 % 2 == 0 ? "/about.html" : "/claims.html?q=x" }
    visitor.send(targets.map { "GET \($0) HTTP/1.1\r\nHost: localhost\r\n\r\n" }.joined())
    visitor.send("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    let all = String(decoding: try #require(visitor.rest()), as: UTF8.self)
    #expect(all.components(separatedBy: "HTTP/1.1 200 OK").count == 52)
    #expect(all.components(separatedBy: "Connection: close").count == 2)
  }
}

struct `An address to serve at` {
  @Test func `is this machine's own unless told otherwise`() throws {
    for address in ["0.0.0.0", "::", "192.168.0.1", "10.1.2.3"] {
      #expect(throws: BrowserError.publicAddress(address)) {
        try ListeningAddress(address, port: 0)
      }
    }
    for address in ["localhost", "127.0.0.1", "127.9.9.9", "::1"] {
      _ = try ListeningAddress(address, port: 0)
    }
  }

  @Test func `that is every address needs its names`() throws {
    #expect(throws: BrowserError.namelessAddress("0.0.0.0")) {
      try ListeningAddress("0.0.0.0", port: 0, isPublic: true)
    }
    _ = try ListeningAddress("0.0.0.0", port: 0, names: ["results.example"], isPublic: true)
  }

  @Test func `is refused where it is none`() {
    for address in ["", "example.org", "1.2.3", "127.0.0.1:80"] {
      #expect(throws: BrowserError.badAddress(address)) {
        try ListeningAddress(address, port: 0)
      }
    }
    #expect(throws: BrowserError.self) { try ListeningAddress(port: 70_000) }
  }

  @Test func `that is taken is told`() throws {
    let served = try Served()
    let address = try ListeningAddress(port: served.port)
    #expect(throws: BrowserError.self) { try Browser(served.site, at: address) { _ in } }
  }
}
