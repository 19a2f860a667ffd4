import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// One of the process's output streams, and what it can show.
struct Terminal: Sendable {
  static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
  static let standardError = Terminal(descriptor: STDERR_FILENO)

  let descriptor: Int32
  /// Whether a person watches.
  let isInteractive: Bool
  /// Whether colour may be used.
  let hasColour: Bool
  /// Columns; 100 where nobody watches, so that files and logs look alike everywhere.
  let width: Int

  private init(descriptor: Int32) {
    let environment = ProcessInfo.processInfo.environment
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1
    var size = winsize()
    width =
      isInteractive && ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      ? max(40, Int(size.ws_col)) : 100
    if environment["NO_COLOR"]?.isEmpty == false {
      hasColour = false
    } else if environment["CLICOLOR_FORCE"].map({ $0 != "0" && !$0.isEmpty }) == true {
      hasColour = true
    } else {
      hasColour = isInteractive && environment["TERM"] != "dumb"
    }
  }

  /// Writes a line.
  func print(_ line: String) { write(line + "\n") }

  /// Writes text as it is.
  func write(_ text: String) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      bytes = bytes.dropFirst(count)
    }
  }

  /// The text in a style, where colour may be used; never the only sign of a meaning.
  func styled(_ text: String, _ style: Style) -> String {
    hasColour ? "\u{1b}[\(style.rawValue)m\(text)\u{1b}[0m" : text
  }

  enum Style: String {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case magenta = "35"
  }
}

extension String {
  /// The text broken at spaces into lines of at most `width` columns.
  func wrapped(to width: Int) -> [String] {
    var lines: [String] = []
    for word in split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = last + " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines.isEmpty ? [""] : lines
  }

  /// The text filled with spaces, or cut, to exactly `width` columns.
  func padded(to width: Int) -> String {
    count <= width
      ? self + String(repeating: " ", count: width - count)
      : String(prefix(max(0, width - 1))) + "…"
  }
}
