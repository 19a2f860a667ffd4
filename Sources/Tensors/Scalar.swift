/// A number that tensors hold: `Float` or `Double`.
public protocol Scalar: BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Codable, Sendable {
  /// Which of the two it is.
  static var kind: ScalarKind { get }
}

/// The two kinds of number that tensors hold.
public enum ScalarKind: String, Sendable, CaseIterable {
  /// IEEE binary32.
  case float
  /// IEEE binary64.
  case double
}

extension Float: Scalar {
  /// IEEE binary32.
  public static var kind: ScalarKind { .float }
}

extension Double: Scalar {
  /// IEEE binary64.
  public static var kind: ScalarKind { .double }
}
