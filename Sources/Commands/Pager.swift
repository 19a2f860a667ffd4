import Foundation
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The program that a person reads long output with.
struct Pager {
  /// The shell's command line that starts it.
  let command: String

  /// The pager of the environment, else `less` where there is one; nil where none is wanted.
  ///
  /// An empty text and `cat` want none, and neither does a terminal that cannot place its cursor.
  init?(environment: [String: String]) {
    let asked = environment["REPLICATE_PAGER"] ?? environment["PAGER"]
    if let asked {
      let name = asked.trimmingCharacters(in: .whitespaces)
      guard !name.isEmpty, name != "cat" else { return nil }
      command = name
    } else {
      let folders = (environment["PATH"] ?? "").split(separator: ":")
      let hasLess = folders.contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/less")
      }
      guard hasLess, environment["TERM"] != "dumb" else { return nil }
      command = "less -FRX"
    }
  }

  /// What came of a pager.
  enum Outcome: Hashable {
    /// It has shown what its reader wanted to see.
    case shown
    /// There is no such program.
    case missing
  }

  /// Shows text and waits until the reader has left.
  ///
  /// A reader who leaves before the end is no error, and Ctrl-C belongs to the pager.
  func show(_ text: String, environment: [String: String]) -> Outcome {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return .missing }
    // The pager must not hold the end that is written, or it would wait for itself.
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    let child = start(reading: ends[0], environment: environment)
    close(ends[0])
    guard let child else {
      close(ends[1])
      return .missing
    }
    let ignored = [SIGPIPE, SIGINT, SIGQUIT].map { ($0, signal($0, SIG_IGN)) }
    defer { for (number, before) in ignored { signal(number, before) } }
    Terminal.write(text, to: ends[1])
    close(ends[1])
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    let hasExited = status & 0x7f == 0
    let code = (status >> 8) & 0xff
    // What the shell says of a command that it cannot run.
    return hasExited && (code == 126 || code == 127) ? .missing : .shown
  }

  private func start(reading input: Int32, environment: [String: String]) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    var variables = environment
    // As `git` does it: end where it fits on one screen, pass colour, leave the screen as it is.
    if variables["LESS"] == nil { variables["LESS"] = "FRX" }
    let settings = variables.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    let arguments = Self.copies(of: ["sh", "-c", command])
    let values = Self.copies(of: settings)
    defer { for text in arguments + values { free(text) } }
    var child: pid_t = 0
    return posix_spawn(&child, "/bin/sh", &actions, nil, arguments, values) == 0 ? child : nil
  }
}

extension Pager {
  /// Texts as the system wants lists of them; to be freed.
  private static func copies(of texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    var copies: [UnsafeMutablePointer<CChar>?] = []
    for text in texts { copies.append(strdup(text)) }
    return copies + [nil]
  }
}

extension Terminal {
  /// Shows lines: through the reader's pager where a person watches and wants one.
  func show(_ lines: [String], paging: Bool) {
    let text = lines.map { $0 + "\n" }.joined()
    let environment = ProcessInfo.processInfo.environment
    guard paging, isInteractive, let pager = Pager(environment: environment) else {
      return write(text)
    }
    if pager.show(text, environment: environment) == .missing {
      Terminal.standardError.print("warning: the pager '\(pager.command.inert)' cannot be run")
      write(text)
    }
  }
}
