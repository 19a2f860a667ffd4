import Digests
import Foundation
import Provenance
import Testing

struct `The digest of a tree` {
  let sandbox: GitSandbox

  init() throws {
    sandbox = try GitSandbox()
    try sandbox.write("let a = 1\n", to: "Sources/A/a.swift")
    try sandbox.write("int b;\n", to: "Sources/B/b.c")
    try sandbox.write("{}", to: "Sources/B/data.json")
  }

  private func digest(_ places: String...) throws -> Digest {
    try treeDigest(
      of: places.map { sandbox.folder.appending(path: $0) }, relativeTo: sandbox.folder)
  }

  @Test func `is the same in another place and at another time`() throws {
    let before = try digest("Sources")
    let copy = try GitSandbox()
    try FileManager.default.copyItem(
      at: sandbox.place("Sources"), to: copy.place("Sources"))
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: 0), .posixPermissions: 0o755],
      ofItemAtPath: copy.folder.path + "/Sources/A/a.swift")
    #expect(try treeDigest(of: [copy.place("Sources")], relativeTo: copy.folder) == before)
  }

  @Test func `is pinned, since recorded identities depend on it`() throws {
    // The framing by hand: a header, then per file its kind, lengths, name and content.
    var bytes = Array("replicate.tree/1\n".utf8)
    let files = [
      ("Sources/A/a.swift", "let a = 1\n"), ("Sources/B/b.c", "int b;\n"),
      ("Sources/B/data.json", "{}"),
    ]
    for (name, content) in files {
      bytes += Array("file \(name.utf8.count) \(content.utf8.count)\n\(name)\(content)".utf8)
    }
    #expect(try digest("Sources") == Digest(of: bytes))
  }

  @Test func `ignores hidden files, backups, documents and the order of folders`() throws {
    let before = try digest("Sources/A", "Sources/B")
    #expect(try digest("Sources/B", "Sources/A", "Sources/A/a.swift") == before)
    try sandbox.write("x", to: "Sources/A/.hidden")
    try sandbox.write("x", to: "Sources/A/.build/x.swift")
    try sandbox.write("x", to: "Sources/A/a.swift~")
    try sandbox.write("x", to: "Sources/A/NOTES.md")
    try FileManager.default.createDirectory(
      at: sandbox.place("Sources/A/Empty"), withIntermediateDirectories: true)
    #expect(try digest("Sources/A", "Sources/B") == before)
  }

  @Test func `sees content, names and links`() throws {
    var seen: Set<Digest> = [try digest("Sources")]
    func expectNew(_ what: Comment) throws {
      #expect(seen.insert(try digest("Sources")).inserted, what)
    }
    try sandbox.write("let a = 2\n", to: "Sources/A/a.swift")
    try expectNew("content")
    try FileManager.default.moveItem(
      at: sandbox.place("Sources/B/b.c"), to: sandbox.place("Sources/A/b.c"))
    try expectNew("a move")
    try sandbox.write("", to: "Sources/A/empty.swift")
    try expectNew("an empty file")
    let link = sandbox.folder.appending(path: "Sources/A/link.swift")
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "a.swift")
    try expectNew("a link")
    try FileManager.default.removeItem(at: link)
    try FileManager.default.createSymbolicLink(atPath: link.path, withDestinationPath: "b.c")
    try expectNew("a link's target")
    try FileManager.default.removeItem(at: link)
    try sandbox.write("b.c", to: "Sources/A/link.swift")
    try expectNew("a file in the link's place")
  }

  @Test func `does not confuse the end of a name with the start of a content`() throws {
    let one = try GitSandbox()
    let other = try GitSandbox()
    try one.write("bc", to: "s/a")
    try other.write("c", to: "s/ab")
    let digests = try [one, other].map {
      try treeDigest(of: [$0.place("s")], relativeTo: $0.folder)
    }
    #expect(digests[0] != digests[1])
  }

  @Test func `is refused for what is missing or outside`() throws {
    #expect(throws: ProvenanceError.self) { try digest("Sources/C") }
    #expect(
      throws: ProvenanceError.outside(
        path: sandbox.place("Sources").path, root: sandbox.place("Sourc").path)
    ) {
      try treeDigest(of: [sandbox.place("Sources")], relativeTo: sandbox.place("Sourc"))
    }
  }

  @Test func `the newest modification is that of the youngest source`() throws {
    let root = sandbox.folder
    let times = [
      ("Sources/A/a.swift", 1000.0), ("Sources/B/b.c", 3000.5), ("Sources/B/data.json", 2.0),
    ]
    for (name, time) in times {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: time)],
        ofItemAtPath: root.appending(path: name).path)
    }
    try sandbox.write("now", to: "Sources/A/README.md")
    let newest = try newestModification(of: [sandbox.place("Sources")], relativeTo: root)
    #expect(newest == Date(timeIntervalSince1970: 3000.5))
    try FileManager.default.createDirectory(
      at: sandbox.place("Empty"), withIntermediateDirectories: true)
    #expect(try newestModification(of: [sandbox.place("Empty")], relativeTo: root) == nil)
  }
}
