import Foundation

/// Whether `script` can run a program on a terminal of its own.
let hasTerminals = FileManager.default.isExecutableFile(atPath: "/usr/bin/script")

extension Shell {
  /// What a program shows on a terminal of some columns.
  ///
  /// - Parameters:
  ///   - line: A line of shell, with `$fixtures` for the fixture program.
  ///   - columns: The columns of the terminal.
  ///   - environment: Settings before the line, such as `LC_ALL=C`.
  /// - Returns: What it shows; the errors hold its exit code as `status 0`.
  /// - Throws: Where it cannot be run.
  func onTerminal(
    _ line: String, columns: Int, environment: String = "LC_ALL=C.UTF-8"
  ) throws -> Output {
    try write(
      "stty cols \(columns) rows 24\nexport TERM=xterm \(environment)\n\(line)\n",
      to: "on-terminal.sh")
    var output = try self.line(
      "script -qec 'sh on-terminal.sh' shown.txt </dev/null >/dev/null; echo status $? >&2")
    let shown = try String(
      contentsOf: folder.appending(path: "shown.txt"), encoding: .utf8)
    // `script` adds a line before and after.
    let lines = shown.replacing("\r\n", with: "\n").split(
      separator: "\n", omittingEmptySubsequences: false)
    output.text = lines.filter { !$0.hasPrefix("Script started") && !$0.hasPrefix("Script done") }
      .joined(separator: "\n").trimmingCharacters(in: .newlines)
    return output
  }
}

extension String {
  /// The text without what sets colours.
  var uncoloured: String { replacing(/\u{1b}\[[0-9]*m/, with: "") }
}
