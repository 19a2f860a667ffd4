internal import Foundation

extension ExecutionEnvironment {
  /// The compiler that built this program, as its version conditions tell it.
  ///
  /// A compiler newer than the newest known here is named by its lower bound.
  public static var compiler: String {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3.3)
      "Swift 6.3.3 or later"
    #elseif compiler(>=6.3.2)
      "Swift 6.3.2"
    #elseif compiler(>=6.3.1)
      "Swift 6.3.1"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift before 6.3"
    #endif
  }

  /// Reads this machine.
  ///
  /// - Parameters:
  ///   - simdLevel: the kernel level in use.
  ///   - simdLevels: every level the processor can run.
  public init(simdLevel: String, simdLevels: [String]) {
    var names = utsname()
    uname(&names)
    self.init(
      processor: Self.processorName(), architecture: Self.text(names.machine),
      simdLevel: simdLevel, simdLevels: simdLevels,
      cores: ProcessInfo.processInfo.activeProcessorCount, memoryBytes: Self.memory(), system: Self.systemName(),
      kernel: "\(Self.text(names.sysname)) \(Self.text(names.release))",
      toolchain: Self.compiler)
  }

  private static func text<Field>(_ field: Field) -> String {
    withUnsafeBytes(of: field) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }

  private static func lines(of path: String) -> [Substring] {
    guard let content = FileManager.default.contents(atPath: path) else { return [] }
    return String(decoding: content, as: UTF8.self).split(separator: "\n")
  }

  /// The value of a `key: value` or `key=value` line.
  private static func value(_ key: String, in path: String, separator: Character) -> String? {
    for line in lines(of: path) {
      guard let split = line.firstIndex(of: separator),
        line[..<split].trimmingCharacters(in: .whitespaces) == key
      else { continue }
      return line[line.index(after: split)...].trimmingCharacters(in: .whitespaces)
    }
    return nil
  }

  private static func processorName() -> String {
    let cpuinfo = "/proc/cpuinfo"
    if let name = value("model name", in: cpuinfo, separator: ":"), !name.isEmpty { return name }
    // Arm kernels give numbers instead of a name.
    let implementer = value("CPU implementer", in: cpuinfo, separator: ":")
    let part = value("CPU part", in: cpuinfo, separator: ":")
    guard let implementer, let part else { return "unknown" }
    return "implementer \(implementer) part \(part)"
  }

  private static func memory() -> Int {
    guard let text = value("MemTotal", in: "/proc/meminfo", separator: ":"),
      let kibibytes = Int(text.prefix { $0.isNumber })
    else { return 0 }
    return kibibytes * 1024
  }

  private static func systemName() -> String {
    let name =
      value("PRETTY_NAME", in: "/etc/os-release", separator: "=")
      ?? value("PRETTY_NAME", in: "/usr/lib/os-release", separator: "=")
    return name?.trimmingCharacters(in: CharacterSet(charactersIn: "\"'")) ?? "unknown"
  }
}
