/// The machine and toolchain a result was made with; names no host and no user.
public struct ExecutionEnvironment: Hashable, Codable, Sendable {
  /// The processor's model name.
  public var processor: String
  /// The instruction set, such as `x86_64` or `aarch64`.
  public var architecture: String
  /// The kernel level that computed, such as `avx2`.
  public var simdLevel: String
  /// Every kernel level that this processor can run.
  public var simdLevels: [String]
  /// How many cores the process may use.
  public var cores: Int
  /// The machine's memory in bytes; 0 when unknown.
  public var memoryBytes: Int
  /// The operating system's own name for itself.
  public var system: String
  /// The kernel's release.
  public var kernel: String
  /// The Swift compiler that built the program, as far as it can be known at compile time.
  public var toolchain: String

  /// States an environment outright, for tests and for results of other machines.
  public init(
    processor: String, architecture: String, simdLevel: String, simdLevels: [String], cores: Int,
    memoryBytes: Int, system: String, kernel: String, toolchain: String
  ) {
    self.processor = processor
    self.architecture = architecture
    self.simdLevel = simdLevel
    self.simdLevels = simdLevels
    self.cores = cores
    self.memoryBytes = memoryBytes
    self.system = system
    self.kernel = kernel
    self.toolchain = toolchain
  }
}
