import Foundation
import Provenance
import Testing

@Suite(.enabled(if: GitSandbox.hasGit, "there is no git here"))
struct `A history` {
  private func history(_ sandbox: GitSandbox, _ name: String = "repo") throws -> GitHistory {
    try GitHistory(containing: sandbox.place(name))
  }

  @Test func `knows what a revision names`() throws {
    let sandbox = try GitSandbox()
    let head = try sandbox.repository()
    try sandbox.git("tag", "-am", "x", "v1", "HEAD~1", in: "repo")
    let first = try sandbox.git("rev-parse", "HEAD~1", in: "repo")
    let history = try history(sandbox)
    #expect(try history.commit("HEAD") == head)
    #expect(try history.commit("main") == head)
    #expect(try history.commit(String(head.prefix(7))) == head)
    #expect(try history.commit("v1") == first)
    for nothing in ["", "HEAD~2", "nope", "\u{0}", "--all", "../x", "HEAD:a.txt", "^{/x", "@{u}"] {
      #expect(try history.commit(nothing) == nil, "\(nothing)")
    }
  }

  @Test func `counts changes from where HEAD left the default branch`() throws {
    let sandbox = try GitSandbox()
    let fork = try sandbox.repository()
    try sandbox.git("clone", "-q", "repo", "clone")
    try sandbox.git("checkout", "-q", "-b", "feature", in: "clone")
    for name in ["x", "y"] {
      try sandbox.write(name, to: "clone/\(name)")
      try sandbox.git("add", ".", in: "clone")
      try sandbox.git("commit", "-qm", name, in: "clone")
    }
    let base = try history(sandbox, "clone").base()
    #expect(base.commit == fork)
    #expect(base.meaning == "where HEAD left origin/HEAD")
    // What the default branch has since is not of HEAD.
    try sandbox.git("commit", "-qm", "later", "--allow-empty", in: "repo")
    try sandbox.git("fetch", "-q", in: "clone")
    #expect(try history(sandbox, "clone").base() == base)
    // Also without a branch, as continuous integration checks out.
    try sandbox.git("checkout", "-q", "--detach", in: "clone")
    #expect(try history(sandbox, "clone").base().commit == fork)
    try sandbox.git("remote", "remove", "origin", in: "clone")
    #expect(try history(sandbox, "clone").base().meaning == "where HEAD left main")
  }

  @Test func `counts changes on the default branch from the commit before`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    let base = try history(sandbox).base()
    #expect(base.commit == (try sandbox.git("rev-parse", "HEAD~1", in: "repo")))
    #expect(base.meaning == "the commit before HEAD")
    try sandbox.git("clone", "-q", "repo", "clone")
    #expect(try history(sandbox, "clone").base() == base)
  }

  @Test func `says why there is nothing to count changes from`() throws {
    let sandbox = try GitSandbox()
    #expect(throws: ProvenanceError.noRepository(path: sandbox.folder.path + "/")) {
      try GitHistory(containing: sandbox.folder)
    }
    try sandbox.git("init", "-q", "-b", "main", "unborn")
    #expect(throws: ProvenanceError.noCommit) { try history(sandbox, "unborn").base() }
    #expect(throws: ProvenanceError.noCommit) { try history(sandbox, "unborn").commit("HEAD") }
    try sandbox.write("a", to: "unborn/a")
    try sandbox.git("add", ".", in: "unborn")
    try sandbox.git("commit", "-qm", "first", in: "unborn")
    #expect(throws: ProvenanceError.noEarlierCommit) { try history(sandbox, "unborn").base() }
    try sandbox.git("checkout", "-q", "--detach", in: "unborn")
    try sandbox.git("branch", "-qD", "main", in: "unborn")
    #expect(throws: ProvenanceError.detached) { try history(sandbox, "unborn").base() }
    try sandbox.git("init", "-q", "--bare", "bare")
    #expect(throws: ProvenanceError.self) { try history(sandbox, "bare") }
    try sandbox.repository()
    try sandbox.git(
      "clone", "-q", "--depth", "1", "file://\(sandbox.folder.path)/repo", "shallow")
    #expect(throws: ProvenanceError.shallow) { try history(sandbox, "shallow").base() }
    #expect(try history(sandbox, "shallow").commit("HEAD") != nil)
    let error = ProvenanceError.shallow
    #expect(error.problem == "the history is cut off: this is a shallow clone")
    #expect(error.remedy == "Run `git fetch --unshallow`, or name a commit that is there.")
  }

  @Test func `knows which commit was the last before another, and where none was`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    func commit(_ name: String) throws -> String {
      try sandbox.git("commit", "-qm", name, "--allow-empty", in: "repo")
      return try sandbox.git("rev-parse", "HEAD", in: "repo")
    }
    let fork = try commit("fork")
    try sandbox.git("checkout", "-q", "-b", "side", in: "repo")
    let side = try commit("side")
    try sandbox.git("checkout", "-q", "main", in: "repo")
    let main = try commit("main")
    try sandbox.git("merge", "-q", "--no-ff", "-m", "merge", "side", in: "repo")
    let merge = try sandbox.git("rev-parse", "HEAD", in: "repo")
    let later = try commit("later")

    let ancestry = try Ancestry(of: later, in: try history(sandbox))
    #expect(ancestry.last(of: []) == .none)
    #expect(ancestry.last(of: ["nope"]) == .none)
    #expect(ancestry.last(of: [later, fork]) == .one(later))
    #expect(ancestry.last(of: [fork, merge, side]) == .one(merge))
    #expect(ancestry.last(of: [fork, side]) == .one(side))
    #expect(ancestry.last(of: [side, main]) == .several([side, main].sorted()))
    let old = try Ancestry(of: fork, in: try history(sandbox))
    #expect(old.last(of: [side, main, later]) == .none)
  }

  @Test func `that is cut off says so rather than that there is nothing`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    try sandbox.git(
      "clone", "-q", "--depth", "1", "file://\(sandbox.folder.path)/repo", "shallow")
    let history = try history(sandbox, "shallow")
    let head = try #require(try history.commit("HEAD"))
    #expect(throws: ProvenanceError.shallow) { try Ancestry(of: head, in: history) }
  }
}

@Suite(.enabled(if: GitSandbox.hasGit, "there is no git here"))
struct `Source files` {
  private func changes(_ sandbox: GitSandbox, since revision: String = "HEAD") throws -> [String] {
    let history = try GitHistory(containing: sandbox.place("repo"))
    let commit = try #require(try history.commit(revision))
    let now = try SourceFiles(
      in: [sandbox.place("repo/sub"), sandbox.place("repo/a.txt")],
      relativeTo: history.root)
    return now.changes(
      from: try SourceFiles(in: ["sub", "a.txt"], at: commit, of: history))
  }

  @Test func `of a clean tree are those of its commit`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    #expect(try changes(sandbox).isEmpty)
    #expect(try changes(sandbox, since: "HEAD~1") == ["a.txt"])
  }

  @Test func `count whether they are staged, untracked or ignored, and whatever their mode`() throws
  {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    try sandbox.write("new\n", to: "repo/sub/c.txt")
    try sandbox.write("ignored.txt\n", to: "repo/.gitignore")
    try sandbox.write("x", to: "repo/sub/ignored.txt")
    try sandbox.write("other\n", to: "repo/sub/b.txt")
    try sandbox.git("add", "sub/b.txt", in: "repo")
    #expect(try changes(sandbox) == ["sub/b.txt", "sub/c.txt", "sub/ignored.txt"])
    try sandbox.git("checkout", "-q", "HEAD", "--", "sub/b.txt", in: "repo")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: sandbox.place("repo").path + "/sub/b.txt")
    #expect(try changes(sandbox) == ["sub/c.txt", "sub/ignored.txt"])
  }

  @Test func `leave out what no result depends on`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    for name in ["sub/NOTES.md", "sub/.hidden", "sub/b.txt~", "elsewhere/c.txt"] {
      try sandbox.write("x", to: "repo/\(name)")
    }
    #expect(try changes(sandbox).isEmpty)
    try sandbox.git("add", ".", in: "repo")
    try sandbox.git("commit", "-qm", "third", in: "repo")
    for name in ["sub/NOTES.md", "sub/.hidden", "elsewhere/c.txt"] {
      try sandbox.write("y", to: "repo/\(name)")
    }
    #expect(try changes(sandbox).isEmpty)
  }

  @Test func `that are gone count, and a link is not the file with its text`() throws {
    let sandbox = try GitSandbox()
    try sandbox.repository()
    let file = sandbox.place("repo").path + "/sub/b.txt"
    try sandbox.write("b.txt", to: "repo/sub/d.txt")
    try sandbox.git("add", ".", in: "repo")
    try sandbox.git("commit", "-qm", "third", in: "repo")
    try FileManager.default.removeItem(atPath: file)
    let link = sandbox.place("repo").path + "/sub/d.txt"
    try FileManager.default.removeItem(atPath: link)
    try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "b.txt")
    #expect(try changes(sandbox) == ["sub/b.txt", "sub/d.txt"])
  }
}
