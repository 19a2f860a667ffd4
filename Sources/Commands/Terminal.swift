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
  /// Whether characters beyond ASCII may be drawn with; where nobody watches they always may.
  let hasUnicode: Bool

  /// Columns that a table must keep to; nil where nobody watches, so that nothing is cut.
  var tableWidth: Int? { isInteractive ? width : nil }

  private init(descriptor: Int32) {
    let environment = ProcessInfo.processInfo.environment
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1
    width = isInteractive ? max(40, Self.columns(of: descriptor, environment)) : 100
    hasUnicode = !isInteractive || Self.isUnicode(environment)
    if environment["NO_COLOR"]?.isEmpty == false {
      hasColour = false
    } else if environment["CLICOLOR_FORCE"].map({ $0 != "0" && !$0.isEmpty }) == true {
      hasColour = true
    } else {
      hasColour = isInteractive && environment["TERM"] != "dumb"
    }
  }

  /// What the user says, else what the terminal does.
  private static func columns(of descriptor: Int32, _ environment: [String: String]) -> Int {
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), (1...10_000).contains(columns) {
      return columns
    }
    var size = winsize()
    let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
    return isKnown ? Int(size.ws_col) : 80
  }

  /// Whether the locale's characters are Unicode's.
  private static func isUnicode(_ environment: [String: String]) -> Bool {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy
      .compactMap { environment[$0] }.first { !$0.isEmpty }
    let name = (locale ?? "").lowercased()
    return name.hasSuffix("utf-8") || name.hasSuffix("utf8")
  }

  /// Writes a line.
  func print(_ line: String) { write(line + "\n") }

  /// Writes text as it is.
  func write(_ text: String) { Self.write(text, to: descriptor) }

  /// Writes text as it is; a reader who has left gets no more of it.
  static func write(_ text: String, to descriptor: Int32) {
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
