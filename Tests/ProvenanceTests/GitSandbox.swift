import Foundation

/// A folder with a repository that the `git` command line makes.
final class GitSandbox: Sendable {
  let folder: URL

  /// Whether there is a `git` to make repositories with.
  static let hasGit = FileManager.default.isExecutableFile(atPath: "/usr/bin/git")

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(
      path: "git-\(UInt64.random(in: 0...UInt64.max))", directoryHint: .isDirectory
    ).resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  struct Failure: Error {
    let message: String
  }

  /// Runs git in a folder of the sandbox without any configuration of the user.
  @discardableResult
  func git(_ arguments: String..., in place: String = "", mayFail: Bool = false) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/git")
    process.arguments = arguments
    process.currentDirectoryURL = folder.appending(path: place)
    process.environment = [
      "PATH": "/usr/bin:/bin", "HOME": folder.path, "GIT_CONFIG_NOSYSTEM": "1",
      "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b.c",
      "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b.c", "GIT_EDITOR": "true",
      "GIT_AUTHOR_DATE": "2020-01-01T00:00:00Z", "GIT_COMMITTER_DATE": "2020-01-01T00:00:00Z",
      "GIT_ALLOW_PROTOCOL": "file",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self)
    guard mayFail || process.terminationStatus == 0 else {
      throw Failure(message: "git \(arguments.joined(separator: " ")): \(text)")
    }
    return text.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func write(_ text: String, to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// A repository in `repo` with two commits on `main`; gives the last one.
  @discardableResult
  func repository(_ name: String = "repo") throws -> String {
    try git("init", "-q", "-b", "main", name)
    try write("one\n", to: "\(name)/a.txt")
    try write("sub\n", to: "\(name)/sub/b.txt")
    try git("add", ".", in: name)
    try git("commit", "-qm", "first", in: name)
    try write("two\n", to: "\(name)/a.txt")
    try git("commit", "-qam", "second", in: name)
    return try git("rev-parse", "HEAD", in: name)
  }

  func place(_ name: String) -> URL { folder.appending(path: name, directoryHint: .isDirectory) }
}
