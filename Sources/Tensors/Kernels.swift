internal import CKernels

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#endif

/// The arithmetic kernels: which instructions they use, and how many threads.
///
/// Neither can change a bit of any result.
public enum Kernels {
  /// A set of instructions that the kernels can be run with.
  public enum Level: String, Sendable, CaseIterable {
    /// One number at a time, with fused multiply-adds worked out in integers.
    case portable
    /// One number at a time.
    case scalar
    /// 256-bit vectors of x86-64.
    case avx2
    /// 512-bit vectors of x86-64.
    case avx512
    /// 128-bit vectors of arm64.
    case neon

    var kernel: ck_level {
      switch self {
      case .portable: CK_PORTABLE
      case .scalar: CK_SCALAR
      case .avx2: CK_AVX2
      case .avx512: CK_AVX512
      case .neon: CK_NEON
      }
    }

    /// Whether this CPU can run the level.
    ///
    /// `scalar` always can: where the CPU has no fused multiply-add it runs as `portable`.
    public var isSupported: Bool { self == .scalar || ck_supports(kernel) != 0 }
  }

  /// The level in use: what `REPLICATE_SIMD` names, else the fastest of this CPU.
  public static var level: Level {
    prepare()
    let selected = ck_selected()
    return Level.allCases.first { $0.kernel == selected } ?? .scalar
  }

  /// The number of threads that large operations may use; 1 unless set.
  ///
  /// - Precondition: at least 1.
  public static var threads: Int {
    get { Int(ck_threads()) }
    set {
      require((1...1024).contains(newValue), "threads: \(newValue) is not in 1...1024")
      ck_set_threads(Int32(newValue))
    }
  }

  /// Chooses the level that `REPLICATE_SIMD` names; a program calls it first, to say what is wrong.
  public static func check() throws(KernelsError) {
    if let error = startingError { throw error }
  }

  /// Runs the kernels at another level from now on.
  package static func select(_ level: Level) throws(KernelsError) {
    prepare()
    try Self.start(level)
  }

  static func prepare() {
    if let error = startingError {
      fatalError("\(error.problem) \(error.remedy)")
    }
  }

  // Evaluated once, before the first kernel runs.
  private static let startingError: KernelsError? = {
    guard let name = getenv("REPLICATE_SIMD").map({ String(cString: $0) }) else {
      _ = ck_select(ck_best_level())
      return nil
    }
    guard let level = Level(rawValue: name) else { return .unknownLevel(name) }
    do throws(KernelsError) {
      try start(level)
      return nil
    } catch {
      return error
    }
  }()

  private static func start(_ level: Level) throws(KernelsError) {
    guard level.isSupported else { throw .unsupportedLevel(level) }
    if ck_select(level.kernel) == 0 { _ = ck_select(CK_PORTABLE) }
  }
}

/// What can be wrong with a choice of kernels.
public enum KernelsError: Error, Hashable, Sendable {
  /// `REPLICATE_SIMD` names no level.
  case unknownLevel(String)
  /// The CPU lacks the instructions of the level.
  case unsupportedLevel(Kernels.Level)

  /// What is wrong.
  public var problem: String {
    switch self {
    case .unknownLevel(let name): "REPLICATE_SIMD is '\(name)', which is no SIMD level."
    case .unsupportedLevel(let level): "This CPU cannot run the SIMD level '\(level.rawValue)'."
    }
  }

  /// What to do about it.
  public var remedy: String {
    let names = Kernels.Level.allCases.filter(\.isSupported).map(\.rawValue)
    return "Set REPLICATE_SIMD to one of \(names.joined(separator: ", ")), or unset it."
  }
}
