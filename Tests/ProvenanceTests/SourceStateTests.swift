import Foundation
import Provenance
import Testing

@Suite(.enabled(if: GitSandbox.hasGit, "these tests make repositories with /usr/bin/git"))
struct `The state of the sources` {
  let sandbox: GitSandbox

  init() throws { sandbox = try GitSandbox() }

  private func missing(_ state: SourceState) -> [String] { state.unknowns.map(\.what) }

  @Test func `a clean repository gives commit and branch from any folder of it`() throws {
    let commit = try sandbox.repository()
    for folder in ["repo", "repo/sub"] {
      let state = SourceState(of: sandbox.place(folder))
      #expect(state.commit == commit)
      #expect(state.branch == "main")
      #expect(state.isClean == true)
      #expect(state.diff == nil)
      #expect(state.unknowns.isEmpty)
      #expect(state.root?.path == sandbox.place("repo").path)
      #expect(!state.isDetached && !state.isShallow && !state.isBare && !state.isUnborn)
      #expect(state.operation == nil)
      #expect(state.remote == nil)
    }
  }

  @Test func `staged, modified and untracked files are told apart and the diff rebuilds them`()
    throws
  {
    try sandbox.repository()
    try sandbox.write("staged\n", to: "repo/staged.txt")
    try sandbox.git("add", "staged.txt", in: "repo")
    try sandbox.write("three\n", to: "repo/a.txt")
    try sandbox.write("new ä\n", to: "repo/dir/new.txt")
    try sandbox.write("token\n", to: "repo/.env")
    try FileManager.default.removeItem(at: sandbox.place("repo").appending(path: "sub/b.txt"))
    try sandbox.write("*.log\n", to: "repo/.git/info/exclude")
    try sandbox.write("ignored\n", to: "repo/x.log")

    let state = SourceState(of: sandbox.place("repo"))
    let changes = try #require(state.changes)
    #expect(state.isClean == false)
    #expect(changes.staged.listed == ["staged.txt"])
    #expect(changes.modified.listed == ["a.txt", "sub/b.txt"])
    #expect(changes.untracked.listed == [".env", "dir/new.txt"])
    let diff = try #require(state.diff)
    #expect(diff.contains("+staged\n"))
    #expect(diff.contains("-two\n+three\n"))
    #expect(diff.contains("+new ä\n"))
    #expect(diff.contains("-sub\n"))
    #expect(!diff.contains("token"), "the content of an untracked dot-file leaked")
    #expect(!diff.contains("ignored"))

    try sandbox.git("clone", "-q", "repo", "copy")
    try sandbox.write(diff, to: "patch")
    try sandbox.git("apply", "../patch", in: "copy")
    for name in ["a.txt", "staged.txt", "dir/new.txt"] {
      let original = try Data(contentsOf: sandbox.place("repo").appending(path: name))
      #expect(try Data(contentsOf: sandbox.place("copy").appending(path: name)) == original)
    }
    #expect(
      !FileManager.default.fileExists(atPath: sandbox.place("copy/sub").path + "/b.txt"))
  }

  @Test func `a long diff is cut and says so`() throws {
    try sandbox.repository()
    try sandbox.write(String(repeating: "line\n", count: 1000), to: "repo/a.txt")
    let state = SourceState(of: sandbox.place("repo"), diffLimit: 500)
    #expect((state.diff?.utf8.count ?? 0) <= 500)
    #expect(missing(state).contains("rest of the diff") || missing(state) == ["binary changes"])
    #expect(state.changes?.modified.count == 1)
  }

  @Test func `binary content is named but left out`() throws {
    try sandbox.repository()
    try Data([0, 1, 2, 0xFF]).write(to: sandbox.place("repo").appending(path: "a.txt"))
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.diff?.contains("a.txt") == true)
    #expect(missing(state) == ["binary changes"])
  }

  @Test func `a list of paths is cut, its count is not`() throws {
    try sandbox.repository()
    for index in 0..<1100 { try sandbox.write("", to: "repo/many/\(index)") }
    let changes = try #require(SourceState(of: sandbox.place("repo")).changes)
    #expect(changes.untracked.count == 1100)
    #expect(changes.untracked.listed.count == 1000)
  }

  @Test func `a detached head has a commit and no branch`() throws {
    let commit = try sandbox.repository()
    try sandbox.git("checkout", "-q", "--detach", in: "repo")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.isDetached)
    #expect(state.commit == commit)
    #expect(state.branch == nil)
  }

  @Test func `an unborn branch has a name and no commit`() throws {
    try sandbox.git("init", "-q", "-b", "trunk", "repo")
    try sandbox.write("x\n", to: "repo/x.txt")
    try sandbox.git("add", "x.txt", in: "repo")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.isUnborn)
    #expect(state.branch == "trunk")
    #expect(state.commit == nil)
    #expect(state.changes?.staged.listed == ["x.txt"])
    #expect(state.diff?.contains("+x\n") == true)
    #expect(missing(state) == ["commit"])
  }

  @Test func `a shallow clone is marked`() throws {
    let commit = try sandbox.repository()
    let origin = "file://\(sandbox.place("repo").path)"
    try sandbox.git("clone", "-q", "--depth", "1", origin, "shallow")
    let state = SourceState(of: sandbox.place("shallow"))
    #expect(state.isShallow)
    #expect(state.commit == commit)
    #expect(state.isClean == true)
  }

  @Test func `a bare repository has a commit and no tree`() throws {
    let commit = try sandbox.repository()
    try sandbox.git("clone", "-q", "--bare", "repo", "bare.git")
    let state = SourceState(of: sandbox.place("bare.git"))
    #expect(state.isBare)
    #expect(state.commit == commit)
    #expect(state.isClean == nil)
    #expect(state.root == nil)
    #expect(missing(state) == ["changes"])
  }

  @Test func `a working tree of a bare repository is a tree like any other`() throws {
    try sandbox.repository()
    try sandbox.git("clone", "-q", "--bare", "repo", "bare.git")
    try sandbox.git("worktree", "add", "-q", "../tree", "-b", "side", in: "bare.git")
    let state = SourceState(of: sandbox.place("tree"))
    #expect(state.isLinkedWorktree)
    #expect(!state.isBare)
    #expect(state.branch == "side")
    #expect(state.isClean == true)
    #expect(state.root?.path == sandbox.place("tree").path)
  }

  @Test func `a submodule and the tree around it each have their own commit`() throws {
    let inner = try sandbox.repository("inner")
    try sandbox.repository("outer")
    try sandbox.git(
      "submodule", "--quiet", "add", sandbox.place("inner").path, "module", in: "outer")
    try sandbox.git("commit", "-qm", "module", in: "outer")
    #expect(SourceState(of: sandbox.place("outer/module")).commit == inner)
    let outer = SourceState(of: sandbox.place("outer"))
    #expect(outer.isClean == true)
    #expect(outer.commit != inner)
    try sandbox.write("changed\n", to: "outer/module/a.txt")
    #expect(SourceState(of: sandbox.place("outer")).changes?.modified.listed == ["module"])
  }

  @Test func `a sparse tree with packed references is clean`() throws {
    let commit = try sandbox.repository()
    try sandbox.git("sparse-checkout", "set", "sub", in: "repo")
    try sandbox.git("pack-refs", "--all", in: "repo")
    try sandbox.git("gc", "-q", in: "repo")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.commit == commit)
    #expect(state.branch == "main")
    #expect(state.isClean == true)
  }

  @Test func `a rebase that stopped at a conflict is named`() throws {
    try sandbox.repository()
    try sandbox.git("checkout", "-q", "-b", "side", "HEAD~1", in: "repo")
    try sandbox.write("other\n", to: "repo/a.txt")
    try sandbox.git("commit", "-qam", "side", in: "repo")
    try sandbox.git("rebase", "main", in: "repo", mayFail: true)
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.operation == "rebase")
    #expect(state.isDetached)
    #expect(state.commit != nil)
    #expect(state.changes?.conflicted.listed == ["a.txt"])
    #expect(state.isClean == false)
  }

  @Test func `missing objects cost only what they held`() throws {
    let commit = try sandbox.repository()
    let objects = sandbox.place("repo/.git/objects")
    for name in try FileManager.default.contentsOfDirectory(atPath: objects.path)
    where name.count == 2 {
      try FileManager.default.removeItem(at: objects.appending(path: name))
    }
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.commit == commit)
    #expect(state.branch == "main")
    #expect(missing(state).contains("commit object"))
    #expect(missing(state).contains("changes"))
    #expect(state.isClean == nil)
    #expect(state.unknowns.allSatisfy { !$0.why.isEmpty })
  }

  @Test func `a damaged index or head is reported, not fatal`() throws {
    try sandbox.repository()
    try sandbox.write("garbage", to: "repo/.git/index")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.isClean == nil)
    #expect(missing(state).contains("changes"))
    try sandbox.write("garbage", to: "repo/.git/HEAD")
    let headless = SourceState(of: sandbox.place("repo"))
    #expect(headless.commit == nil)
    #expect(!headless.unknowns.isEmpty)
  }

  @Test func `a repository in a format the library does not know is reported`() throws {
    try sandbox.git("init", "-q", "--object-format=sha256", "repo")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.commit == nil)
    #expect(!state.unknowns.isEmpty)
  }

  @Test func `no repository is a reason, not an error`() throws {
    let state = SourceState(of: sandbox.folder)
    #expect(missing(state) == ["repository"])
    #expect(state.unknowns.first?.why.contains("no git repository") == true)
    #expect(state.isClean == nil)
    let nowhere = SourceState(of: sandbox.place("not/there"))
    #expect(missing(nowhere) == ["repository"])
  }

  @Test func `no hook, filter or monitor of the repository is run`() throws {
    try sandbox.repository()
    let trap = sandbox.place("repo").path + "/../ran"
    try sandbox.git("config", "core.fsmonitor", "touch '\(trap)'", in: "repo")
    try sandbox.git("config", "core.hooksPath", sandbox.folder.path, in: "repo")
    try sandbox.git("config", "filter.evil.clean", "touch '\(trap)'; cat", in: "repo")
    try sandbox.git("config", "filter.evil.smudge", "touch '\(trap)'; cat", in: "repo")
    try sandbox.git("config", "diff.external", "touch '\(trap)'", in: "repo")
    try sandbox.write("* filter=evil\n", to: "repo/.gitattributes")
    try sandbox.write("four\n", to: "repo/a.txt")
    let state = SourceState(of: sandbox.place("repo"))
    #expect(state.changes?.modified.listed == ["a.txt"])
    #expect(!FileManager.default.fileExists(atPath: trap))
  }

  @Test(
    .enabled(if: geteuid() == 0, "only root can give a folder to another user"),
    arguments: ["repo", "it's a repo"])
  func `a repository of another user gives the exact command`(name: String) throws {
    try sandbox.repository(name)
    let path = sandbox.place(name).path
    for item in [path, path + "/.git"] { #expect(chown(item, 12345, 12345) == 0) }
    let state = SourceState(of: sandbox.place("\(name)/sub"))
    #expect(state.commit == nil)
    #expect(missing(state) == ["repository"])
    let escaped = path.replacingOccurrences(of: "'", with: #"'\''"#)
    let word = name == "repo" ? path : "'\(escaped)'"
    let command = "git config --global --add safe.directory \(word)"
    let why = try #require(state.unknowns.first?.why)
    #expect(why.hasSuffix(command), "\(why)")
    #expect(state.foreignOwner?.remedy.hasSuffix(command) == true)
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a folder to another user"))
  func `the command of the message is what makes the repository readable`() async throws {
    try sandbox.repository()
    let path = sandbox.place("repo").path
    #expect(chown(path, 12345, 12345) == 0)
    try sandbox.git("config", "-f", ".gitconfig", "--add", "safe.directory", path)
    let home = sandbox.folder.path
    await #expect(processExitsWith: .success) { [home = home as String, path = path as String] in
      setenv("HOME", home, 1)
      let state = SourceState(of: URL(filePath: path))
      precondition(state.commit != nil && state.foreignOwner == nil, "\(state.unknowns)")
    }
    await #expect(processExitsWith: .success) { [path = path as String] in
      setenv("HOME", "/nonexistent", 1)
      let state = SourceState(of: URL(filePath: path))
      precondition(state.commit == nil && state.foreignOwner != nil, "\(state.unknowns)")
    }
  }

  @Test(arguments: [
    ("https://user:secret@example.org/a/b.git", "https://example.org/a/b.git"),
    ("https://token@example.org:8443/a@b.git?key=1#x", "https://example.org:8443/a@b.git"),
    ("ssh://git@example.org/a.git", "ssh://example.org/a.git"),
    ("git@example.org:a/b.git", "example.org:a/b.git"),
    ("https://a:p@ss@example.org/x", "https://example.org/x"),
    ("/srv/git/a@b:c.git", nil), ("../a.git", nil), ("file:///srv/a.git", nil),
    ("https://example.org/plain.git", "https://example.org/plain.git"),
  ]) func `the remote has no credentials and no folder`(address: String, stripped: String?) throws {
    try sandbox.repository()
    try sandbox.git("remote", "add", "origin", address, in: "repo")
    #expect(SourceState(of: sandbox.place("repo")).remote == stripped)
  }

  @Test func `the recorded form has no path of the machine and reads back`() throws {
    try sandbox.repository()
    try sandbox.write("three\n", to: "repo/a.txt")
    let state = SourceState(of: sandbox.place("repo"))
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let data = try encoder.encode(state)
    #expect(!String(decoding: data, as: UTF8.self).contains(sandbox.folder.lastPathComponent))
    var copy = try JSONDecoder().decode(SourceState.self, from: data)
    #expect(copy != state)
    copy.root = state.root
    #expect(copy == state)
  }
}
