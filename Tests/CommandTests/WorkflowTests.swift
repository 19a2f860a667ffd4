import Foundation
import Testing

struct `A workflow` {
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "ci/workflows")

  static let files = ["replicate.yml", "gitlab-ci.yml"]

  private func lines(_ file: String) throws -> [String] {
    try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The words of each command of ours, with what the shell puts in replaced.
  private func commands(_ file: String) throws -> [[String]] {
    try lines(file).compactMap { line in
      let text = line.trimmingCharacters(in: .whitespaces)
      guard !text.hasPrefix("#"),
        let start = text.firstMatch(of: /(^|- |run: |; )replicate [a-z]/)
      else { return nil }
      let command = text[start.range.lowerBound...].drop { !("r" == $0) }
      let call = command.hasPrefix("run: ") ? command.dropFirst(5) : command
      let words = call.split(separator: "||")[0].split(separator: " ").dropFirst()
      // An array of options may be empty; a revision is any.
      return words.filter { !$0.contains("[@]") }.map { $0.hasPrefix("\"") ? "HEAD" : String($0) }
    }
  }

  @Test(arguments: files) func `calls commands with options that they have`(file: String) throws {
    let commands = try commands(file)
    #expect(commands.count >= 5)
    let help = try Shell().run([]).text
    for command in commands {
      let name = try #require(command.first)
      #expect(help.contains("\n  \(name) "), "\(command)")
      // Its downloads are not for a test.
      if command == ["data", "fetch"] { continue }
      let output = try Shell().run(command)
      // Nothing is there to work on; but the command line is understood.
      #expect(!output.errors.contains("Usage: "), "\(command): \(output.errors)")
    }
  }

  @Test(arguments: files) func `is indented by spaces and has no secrets`(file: String) throws {
    for line in try lines(file) {
      #expect(!line.contains("\t") && !line.hasSuffix(" "), "\(line)")
      #expect(!line.contains("secrets."), "\(line)")
      #expect(line.prefix { $0 == " " }.count.isMultiple(of: 2), "\(line)")
    }
  }

  @Test func `for GitHub pins its actions, and lets no text of an event into a shell`() throws {
    let lines = try lines("replicate.yml")
    let actions = lines.filter { $0.contains("uses: ") }
    #expect(actions.count >= 5)
    for action in actions {
      #expect(action.contains(/uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/), "\(action)")
    }
    #expect(!lines.contains { $0.contains("pull_request_target") })
    #expect(lines.contains("permissions:") && lines.contains("  contents: read"))
    // What a pull request can name reaches the shell by the environment only.
    var isShell = false
    for line in lines {
      if line.contains("run: ") { isShell = true }
      if line.contains("- name:") || line.contains("- uses:") { isShell = false }
      if isShell { #expect(!line.contains("${{"), "\(line)") }
    }
    let writes = lines.filter { $0.hasSuffix(": write") }
    #expect(writes == ["      pages: write", "      id-token: write"])
  }
}
